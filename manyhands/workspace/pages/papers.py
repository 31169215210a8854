"""Papers: all that somebody can read, of their teams and of others; by topic, or by words in them."""

from dataclasses import dataclass
from hashlib import sha256

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone

from manyhands import who
from manyhands.log.read import several
from manyhands.people.models import Person, Team
from manyhands.people.naming import names_in
from manyhands.pictures import papers as picture
from manyhands.pictures.papers import PaperStory
from manyhands.rules.days import day_of
from manyhands.rules.folding import fold
from manyhands.workspace.papers_open import guest_of, organisations_of
from manyhands.workspace.showing import navigation
from manyhands.workspace.typed import words_typed

MOST_SHOWN = 100


@dataclass(frozen=True)
class Listed:
    """A paper in the list; `is_guest`: it is another team's."""

    team: who.Team
    story: PaperStory
    is_guest: bool


@login_required
def papers(request: HttpRequest) -> HttpResponse:
    """The newest first; searched through in words that are sent, and not in the address."""
    assert isinstance(request.user, Person)  # login_required has seen to it
    person, now = who.Person(request.user.id), timezone.now()
    everywhere = [who.Team(team) for team in Team.objects.order_by("name", "id").values_list("id", flat=True)]
    standings, told = several(everywhere, fold), several(everywhere, picture.fold)
    mine = [team for team in everywhere if standings[team].is_member(person, now)]
    theirs = organisations_of(request.user)
    listed = [
        Listed(team, story, team not in mine)
        for team in everywhere
        for story in told[team].papers.values()
        if team in mine or guest_of(story, person, theirs, standings, now)
    ]
    listed.sort(key=lambda each: (each.story.taken_down is None, each.story.last_at), reverse=True)
    topics = sorted({str(topic) for each in listed for topic in each.story.now.topics}, key=str.lower)
    topic = request.GET.get("topic", "")
    words = words_typed(request.POST, "words")[:200]
    found = [each for each in listed if has_topic(each.story, topic) and holds(each.story, words)]
    about = {
        "papers": found[:MOST_SHOWN],
        "in_all": len(listed),
        "found": len(found),
        "topics": [(slug(each), each) for each in topics],
        "topic": topic if topic in {slug(each) for each in topics} else "",
        "slug": slug,
        "words": words,
        "mine": mine,
        "names": names_in(everywhere),
        "today": day_of(now),
        "navigation": navigation(mine[0], "papers") if mine else with_no_team(),
    }
    return render(request, "papers.html", about)


def with_no_team(current: str = "papers") -> list[dict[str, object]]:
    """The way about for somebody who is in no team, or has another team's paper before them."""
    return [
        {"text": text, "href": reverse(name), "current": name == current}
        for text, name in (("My work", "my-work"), ("Papers", "papers"))
    ]


def slug(topic: str) -> str:
    """What stands for a topic in an address: addresses are written down in many places, and words stay out of them."""
    return sha256(topic.strip().lower().encode()).hexdigest()[:10]


def has_topic(story: PaperStory, wanted: str) -> bool:
    return not wanted or wanted in {slug(topic) for topic in story.now.topics}


def holds(story: PaperStory, words: str) -> bool:
    """Whether every word is in the title, the text, a topic or something said about it."""
    if not words:
        return True
    said = [each.words for first in story.said for each in (first, *first.answers) if not each.is_retracted]
    text = " ".join([story.now.title, story.now.body, *story.now.topics, *said]).casefold()
    return all(word in text for word in words.casefold().split())


urlpatterns = [path("papers", papers, name="papers")]
