"""When a page that credits everyone who gave something to a decision may be shared outside the team."""

from collections.abc import Iterator

from manyhands import acts
from manyhands.rules import refusals
from manyhands.rules.refusals import Refusal
from manyhands.rules.standing import Standing

CARRIED_OUT = (acts.Outcome.DONE, acts.Outcome.PARTLY)


def against_sharing_credit(act: acts.ShareCredit, standing: Standing) -> Iterator[Refusal]:
    """
    Anyone in a role can share the page of a decision that was carried out: everything that follows from it is closed,
    and something of it was done. They say what was done in words for everybody.
    """
    decision = standing.proposals.get(act.proposal)
    if decision is None:
        yield refusals.nothing_like_it("decision")
        return
    follows = [each for each in standing.responsibilities.values() if each.proposal == act.proposal]
    still_open = sum(each.is_open for each in follows)
    decided = decision.closed is not None and decision.closed.is_decision
    if not decided or still_open or not any(each.outcome in CARRIED_OUT for each in follows):
        yield refusals.not_carried_out(still_open)
    if act.proposal in standing.shared:
        yield refusals.shared_already()
    if not act.called.strip():
        yield refusals.words_needed("what was done")


def against_stopping_to_share(act: acts.StopSharing, standing: Standing) -> Iterator[Refusal]:
    """Any member takes a shared page back, at any time and without a reason: they may be named on it."""
    if act.proposal not in standing.shared:
        yield refusals.not_shared()
