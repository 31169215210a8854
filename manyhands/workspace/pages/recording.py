"""Writing down what somebody else says in the room; and, for whoever said it, confirming it or putting it right."""

from dataclasses import replace

from django.http import HttpResponse
from django.urls import path

from manyhands import acts, who
from manyhands.pictures.proposals import ProposalStory
from manyhands.rules.things import ProposalStanding
from manyhands.workspace.actions import press
from manyhands.workspace.asking import Asking, new_identifier
from manyhands.workspace.in_the_room import written_for
from manyhands.workspace.pages.answering import ON, on_a_proposal, page_of, version_typed
from manyhands.workspace.pages.proposal import show_proposal
from manyhands.workspace.positions import BY_KIND
from manyhands.workspace.reasons import FieldOf, by_field
from manyhands.workspace.typed import identifier_typed, words_typed

STANCES = {stance.value: stance for stance in acts.Stance}
UNCHOSEN = "Choose one of the six answers."


def _again(asking: Asking, story: ProposalStory, errors: dict[str, list[str]]) -> HttpResponse:
    page = show_proposal(asking, story.proposal, errors, asking.request.POST)
    page.status_code = 422
    return page


@on_a_proposal
def record_position(asking: Asking, story: ProposalStory, stands: ProposalStanding) -> HttpResponse:
    """Write down what somebody says, in a role of theirs, on the version that was read."""
    typed = asking.request.POST
    person, _, named = typed.get("said_by", "").replace("\0", "").partition("|")
    role = asking.standing.roles.get(who.Role(named[:64]))
    stance = STANCES.get(typed.get("stance", ""))
    if role is None or stance is None:
        unsaid = {} if role else {"said_by": ["Choose who says it."]}
        return _again(asking, story, unsaid | ({} if stance else {"stance": [UNCHOSEN]}))
    because = acts.Words(words_typed(typed, "said-words"))
    said_by, fulfilled_by = who.Person(person[:64]), _role(asking, "said-who")
    act = written_for(asking, stands, version_typed(asking), stance, said_by, role.role, because, fulfilled_by)
    said = f"Written down for {asking.names.person(said_by)}: {BY_KIND[stance].called}. They can put it right."
    fields = _fields("said-words", "said-who", "said_by")
    return press(
        asking,
        act,
        said=said,
        then=page_of(asking, story),
        otherwise=lambda reasons: _again(asking, story, by_field(asking, act, reasons, fields)),
    )


@on_a_proposal
def put_right(asking: Asking, story: ProposalStory, stands: ProposalStanding) -> HttpResponse:
    """Confirm what was written down for oneself, or correct it; also as a member who has left the role since."""
    typed = asking.request.POST
    number = _number(typed.get("recorded", ""))
    known = asking.standing.recorded.get(number)
    role = asking.hat_for(known.said_in) if known is not None else None
    speaking = asking.speaking(role) | ({} if role else {"in_role": None})
    if typed.get("do") == "confirm":
        confirming = acts.ConfirmPosition(**speaking, proposal=story.proposal, recorded=number)
        return press(
            asking,
            confirming,
            said="Confirmed: that is what you said.",
            then=page_of(asking, story),
            otherwise=lambda reasons: _again(asking, story, {"": reasons}),
        )
    box = f"right-{number}"
    stance = STANCES.get(typed.get(f"{box}-stance", ""))
    if stance is None:
        return _again(asking, story, {f"{box}-stance": [UNCHOSEN]})
    because = acts.Words(words_typed(typed, box))
    act = acts.CorrectPosition(**speaking, proposal=story.proposal, recorded=number, stance=stance, because=because)
    if stance is acts.Stance.CONDITION:
        act = replace(act, condition=who.Condition(new_identifier()), fulfilled_by=_role(asking, f"{box}-who"))
    if stance is acts.Stance.OBJECT:
        own = asking.standing.open_objection_of(known.said_in, story.proposal) if known else None
        other = own if own is not None and known is not None and own.objection != known.objection else None
        act = replace(act, objection=other.objection if other else who.Objection(new_identifier()))
    reviewed = stands.closed is not None and stance is acts.Stance.OBJECT
    fields = _fields(box, f"{box}-who", "")
    return press(
        asking,
        act,
        said="Corrected." + (" A review of the decision is open, and everyone affected is asked." if reviewed else ""),
        then=page_of(asking, story),
        otherwise=lambda reasons: _again(asking, story, by_field(asking, act, reasons, fields)),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _role(asking: Asking, box: str) -> who.Role:
    return who.Role(identifier_typed(asking.request.POST, box))


def _fields(words: str, role: str, person: str) -> FieldOf:
    """The box that each reason is about."""
    boxes = {"reason-needed": words, "nothing-like-it": role, "not-your-role": person, "your-own-position": person}
    return lambda refusal: boxes.get(refusal.code, "")


urlpatterns = [
    path(f"{ON}/record-position", record_position, name="record-position"),
    path(f"{ON}/put-right", put_right, name="put-right"),
]
