"""The form in which a paper is written and revised, with a look at it before it is published."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse, QueryDict
from django.urls import path, reverse

from manyhands import acts, who
from manyhands.people.models import Organisation, Team
from manyhands.pictures.papers import PaperStory
from manyhands.rules.days import HERE
from manyhands.rules.discussing import MOST_EVENTS, MOST_TOPICS
from manyhands.rules.refusals import Refusal
from manyhands.workspace.actions import press
from manyhands.workspace.asking import Asking, in_a_team, new_identifier
from manyhands.workspace.drafts import no_such_days, too_long
from manyhands.workspace.markdown import LONGEST, rendered
from manyhands.workspace.pages.meetings import moment_of, time_typed
from manyhands.workspace.papers_open import Reading, of_a_paper
from manyhands.workspace.reasons import by_field
from manyhands.workspace.showing import show
from manyhands.workspace.typed import boxes_typed, day_typed, words_typed

Errors = dict[str, list[str]]
EVENTS = range(1, MOST_EVENTS + 1)
USUAL_MINUTES = 60


@dataclass(frozen=True)
class EventRow:
    """The boxes of one event, as typed."""

    called: str = ""
    on: dict[str, str] | None = None
    at: str = ""
    minutes: str = str(USUAL_MINUTES)
    where: str = ""


@dataclass(frozen=True)
class Typed:
    """Everything in the form."""

    title: str = ""
    body: str = ""
    topics: str = ""
    because: str = ""
    events: tuple[EventRow, ...] = ()
    organisations: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()


@in_a_team
def publish(asking: Asking) -> HttpResponse:
    """Write a paper, look at it, publish it."""
    if asking.request.method != "POST":
        return _form(asking, Typed())
    typed, errors, events = _read(asking.request.POST)
    if errors:
        return _again(_form(asking, typed, errors))
    if "preview" in asking.request.POST:
        return _form(asking, typed, preview=True)
    act = acts.Publish(
        **asking.speaking(),
        paper=who.Paper(new_identifier()),
        title=acts.Words(typed.title),
        body=acts.Words(typed.body),
        topics=_topics(typed),
        events=events,
        organisations=_known(typed.organisations),
        teams=_teams(asking, typed.teams),
    )
    return press(
        asking,
        act,
        said="The paper is published.",
        then=reverse("paper", kwargs={"team": asking.team, "paper": act.paper}),
        otherwise=lambda reasons: _form(asking, typed, by_field(asking, act, reasons, _field_of)),
    )


@of_a_paper
def revise(reading: Reading) -> HttpResponse:
    """Change a paper, and say what changed."""
    asking, story = reading.asking, reading.story
    if reading.guest is not None:
        raise Http404
    if asking.request.method != "POST":
        return _form(asking, _as_it_is(story), story=story)
    typed, errors, events = _read(asking.request.POST)
    if errors:
        return _again(_form(asking, typed, errors, story))
    if "preview" in asking.request.POST:
        return _form(asking, typed, story=story, preview=True)
    version = asking.request.POST.get("version", "")
    act = acts.Revise(
        **asking.speaking(),
        paper=story.paper,
        version=int(version) if version.isascii() and version.isdecimal() and len(version) < 6 else 0,
        title=acts.Words(typed.title),
        body=acts.Words(typed.body),
        topics=_topics(typed),
        events=events,
        because=acts.Words(typed.because),
    )
    return press(
        asking,
        act,
        said=f"Version {act.version + 1} is published. The earlier ones can still be read.",
        then=reverse("paper", kwargs={"team": asking.team, "paper": story.paper}),
        otherwise=lambda reasons: _form(asking, typed, by_field(asking, act, reasons, _field_of), story),
    )


def _read(sent: QueryDict) -> tuple[Typed, Errors, tuple[acts.Event, ...]]:
    """What was typed, what is wrong with it before any rule is asked, and the events that it says."""
    body = sent.get("body", "").replace("\0", "").replace("\r\n", "\n").strip()
    rows = tuple(
        EventRow(
            called=words_typed(sent, f"event-{n}"),
            on=boxes_typed(sent, f"event-{n}-on"),
            at=sent.get(f"event-{n}-at", "")[:20],
            minutes=sent.get(f"event-{n}-minutes", "")[:20],
            where=words_typed(sent, f"event-{n}-where"),
        )
        for n in EVENTS
    )
    typed = Typed(
        title=words_typed(sent, "title"),
        body=body,
        topics=words_typed(sent, "topics"),
        because=words_typed(sent, "because"),
        events=rows,
        organisations=tuple(sent.getlist("organisations")[:1000]),
        teams=tuple(sent.getlist("teams")[:1000]),
    )
    errors = too_long(sent, but={"body": LONGEST}) | no_such_days(sent, {f"event-{n}-on": "The day" for n in EVENTS})
    events = []
    for n, row in zip(EVENTS, rows, strict=True):
        if not (row.called or row.where or row.at or any((row.on or {}).values())):
            continue
        on, at = day_typed(sent, f"event-{n}-on"), time_typed(row.at)
        if on is None:
            errors.setdefault(f"event-{n}-on", ["Choose the day of the event."])
        if at is None:
            errors[f"event-{n}-at"] = ["Write the time that it begins, such as 14:30."]
        minutes = row.minutes.strip()
        if not (minutes.isascii() and minutes.isdecimal() and len(minutes) < 6):
            errors[f"event-{n}-minutes"] = ["Write how many minutes it takes, in numbers."]
        elif on is not None and at is not None:
            starts = moment_of(on, at)
            called, where = acts.Words(row.called), acts.Words(row.where)
            events.append(acts.Event(called=called, starts_at=starts, minutes=int(minutes), where=where))
    return typed, errors, tuple(events)


def _topics(typed: Typed) -> tuple[acts.Words, ...]:
    """Topics are parted by commas; the same one twice is one."""
    parts = [" ".join(part.split())[:60] for part in typed.topics.split(",")]
    return tuple(acts.Words(each) for each in {part.lower(): part for part in parts if part}.values())


def _known(organisations: tuple[str, ...]) -> tuple[who.Organisation, ...]:
    there = Organisation.objects.filter(id__in=organisations).order_by("name", "id").values_list("id", flat=True)
    return tuple(who.Organisation(each) for each in there)


def _teams(asking: Asking, teams: tuple[str, ...]) -> tuple[who.Team, ...]:
    there = (
        Team.objects.filter(id__in=teams).exclude(id=asking.team).order_by("name", "id").values_list("id", flat=True)
    )
    return tuple(who.Team(each) for each in there)


def open_choices(asking: Asking) -> dict[str, list[tuple[str, str]]]:
    """The organisations and teams besides its own that a paper can be opened to."""
    own = asking.standing.organisations(asking.now)
    return {
        "organisation_choices": list(
            Organisation.objects.exclude(id__in=own).order_by("name", "id").values_list("id", "name")
        ),
        "team_choices": list(Team.objects.exclude(id=asking.team).order_by("name", "id").values_list("id", "name")),
    }


def _as_it_is(story: PaperStory) -> Typed:
    return Typed(
        title=story.now.title,
        body=story.now.body,
        topics=", ".join(story.now.topics),
        events=tuple(_row(event) for event in story.now.events),
    )


def _row(event: acts.Event) -> EventRow:
    at: datetime = event.starts_at.astimezone(HERE)
    on = {"day": str(at.day), "month": str(at.month), "year": str(at.year)}
    return EventRow(event.called, on, f"{at:%H:%M}", str(event.minutes), event.where)


def _field_of(refusal: Refusal) -> str:
    fields = {"too-many-topics": "topics", "reason-needed": "because", "nhs-number-in-it": "body"}
    if refusal.code == "words-needed":
        return {"the title": "title", "the paper itself": "body"}.get(dict(refusal.words)["what"], "event-1")
    return fields.get(refusal.code, "")


def _form(
    asking: Asking, typed: Typed, errors: Errors | None = None, story: PaperStory | None = None, preview: bool = False
) -> HttpResponse:
    rows = (*typed.events, *(EventRow() for _ in EVENTS))[:MOST_EVENTS]
    return show(
        asking,
        "write_paper.html",
        current="papers",
        errors=errors or {},
        typed=typed,
        rows=list(enumerate(rows, 1)),
        story=story,
        preview=rendered(typed.body) if preview else None,
        most_topics=MOST_TOPICS,
        **(open_choices(asking) if story is None else {}),
    )


def _again(page: HttpResponse) -> HttpResponse:
    page.status_code = 422
    return page


urlpatterns = [
    path("teams/<str:team>/papers/new", publish, name="publish"),
    path("teams/<str:team>/papers/<str:paper>/revise", revise, name="revise"),
]
