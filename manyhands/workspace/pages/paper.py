"""A paper: read, talked about, and taken up; and its events for people's own calendars."""

from datetime import timedelta

import icalendar
from django.http import Http404, HttpResponse
from django.urls import path, reverse

from manyhands import acts, who
from manyhands.log.read import brought_forward
from manyhands.pictures import proposals
from manyhands.pictures.papers import SaidThere
from manyhands.rules import refusals_against
from manyhands.workspace.actions import press
from manyhands.workspace.asking import TO_BE_WRITTEN, new_identifier
from manyhands.workspace.drafts import too_long
from manyhands.workspace.markdown import rendered
from manyhands.workspace.pages.papers import slug, with_no_team
from manyhands.workspace.pages.writing_papers import open_choices
from manyhands.workspace.papers_open import Reading, of_a_paper
from manyhands.workspace.showing import show
from manyhands.workspace.typed import words_typed

Errors = dict[str, list[str]]


@of_a_paper
def paper(reading: Reading) -> HttpResponse:
    """The newest version, or the one asked for; each button of the page says in `do` what it does."""
    if reading.asking.request.method != "POST":
        return _shown(reading)
    return BUTTONS.get(reading.asking.request.POST.get("do", ""), _nothing)(reading)


def _nothing(reading: Reading) -> HttpResponse:
    return _refused(reading, {"": ["Press one of the buttons of the page."]})


def _discuss(reading: Reading) -> HttpResponse:
    typed = reading.asking.request.POST
    answers = _number(typed.get("answers", ""))
    box = f"answer-{answers}" if answers else "words"
    if errors := too_long(typed):
        return _refused(reading, errors)
    act = acts.Discuss(
        **reading.speaking(),
        **reading.as_guest(),
        paper=reading.story.paper,
        version=reading.story.now.version,
        words=acts.Words(words_typed(typed, box)),
        question=answers is None and typed.get("kind") == "question",
        answers=answers,
    )
    return _press(reading, act, said="Your comment is there.", box=box, to="#said")


def _retract(reading: Reading) -> HttpResponse:
    act = acts.Retract(**reading.speaking(), paper=reading.story.paper, said=_said(reading))
    return _press(reading, act, said="You have taken it back. That something was said there stays.", to="#said")


def _settle(reading: Reading) -> HttpResponse:
    question, answer = _said(reading), _number(reading.asking.request.POST.get("answer", "")) or 0
    act = acts.Settle(**reading.speaking(), paper=reading.story.paper, question=question, answer=answer)
    return _press(reading, act, said="The question is settled.", to=f"#said-{question}")


def _take_up(reading: Reading) -> HttpResponse:
    """Raise a matter in the words that were said, and go to it, or to the proposal that is to come of it."""
    number = _said(reading)
    words = next((each.words for each in _everything(reading) if each.number == number), acts.NOTHING_SAID)
    matter = who.Matter(new_identifier())
    raised = acts.Raise(**reading.speaking(), matter=matter, words=words)
    taken = acts.TakeUp(**reading.speaking(), paper=reading.story.paper, said=number, matter=matter)
    team = reading.asking.team
    if reading.asking.request.POST.get("do") == "propose":
        then = f"{reverse('propose', kwargs={'team': team})}?matter={matter}"
        said = "It is a matter of the team now. Say what you propose."
    else:
        then = reverse("matter", kwargs={"team": team, "matter": matter})
        said = "It is a matter of the team now, and says where it came from."
    return press(
        reading.asking,
        raised,
        taken,
        said=said,
        then=then,
        otherwise=lambda reasons: _shown(reading, {"": reasons}),
    )


def _open_to(reading: Reading) -> HttpResponse:
    typed, choices = reading.asking.request.POST, open_choices(reading.asking)
    organisations, teams = set(typed.getlist("organisations")), set(typed.getlist("teams"))
    act = acts.OpenTo(
        **reading.speaking(),
        paper=reading.story.paper,
        organisations=tuple(who.Organisation(id) for id, _ in choices["organisation_choices"] if id in organisations),
        teams=tuple(who.Team(id) for id, _ in choices["team_choices"] if id in teams),
    )
    return _press(reading, act, said="From now on they can read it, and nobody else besides the team.")


def _take_down(reading: Reading) -> HttpResponse:
    if errors := too_long(reading.asking.request.POST):
        return _refused(reading, errors)
    because = acts.Words(words_typed(reading.asking.request.POST, "why-down"))
    act = acts.TakeDown(**reading.speaking(), paper=reading.story.paper, because=because)
    return _press(reading, act, said="The paper is taken down. The team can still read it.", box="why-down")


BUTTONS = {
    "discuss": _discuss,
    "retract": _retract,
    "settle": _settle,
    "raise": _take_up,
    "propose": _take_up,
    "open": _open_to,
    "take-down": _take_down,
}


def _press(reading: Reading, act: acts.AnyAct, said: str, box: str = "", to: str = "") -> HttpResponse:
    here = reverse("paper", kwargs={"team": reading.asking.team, "paper": reading.story.paper})
    return press(
        reading.asking,
        act,
        said=said,
        then=here + to,
        otherwise=lambda reasons: _shown(reading, {box: reasons}),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _said(reading: Reading) -> int:
    return _number(reading.asking.request.POST.get("said", "")) or 0


def _everything(reading: Reading) -> list[SaidThere]:
    return [each for first in reading.story.said for each in (first, *first.answers)]


def _refused(reading: Reading, errors: Errors) -> HttpResponse:
    page = _shown(reading, errors)
    page.status_code = 422
    return page


def _shown(reading: Reading, errors: Errors | None = None) -> HttpResponse:
    asking, story = reading.asking, reading.story
    wanted = _number(asking.request.GET.get("version", ""))
    edition = next((each for each in story.editions if each.version == wanted), story.now)
    text = rendered(edition.body)
    own = reading.guest is None
    return show(
        asking,
        "paper.html",
        current="papers",
        errors=errors or {},
        story=story,
        edition=edition,
        text=text,
        contents=text.headings if len(text.headings) > 2 else (),
        names=reading.names,
        guest=reading.guest,
        typed=asking.request.POST,
        slug=slug,
        may=_may(reading),
        proposals=_came_of_it(reading) if own else {},
        **({} if own else {"navigation": with_no_team()}),
        **(open_choices(asking) if own else {}),
    )


def _may(reading: Reading) -> dict[str, bool]:
    """Which buttons whoever reads it has, as the rules say."""
    speaking, story, standing = reading.speaking(), reading.story, reading.asking.standing
    paper, version = story.paper, story.now.version
    tried: dict[str, acts.AnyAct] = {
        "discuss": acts.Discuss(**speaking, **reading.as_guest(), paper=paper, version=version, words=TO_BE_WRITTEN),
        "take_down": acts.TakeDown(**speaking, paper=paper, because=TO_BE_WRITTEN),
    }
    may = {name: not refusals_against(act, standing) for name, act in tried.items()}
    for said in _everything(reading):
        number = said.number
        may[f"retract-{number}"] = not refusals_against(acts.Retract(**speaking, paper=paper, said=number), standing)
        may[f"take-up-{number}"] = reading.guest is None and said.came_to is None and not said.is_retracted
    for question in story.said:
        for answer in question.answers:
            act = acts.Settle(**speaking, paper=paper, question=question.number, answer=answer.number)
            may[f"settle-{answer.number}"] = question.settled_by != answer.number and not refusals_against(
                act, standing
            )
    return may


def _came_of_it(reading: Reading) -> dict[who.Matter, tuple[who.Proposal, ...]]:
    """The proposals that came of each matter that was taken up from here."""
    matters = brought_forward(reading.asking.team, proposals.fold).matters
    taken_up = [each.came_to for each in _everything(reading) if each.came_to is not None]
    return {matter: matters[matter].proposals for matter in taken_up if matter in matters}


@of_a_paper
def events(reading: Reading) -> HttpResponse:
    """The events of the newest version for people's own calendars."""
    if not reading.story.now.events:
        raise Http404
    asking, file = reading.asking, icalendar.Calendar()
    file.add("prodid", "-//Manyhands//papers//EN")
    file.add("version", "2.0")
    for number, each in enumerate(reading.story.now.events, 1):
        event = icalendar.Event()
        event.add("uid", f"{reading.story.paper}-{number}@{asking.request.get_host()}")
        event.add("dtstamp", reading.story.now.by.at)
        event.add("dtstart", each.starts_at)
        event.add("dtend", each.starts_at + timedelta(minutes=each.minutes))
        event.add("summary", each.called)
        if each.where:
            event.add("location", each.where)
        file.add_component(event)
    headers = {"Content-Disposition": 'attachment; filename="events.ics"'}
    return HttpResponse(file.to_ical(), content_type="text/calendar", headers=headers)


urlpatterns = [
    path("teams/<str:team>/papers/<str:paper>", paper, name="paper"),
    path("teams/<str:team>/papers/<str:paper>/events.ics", events, name="paper-events"),
]
