"""
Whether anybody sees harm in going ahead: consent, the way in which most things are decided.

Not "who is for it" but "is it workable for now, and safe to try". A safety concern stops it until it is closed; a
concern and a condition stay on the record; silence is no position. Whether a proposal can then be closed is for the
rules (`rules/deciding.py`); what is counted here is what the positions come to.

Ballot    one kind of position beside the option; some kinds need a reason
Ties      none, as nothing is chosen between
Source    Sociocracy 3.0, consent decision-making
Beware    eleven consents do not outweigh one safety concern: the result names what stands in the way, and adds nothing
          up across organisations
Example   3 consent, 1 concern, 1 safety concern: not workable as it stands; 1 safety concern to be closed
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from manyhands import who
from manyhands.counting.method import Agreement, Asks, Mark, Method
from manyhands.counting.opening import against_options
from manyhands.counting.question import Ballot, Called, Question, Reason, listed
from manyhands.counting.result import Outcome, Received, Result
from manyhands.counting.standpoints import Standpoints, standpoints

CONSENT = Mark(7, "consent", "Consent", "Workable for now and safe to try.")
CONCERN = Mark(
    6,
    "concern",
    "Consent, with a concern",
    "Consent, with a worry put on the record.",
    asks="Say what we should watch for.",
)
CONDITION_MET = Mark(
    5, "condition-met", "Consent, as a condition was met", "What was to be done has been done.", offered=False
)
CONDITION = Mark(
    4,
    "condition",
    "Consent, if …",
    "Consent if something is done.",
    asks="Say what must be true, and who can say that it is.",
)
NO_VIEW = Mark(3, "no-view", "No view", "Read it, nothing to add. Heard, and not a vote.")
STAND_ASIDE = Mark(2, "stand-aside", "Stand aside", "I do not agree and will not stop it.")
OBJECT = Mark(1, "object", "Safety concern", "Going ahead would do harm.", asks="Say what harm, and to whom.")

KINDS = (CONSENT, CONCERN, CONDITION_MET, CONDITION, NO_VIEW, STAND_ASIDE, OBJECT)
AGREEING = (CONSENT, CONCERN, CONDITION_MET)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentResult(Result):
    """How many took each kind of position, and which of the organisations asked have not been heard."""

    standing: tuple[Standpoints, ...]
    unheard: tuple[who.Organisation, ...]

    @property
    def is_there(self) -> bool:
        """Having read it and seen no harm is enough."""
        return self.received.heard > self.received.set_aside

    def told(self, called: Called = str) -> str:
        return " ".join(self._of(one, called) for one in self.standing)

    def _of(self, one: Standpoints, called: Called) -> str:
        objections, conditions = one.of("object"), one.of("condition")
        if objections:
            said = f"not workable as it stands, with {_many(objections, 'safety concern')} to be closed"
        elif self.unheard:
            said = f"no safety concern so far, with {listed(self.unheard, called)} still to be heard"
        else:
            said = "workable for now and safe to try"
        still = f", {_many(conditions, 'condition')} to be met" if conditions else ""
        return f"{called(one.option)}: {said}{still}. {one.said}."


def _many(number: int, of: str) -> str:
    return f"{number} {of}" if number == 1 else f"{number} {of}s"


def scale(question: Question) -> tuple[Mark, ...]:
    return KINDS


def counted(ballots: tuple[Ballot, ...], question: Question, received: Received) -> ConsentResult:
    """A ballot without a mark is "no view" too: heard, and not a vote."""
    no_view = [Ballot(marks=((option, NO_VIEW.number),)) for option in question.options] * received.no_view
    standing = standpoints((*ballots, *no_view), question, KINDS)
    unheard = tuple(organisation for organisation in question.asked if organisation not in received.organisations)
    workable = tuple(
        one.option for one in standing if received.heard > received.set_aside and not one.of("object") and not unheard
    )
    without = received.no_view + sum(all(n == NO_VIEW.number for _, n in ballot.marks) for ballot in ballots)
    return ConsentResult(
        question=question,
        received=replace(received, no_view=without),
        outcome=Outcome(chosen=workable),
        standing=standing,
        unheard=unheard,
    )


def _against_no_reason(ballot: Ballot, question: Question) -> Iterator[Reason]:
    if not ballot.marks:
        yield Reason("position-missing", "Your words are there, and where you stand is not. Choose a position too.")
    kinds = {kind.number: kind for kind in KINDS}
    for option, number in ballot.marks:
        kind = kinds.get(number)
        if kind is not None and kind.asks and not ballot.because.strip():
            yield Reason("reason-needed", f"“{kind.words}” needs a reason. {kind.asks}", (("option", option),))


def against_opening(question: Question) -> Iterator[Reason]:
    yield from against_options(question, fewest=1, most=1)


def _agrees(ballot: Ballot, question: Question, option: str) -> bool | None:
    given = ballot.mark(option)
    if given is None or given == NO_VIEW.number:
        return None
    return given in {kind.number for kind in AGREEING}


METHOD = Method(
    code="consent",
    name="Consent",
    explained=(
        "Say whether the proposal is workable for now and safe to try, with your reason. "
        "It goes ahead when every organisation has been heard and nobody’s safety concern is open."
    ),
    asks=Asks.CHOOSE,
    scale=scale,
    opening=against_opening,
    marking=_against_no_reason,
    counted=counted,
    agreement=Agreement(
        "Agreement is consent, with or without a concern, and consent on a condition once that is met. "
        "“No view” is left out.",
        _agrees,
    ),
    can_tie=False,
)
