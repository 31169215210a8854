"""
What is said in a meeting on the proposal that is talked about: written down without leaving the meeting's page.

Whoever writes may say it for themselves too; then it is theirs, and not marked as recorded by anybody.
"""

from django.http import QueryDict

from manyhands import acts, who
from manyhands.rules.refusals import Refusal
from manyhands.rules.things import MeetingStanding
from manyhands.workspace.asking import Asking
from manyhands.workspace.in_the_room import written_for
from manyhands.workspace.positions import BY_KIND
from manyhands.workspace.typed import identifier_typed, words_typed

STANCES = {stance.value: stance for stance in acts.Stance}
IN_ONE_PRESS = (acts.Stance.CONSENT, acts.Stance.STAND_ASIDE, acts.Stance.NO_VIEW)
"""The three that need no words."""


def unpacked(pressed: str) -> dict[str, str]:
    """What a button says in one value: "says consent PROPOSAL VERSION PERSON ROLE", as the form would have sent it."""
    _, stance, proposal, version, person, role = (pressed.replace("\0", "").split(" ") + [""] * 6)[:6]
    return {
        "do": "record-position",
        "stance": stance,
        "proposal": proposal,
        "version": version,
        "said_by": f"{person}|{role}",
    }


def unsaid(asking: Asking) -> dict[str, list[str]]:
    """The boxes that are still to be filled in before anything can be written down."""
    typed, errors = asking.request.POST, {}
    if asking.standing.proposals.get(who.Proposal(identifier_typed(typed, "proposal"))) is None:
        errors[""] = ["There is no such proposal in this team."]
    if _speaker(asking, typed)[1] is None:
        errors["said_by"] = ["Choose who says it."]
    if typed.get("stance", "") not in STANCES:
        errors["stance"] = ["Choose one of the six answers."]
    return errors


def said_here(asking: Asking, stands: MeetingStanding) -> tuple[list[acts.AnyAct], str]:
    """The position, and what to say of it. Nothing is missing (`unsaid`)."""
    typed = asking.request.POST
    person, role = _speaker(asking, typed)
    assert role is not None
    stance, version = STANCES[typed["stance"]], typed.get("version", "")
    act = written_for(
        asking,
        asking.standing.proposals[who.Proposal(identifier_typed(typed, "proposal"))],
        int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0,
        stance,
        person,
        role,
        acts.Words(words_typed(typed, "said-words")),
        who.Role(identifier_typed(typed, "said-who")),
    )
    called = BY_KIND[stance].called
    if person == asking.person:
        return [act], f"You answered: {called}."
    return [act], f"Written down for {asking.names.person(person)}: {called}. They can put it right for seven days."


def box_of(refusal: Refusal) -> str:
    """The box that each reason is about."""
    boxes = {"reason-needed": "said-words", "nothing-like-it": "said-who", "not-your-role": "said_by"}
    return boxes.get(refusal.code, "")


def _speaker(asking: Asking, typed: QueryDict) -> tuple[who.Person, who.Role | None]:
    person, _, named = typed.get("said_by", "").replace("\0", "").partition("|")
    role = asking.standing.roles.get(who.Role(named[:64]))
    return who.Person(person[:64]), role.role if role else None
