"""
When to meet: the time that people from the most organisations can make.

    A time is better when more organisations have somebody who can come (if need be, too); of those level, when more
    people can; of those level, when fewer of them only can if need be.

Ballot    beside each time: yes, if need be, or no. A time left out is not answered, and counts for nobody
Ties      times level in all three are tied; reported, or settled by the order written down before opening
Source    ours; other time polls count people, so that a partner with one person is left out every time
Beware    organisations are counted from the ballots: an anonymous poll can only count people
Example   Monday suits five of the practice, Tuesday two of the practice and one of social care: Tuesday
"""

from collections.abc import Iterator
from dataclasses import dataclass

from manyhands import who
from manyhands.counting.method import Agreement, Asks, Mark, Method
from manyhands.counting.opening import against_one_place_only, against_options, against_tie_order
from manyhands.counting.question import Ballot, Called, Question, Reason, listed
from manyhands.counting.result import Received, Result, leading

YES = Mark(2, "yes", "Yes")
IF_NEED_BE = Mark(1, "if-need-be", "If need be")
NO = Mark(0, "no", "No")
ANSWERS = (YES, IF_NEED_BE, NO)
MOST_TIMES = 40


@dataclass(frozen=True, slots=True)
class Time:
    """One time: how many can, can if need be, and cannot; which organisations could be there, and which could not."""

    option: str
    yes: int
    if_need_be: int
    no: int
    there: tuple[who.Organisation, ...]
    missing: tuple[who.Organisation, ...]

    @property
    def standing(self) -> tuple[int, int, int]:
        return len(self.there), self.yes + self.if_need_be, self.yes


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesResult(Result):
    """Every time, as it stands in the question."""

    times: tuple[Time, ...]

    def told(self, called: Called = str) -> str:
        return "".join(_told(time, called) for time in self.times if time.option in self.chosen)


def _told(time: Time, called: Called) -> str:
    need = f", {time.if_need_be} of them if need be" if time.if_need_be else ""
    without = f"; nobody of {listed(time.missing, called, 'or')}" if time.missing else ""
    return f"{called(time.option)} suits best: {time.yes + time.if_need_be} can come{need}{without}."


def counted(ballots: tuple[Ballot, ...], question: Question, received: Received) -> TimesResult:
    answered = {b.for_organisation for b in ballots if b.for_organisation is not None}
    organisations = tuple(dict.fromkeys((*question.asked, *sorted(answered)))) if answered else ()
    times = tuple(_time(option, ballots, organisations) for option in question.options)
    outcome = leading({time.option: time.standing for time in times if time.yes + time.if_need_be}, question)
    return TimesResult(question=question, received=received, outcome=outcome, times=times)


def _time(option: str, ballots: tuple[Ballot, ...], organisations: tuple[who.Organisation, ...]) -> Time:
    given = [ballot.mark(option) for ballot in ballots]
    coming = {b.for_organisation for b in ballots if b.mark(option) in (YES.number, IF_NEED_BE.number)}
    return Time(
        option,
        yes=given.count(YES.number),
        if_need_be=given.count(IF_NEED_BE.number),
        no=given.count(NO.number),
        there=tuple(o for o in organisations if o in coming),
        missing=tuple(o for o in organisations if o not in coming),
    )


def against_opening(question: Question) -> Iterator[Reason]:
    yield from against_options(question, most=MOST_TIMES)
    yield from against_one_place_only(question)
    yield from against_tie_order(question)


def _can_come(ballot: Ballot, question: Question, option: str) -> bool | None:
    given = ballot.mark(option)
    return None if given is None else given != NO.number


METHOD = Method(
    code="time-poll",
    name="When to meet",
    explained=(
        "Say of each time whether you can come, or could if need be. "
        "The best time is the one that people from the most organisations can make, and then the most people."
    ),
    asks=Asks.CHOOSE,
    scale=lambda question: ANSWERS,
    opening=against_opening,
    marking=lambda ballot, question: iter(()),
    counted=counted,
    agreement=Agreement("Agreement is being able to come, or being able to if need be.", _can_come),
)
