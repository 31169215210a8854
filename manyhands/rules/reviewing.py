"""
When a decision may be looked at again, and what may come of it: renewed, changed for another, or ended.

A review is being heard in short: does it still work, is it still safe? It is owed to a role, never to a person.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from manyhands import acts, who
from manyhands.rules import refusals
from manyhands.rules.days import day_of
from manyhands.rules.refusals import Refusal
from manyhands.rules.speaking import coordinates, speaks_in
from manyhands.rules.standing import Standing
from manyhands.rules.things import Closed, ProposalStanding

LONGEST_WITHOUT = timedelta(days=28)
"""A decision renewed without an organisation's answer is reviewed again within 28 days, as one made without it is."""


def against_opening_a_review(act: acts.OpenReview, standing: Standing) -> Iterator[Refusal]:
    """Anyone in a role can ask for a review of a decision that holds, before its day, saying why."""
    decision = standing.proposals.get(act.proposal)
    yield from _against_a_decision_that_is_over(decision)
    if decision is not None and _holds(decision) and _closed(decision).is_under_review(day_of(act.at)):
        yield refusals.review_is_open()
    if not act.because.strip():
        yield refusals.reason_needed("a review before its day")


def against_answering_a_review(act: acts.AnswerReview, standing: Standing) -> Iterator[Refusal]:
    """
    While a review is open, each organisation that the decision affects answers through its roles, and says why unless
    it still works and is still safe.
    """
    decision = standing.proposals.get(act.proposal)
    yield from _against_no_open_review(decision, day_of(act.at))
    if decision is None:
        return
    if act.for_organisation not in decision.terms.affected:
        yield refusals.not_affected(act.for_organisation)
    if (act.works is not acts.Works.YES or not act.safe) and not act.because.strip():
        yield refusals.reason_needed("that it does not work, or is not safe")


def against_renewing(act: acts.Renew, standing: Standing) -> Iterator[Refusal]:
    """
    The role that owes the review, or the coordinating role, renews a decision once everyone affected has answered and
    nobody says that it is not safe. Silence can be passed over with a reason, and the next review within 28 days.
    """
    decision = standing.proposals.get(act.proposal)
    yield from _against_no_open_review(decision, day_of(act.at))
    if decision is None or not _holds(decision):
        return
    yield from _against_closing_it(act, decision, standing)
    for answer in _closed(decision).review.answers:
        if not answer.safe:
            could = standing.people_in(answer.role, act.at)
            yield refusals.said_not_safe(answer.organisation, answer.because, could)
    if act.review_by not in standing.roles:
        yield refusals.nothing_like_it("role")
    if act.review_on <= day_of(act.at):
        yield refusals.next_review_not_ahead(act.review_on)
    silent = silent_in_review(decision)
    if silent and (not act.because.strip() or act.review_on > day_of(act.at) + LONGEST_WITHOUT):
        for organisation in silent:
            could = standing.who_could_speak_for(organisation, act.at)
            yield refusals.not_answered_in_review(organisation, could)


def against_replacing(act: acts.Replace, standing: Standing) -> Iterator[Refusal]:
    """
    The role that owes the review, or the coordinating role, names an open proposal that is to take the decision's
    place, saying why. The proposal affects everyone whom the decision affects, so that a change passes nobody over.
    """
    decision = standing.proposals.get(act.proposal)
    yield from _against_no_open_review(decision, day_of(act.at))
    if decision is None or not _holds(decision):
        return
    yield from _against_closing_it(act, decision, standing, alone=False)
    if not act.because.strip():
        yield refusals.reason_needed("changing a decision")
    replacement = standing.proposals.get(act.replacement)
    if replacement is None or not replacement.is_open or act.replacement == act.proposal:
        yield refusals.nothing_like_it("open proposal")
        return
    for organisation in left_out(replacement, (decision,), standing, act):
        yield refusals.leaves_out(organisation)


def against_ending(act: acts.End, standing: Standing) -> Iterator[Refusal]:
    """
    The role that owes the review, or the coordinating role, ends a decision, saying why, once everyone affected has
    answered or somebody else has: nobody ends alone what was agreed together.
    """
    decision = standing.proposals.get(act.proposal)
    yield from _against_no_open_review(decision, day_of(act.at))
    if decision is None or not _holds(decision):
        return
    yield from _against_closing_it(act, decision, standing)
    if not act.because.strip():
        yield refusals.reason_needed("ending a decision")


def silent_in_review(decision: ProposalStanding) -> tuple[who.Organisation, ...]:
    """The organisations affected that have not answered in the review that is open."""
    answered = _closed(decision).review.answered()
    return tuple(organisation for organisation in decision.terms.affected if organisation not in answered)


def left_out(
    replacement: ProposalStanding, decisions: tuple[ProposalStanding, ...], standing: Standing, act: acts.AnyAct
) -> tuple[who.Organisation, ...]:
    """Organisations that these decisions affect and their replacement does not, though they could still be heard."""
    affected = dict.fromkeys(organisation for decision in decisions for organisation in decision.terms.affected)
    return tuple(
        organisation
        for organisation in affected
        if organisation not in replacement.terms.affected and standing.who_could_speak_for(organisation, act.at)
    )


def _closed(decision: ProposalStanding) -> Closed:
    assert decision.closed is not None  # only decisions are asked about
    return decision.closed


def _holds(decision: ProposalStanding) -> bool:
    return decision.closed is not None and decision.closed.is_live


def _against_a_decision_that_is_over(decision: ProposalStanding | None) -> Iterator[Refusal]:
    if decision is None or decision.closed is None or not decision.closed.is_decision:
        yield refusals.nothing_like_it("decision")
    elif decision.closed.over is not None:
        yield refusals.decision_is_over(decision.closed.over)


def _against_no_open_review(decision: ProposalStanding | None, today: date) -> Iterator[Refusal]:
    yield from _against_a_decision_that_is_over(decision)
    if decision is not None and _holds(decision) and not _closed(decision).is_under_review(today):
        yield refusals.review_not_open(_closed(decision).review_on)


def _against_closing_it(
    act: acts.Renew | acts.Replace | acts.End, decision: ProposalStanding, standing: Standing, alone: bool = True
) -> Iterator[Refusal]:
    closed = _closed(decision)
    assert closed.review_by is not None  # nothing is agreed without a role that owes its review
    if not (speaks_in(act, closed.review_by, standing) or coordinates(act, standing)):
        yield refusals.not_for_this_role(closed.review_by, standing.people_in(closed.review_by, act.at))
    if closed.review.replacement is not None:
        yield refusals.replacement_is_asked()
    if alone and silent_in_review(decision) and all(answer.by == act.by for answer in closed.review.answers):
        yield refusals.alone_in_review()
