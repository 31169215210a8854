"""
A meeting: one screen for everyone who is in it, kept up to date, and what can be pressed on it.

The part that changes (`now`) asks each second whether anything was done in the team since. Why it asks, and is not
streamed: docs/decisions/0042.
"""

from collections.abc import Callable

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse

from manyhands import acts, who
from manyhands.log.read import brought_forward
from manyhands.pictures import proposals
from manyhands.pictures.agenda import agenda
from manyhands.pictures.talked_about import taken_up
from manyhands.rules.things import MeetingStanding
from manyhands.workspace.actions import press
from manyhands.workspace.agendas import made_now
from manyhands.workspace.asking import Asking, in_a_team, new_identifier
from manyhands.workspace.drafts import no_such_days, too_long
from manyhands.workspace.pages.meeting_parts import find, now_part, said_part, screen_part
from manyhands.workspace.pages.meeting_said import box_of, said_here, unpacked, unsaid
from manyhands.workspace.pages.meeting_shown import show_meeting
from manyhands.workspace.reasons import by_field
from manyhands.workspace.showing import show
from manyhands.workspace.typed import day_typed, identifier_typed, words_typed

Errors = dict[str, list[str]]
Pressed = tuple[list[acts.AnyAct], str]


@in_a_team
def meeting(asking: Asking, meeting: str) -> HttpResponse:
    """The page; and, by the name of the button, what was pressed on it."""
    stands = find(asking, meeting)
    if asking.request.method != "POST":
        return show_meeting(asking, stands)
    asking.request.POST = _unpacked(asking.request.POST)  # type: ignore[assignment]  # a copy that can be changed
    doing = PRESSED.get(asking.request.POST.get("do", ""))
    if doing is None:
        return redirect("meeting", team=asking.team, meeting=meeting)
    errors = too_long(asking.request.POST) | no_such_days(asking.request.POST, {"check": "The first check"})
    errors = errors or (unsaid(asking) if doing is said_here else _missing_of_action(asking))
    if errors:
        again = show_meeting(asking, stands, errors)
        again.status_code = 422
        return again
    done, said = doing(asking, stands)
    box = BOXES.get(asking.request.POST.get("do", ""), "")

    def again_with(reasons: list[str]) -> HttpResponse:
        by_box = by_field(asking, done[0], reasons, box_of) if doing is said_here else {box: reasons}
        return show_meeting(asking, stands, by_box)

    return press(
        asking,
        *done,
        said=said,
        then=reverse("meeting", kwargs={"team": asking.team, "meeting": meeting}),
        otherwise=again_with,
    )


def _unpacked(typed: QueryDict) -> QueryDict:
    """As a form would have sent it: a button in the part that changes has no form of its own, and says it in one."""
    do, _, which = typed.get("press", "").partition(" ")
    if not do:
        return typed
    form = {"do": do, **dict.fromkeys(("item", "person", "which"), which)}
    whole = typed.copy()
    whole.update(unpacked(str(typed["press"])) if do == "says" else form)
    return whole


@in_a_team
def now(asking: Asking, meeting: str) -> HttpResponse:
    """The part that changes; nothing (204) when nothing was done in the team since what the page shows."""
    stands = find(asking, meeting)
    if asking.request.GET.get("since") == str(asking.standing.number):
        return HttpResponse(status=204)
    part = screen_part if asking.request.GET.get("on") == "screen" else now_part
    return HttpResponse(part(asking, stands) + said_part(asking))


@in_a_team
def screen(asking: Asking, meeting: str) -> HttpResponse:
    """For the wall of the room: what is talked about, in large type. Nothing can be pressed on it."""
    stands = find(asking, meeting)
    return show(asking, "meeting_screen.html", meeting=stands, now=screen_part(asking, stands))


# ---- what can be pressed -----------------------------------------------------------------------------------------


def _circulate(asking: Asking, stands: MeetingStanding) -> Pressed:
    items = tuple(line.item for line in made_now(asking.team, stands, asking.standing, asking.now))
    act = acts.Circulate(**asking.speaking(), meeting=stands.meeting, items=items)
    return [act], "The agenda is before everyone. Anyone in the team can put something on it."


def _put_on(asking: Asking, stands: MeetingStanding) -> Pressed:
    """A topic that was written, or something that came up since; the first topic of all brings what is open with it."""
    which = identifier_typed(asking.request.POST, "which")
    made = agenda(stands, brought_forward(asking.team, proposals.fold), asking.standing)
    known = next((line.item for line in made if line.item.item == which), None)
    words = acts.Words(words_typed(asking.request.POST, "topic"))
    topic = acts.AgendaItem(item=who.AgendaItem(new_identifier()), about=acts.About.TOPIC, words=words)
    if stands.circulated_at is None and words:
        items = (*(line.item for line in made_now(asking.team, stands, asking.standing, asking.now)), topic)
        opening = acts.Circulate(**asking.speaking(), meeting=stands.meeting, items=items)
        if not asking.reasons_against(opening):
            return [opening], "It is on the agenda, which is before everyone now."
    act = acts.PutOn(**asking.speaking(), meeting=stands.meeting, item=known or topic)
    return [act], "It is on the agenda."


def _drop(asking: Asking, stands: MeetingStanding) -> Pressed:
    item = who.AgendaItem(identifier_typed(asking.request.POST, "item"))
    because = acts.Words(words_typed(asking.request.POST, "why-drop"))
    act = acts.Drop(**asking.speaking(), meeting=stands.meeting, item=item, because=because)
    return [act], "It is off the agenda. The reason stays in the minutes."


def _moved(step: int) -> Callable[[Asking, MeetingStanding], Pressed]:
    def move(asking: Asking, stands: MeetingStanding) -> Pressed:
        order = [item.item for item in stands.items]
        item = who.AgendaItem(identifier_typed(asking.request.POST, "item"))
        if item in order:
            place = order.index(item)
            other = min(max(place + step, 0), len(order) - 1)
            order[place], order[other] = order[other], order[place]
        return [acts.Reorder(**asking.speaking(), meeting=stands.meeting, order=tuple(order))], "The order is changed."

    return move


def _take_up(asking: Asking, stands: MeetingStanding) -> Pressed:
    order = taken_up(stands, who.AgendaItem(identifier_typed(asking.request.POST, "item")))
    return [acts.Reorder(**asking.speaking(), meeting=stands.meeting, order=order)], "It is talked about now."


def _attend(asking: Asking, stands: MeetingStanding) -> Pressed:
    """Be there oneself; or say it of somebody, who is there in the role that they hold."""
    typed = asking.request.POST
    other = who.Person(identifier_typed(typed, "person"))
    part = next((p for p in acts.Part if p.value == typed.get("part")), acts.Part.TAKES_PART)
    fields = asking.speaking()
    person, role = (other, None) if other else (asking.person, fields["in_role"])
    if other:
        role = next((each.role for each in asking.standing.roles_of(other, asking.now)), None)
    act = acts.Attend(**fields, meeting=stands.meeting, person=person, role=role, part=part)
    doing: list[acts.AnyAct] = [act]
    if stands.circulated_at is None:
        items = tuple(line.item for line in made_now(asking.team, stands, asking.standing, asking.now))
        opening = acts.Circulate(**fields, meeting=stands.meeting, items=items)
        if items and not asking.reasons_against(opening):
            doing.insert(0, opening)
    said = f"{asking.names.person(person)} is down as being there." if other else "You are in the meeting."
    return doing, said


def _not_there(asking: Asking, stands: MeetingStanding) -> Pressed:
    person = who.Person(identifier_typed(asking.request.POST, "person"))
    act = acts.NotThere(**asking.speaking(), meeting=stands.meeting, person=person)
    return [act], f"{asking.names.person(person)} is no longer down as being there."


def _missing_of_action(asking: Asking) -> Errors:
    """For an action, the boxes that are still to be filled in."""
    typed = asking.request.POST
    if typed.get("do") != "conclude" or typed.get("outcome") != acts.ItemOutcome.ACTION.value:
        return {}
    errors: Errors = {}
    if not words_typed(typed, "what"):
        errors["what"] = ["Write what is to be done."]
    errors |= {name: ["Choose a role."] for name in ("role", "deputy") if not typed.get(name)}
    if day_typed(typed, "check") is None:
        errors["check"] = ["Choose a day for the first check."]
    return errors


def _conclude(asking: Asking, stands: MeetingStanding) -> Pressed:
    typed, fields = asking.request.POST, asking.speaking()
    item = who.AgendaItem(identifier_typed(typed, "item"))
    outcome = next((o for o in acts.ItemOutcome if o.value == typed.get("outcome")), acts.ItemOutcome.NOTED)
    before = stands.concluded(item)
    actions = before.actions if before else ()
    doing: list[acts.AnyAct] = []
    first_check_on = day_typed(typed, "check")
    words = words_typed(typed, "what-said")
    if outcome is acts.ItemOutcome.ACTION and first_check_on is not None:
        asked = acts.Ask(
            **fields,
            responsibility=who.Responsibility(new_identifier()),
            what=acts.Words(words_typed(typed, "what")),
            role=who.Role(identifier_typed(typed, "role")),
            deputy_role=who.Role(identifier_typed(typed, "deputy")),
            first_check_on=first_check_on,
            known_by=acts.Words(words_typed(typed, "known")),
        )
        doing.append(asked)
        actions += (asked.responsibility,)
        words = words or words_typed(typed, "what")
    doing.append(
        acts.Conclude(
            **fields,
            meeting=stands.meeting,
            item=item,
            outcome=outcome,
            words=acts.Words(words),
            actions=actions,
        )
    )
    return doing, "It is in the minutes."


def _close(asking: Asking, stands: MeetingStanding) -> Pressed:
    return [
        acts.CloseMeeting(**asking.speaking(), meeting=stands.meeting)
    ], "The meeting is closed. Its minutes are here."


def _call_off(asking: Asking, stands: MeetingStanding) -> Pressed:
    because = acts.Words(words_typed(asking.request.POST, "why-off"))
    return [acts.CallOff(**asking.speaking(), meeting=stands.meeting, because=because)], "The meeting is called off."


PRESSED: dict[str, Callable[[Asking, MeetingStanding], Pressed]] = {
    "circulate": _circulate,
    "put-on": _put_on,
    "drop": _drop,
    "earlier": _moved(-1),
    "later": _moved(1),
    "take-up": _take_up,
    "record-position": said_here,
    "attend": _attend,
    "not-there": _not_there,
    "conclude": _conclude,
    "close": _close,
    "call-off": _call_off,
}
BOXES = {"put-on": "topic", "drop": "why-drop", "conclude": "what-said", "call-off": "why-off", "attend": "person"}

urlpatterns = [
    path("teams/<str:team>/meetings/<str:meeting>", meeting, name="meeting"),
    path("teams/<str:team>/meetings/<str:meeting>/now", now, name="meeting-now"),
    path("teams/<str:team>/meetings/<str:meeting>/screen", screen, name="meeting-screen"),
]
