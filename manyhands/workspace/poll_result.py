"""A poll's result as it is drawn: bars by organisation, how many put which mark, every two options compared, rounds."""

from dataclasses import dataclass

from manyhands.counting import Ballot, Result
from manyhands.counting.advice import AdviceResult
from manyhands.counting.by_organisation import ByOrganisation, by_organisation
from manyhands.counting.method import Asks
from manyhands.counting.question import Called
from manyhands.counting.ranked_rounds import RoundsResult
from manyhands.counting.result import said
from manyhands.counting.role_selection import Nominated, NominationsResult
from manyhands.counting.schulze import SchulzeResult
from manyhands.counting.single_transferable_vote import TransfersResult
from manyhands.counting.standpoints import Standpoints, standpoints
from manyhands.rules.polling import ballot_of, method_of, question_of
from manyhands.rules.things import PollStanding


@dataclass(frozen=True)
class OptionBars:
    """One option: how far each organisation agrees with it, the lowest first."""

    option: str
    bars: ByOrganisation


@dataclass(frozen=True)
class RoundShown:
    """One round of a count: every option's votes as people write them, and what came of it."""

    votes: tuple[tuple[str, str], ...]
    resting: str
    chosen: tuple[str, ...]
    out: tuple[str, ...]


@dataclass(frozen=True)
class ResultShown:
    """A result: the sentence that tells it, and what there is to be drawn beside it."""

    result: Result
    told: str
    bars: tuple[OptionBars, ...]
    what_counts: str
    standing: tuple[Standpoints, ...]
    compared: tuple[tuple[str, tuple[tuple[str, int, int], ...]], ...]
    rounds: tuple[RoundShown, ...]
    nominated: tuple[Nominated, ...]
    advice: tuple[tuple[str, str], ...]


def shown(poll: PollStanding, result: Result, called: Called) -> ResultShown:
    question, method = question_of(poll.put), method_of(poll.put)
    ballots = tuple(map(ballot_of, poll.answers))
    good = tuple(each for each in ballots if not list(method.against(each, question)))
    return ResultShown(
        result=result,
        told=result.say(called),
        bars=_bars(poll, good),
        what_counts=method.agreement.words if method.agreement else "",
        standing=()
        if method.asks in (Asks.NAME, Asks.WRITE)
        else standpoints(tuple(each for each in good if each.marks), question, method.scale(question)),
        compared=tuple(_compared(result)),
        rounds=tuple(_rounds(result)),
        nominated=result.nominated if isinstance(result, NominationsResult) else (),
        advice=tuple((str(organisation or ""), words) for organisation, words in result.given)
        if isinstance(result, AdviceResult)
        else (),
    )


def _bars(poll: PollStanding, ballots: tuple[Ballot, ...]) -> tuple[OptionBars, ...]:
    """The bars of every option that agreement is said of: not of carrying on as now, where it is measured against."""
    method, question = method_of(poll.put), question_of(poll.put)
    agreement = method.agreement
    if agreement is None or not ballots:
        return ()
    bars = (OptionBars(o, by_organisation(ballots, question, o, agreement)) for o in question.options)
    return tuple(each for each in bars if any(share.answered for share in each.bars.shares))


def _compared(result: Result) -> "list[tuple[str, tuple[tuple[str, int, int], ...]]]":
    """Every option against every other: by how many it is put above, and by how many below."""
    if not isinstance(result, SchulzeResult):
        return []
    options = result.question.options
    return [
        (one, tuple((o, result.pair(one, o).votes, result.pair(o, one).votes) for o in options if o != one))
        for one in options
    ]


def _rounds(result: Result) -> "list[RoundShown]":
    if not isinstance(result, RoundsResult | TransfersResult):
        return []
    return [
        RoundShown(tuple((o, said(votes)) for o, votes in each.votes), said(each.resting), each.chosen, each.out)
        for each in result.rounds
    ]
