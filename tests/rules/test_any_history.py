"""
Laws that hold whatever a team does, in whatever order.

The histories are drawn once and every law is held against all of them. Where one breaks a law, Hypothesis looks for a
shorter one that breaks it too.
"""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from manyhands import acts
from manyhands.counting import METHODS
from manyhands.pictures import proposals
from manyhands.pictures.agenda import agenda
from manyhands.rules.folding import fold
from manyhands.rules.polling import ballot_of, chosen_of, question_of, seen_by, time_is_up, yet_to_answer
from tests.histories import histories
from tests.story import Story

History = list[Story]
thorough = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.fixture(scope="module")
def any_histories() -> list[History]:
    drawn: list[History] = []

    @settings(thorough, phases=[Phase.generate], database=None)
    @given(histories())
    def draw(history: History) -> None:
        drawn.append(history)

    draw()
    return drawn


def law(holds: Callable[[History], None]) -> Callable[[list[History]], None]:
    """A test that a law holds for every history that was drawn."""

    def test(any_histories: list[History]) -> None:
        for history in any_histories:
            try:
                holds(history)
            except Exception as broken:
                thorough(given(histories())(holds))()
                broken.add_note("by this history:\n" + "\n".join(repr(entry.act) for entry in history[-1].recorded))
                raise

    test.__name__ = holds.__name__
    return test


def heard_naively(recorded: list[acts.Recorded], proposal: str) -> tuple[set[str], set[str]]:
    """Read straight from the acts: who has answered the version in hand, and which objections are open."""
    heard: set[str] = set()
    open_objections: set[str] = set()
    raised_by: dict[str, int] = {}
    for entry in recorded:
        match entry.act:
            case acts.Amend(proposal=about, material=True) if about == proposal:
                heard = set()
            case acts.LowerToConcern(objection=which) if which in open_objections:
                open_objections.discard(which)
                heard.add(entry.act.for_organisation)
            case acts.Resolve(objection=which) | acts.WithdrawObjection(objection=which):
                open_objections.discard(which)
            case acts.RecordPosition(proposal=about) if about == proposal:
                heard.add(entry.act.said_for)
                if entry.act.objection is not None:
                    open_objections.add(entry.act.objection)
                    raised_by.setdefault(entry.act.objection, entry.number)
            case acts.CorrectPosition(proposal=about) if about == proposal:
                open_objections -= {which for which, number in raised_by.items() if number == entry.act.recorded}
                if entry.act.objection is not None:
                    open_objections.add(entry.act.objection)
            case acts.Position(proposal=about) if about == proposal:
                heard.add(entry.act.for_organisation)
                if isinstance(entry.act, acts.Object):
                    open_objections.add(entry.act.objection)
                    raised_by.setdefault(entry.act.objection, entry.number)
            case _:
                pass
    return heard, open_objections


@law
def test_nothing_is_ever_agreed_while_an_objection_is_open_or_an_organisation_unheard(history):
    for story in history:
        last = story.recorded[-1].act
        if isinstance(last, acts.Agree | acts.ProceedWithout):
            heard, open_objections = heard_naively(story.recorded[:-1], last.proposal)
            affected = set(story.standing.proposals[last.proposal].terms.affected)

            assert open_objections == set()
            assert affected <= heard or isinstance(last, acts.ProceedWithout)
            assert set(story.standing.proposals[last.proposal].closed.unheard) == affected - heard


@law
def test_nothing_is_ever_held_by_nobody_without_somebody_being_told(history):
    """RS1: a present holder, a present deputy, or nobody, in which case the coordinating role is to be told."""
    for story in history:
        at = story.now + timedelta(hours=30)
        for held in story.standing.open_responsibilities():
            answering = story.standing.answering(held.responsibility, at)
            assert answering is not None
            if answering.person is None:
                could = story.standing.could_carry(held.role, held.deputy_role, at)
                assert could == () or held.state == "declined"
                assert answering.told in (*story.standing.present_in(story.standing.coordinating, at), None)
            else:
                assert story.standing.is_present(answering.person, at)
                assert answering.person in story.standing.could_carry(held.role, held.deputy_role, at)


@law
def test_folding_in_two_goes_equals_folding_in_one_and_leaves_the_first_as_it_was(history):
    *_, story = history
    half = len(story.recorded) // 2

    first = fold(story.recorded[:half])
    again = fold(story.recorded[:half])
    whole = fold(story.recorded[half:], first)

    assert whole == fold(story.recorded) == story.standing
    assert first == again


@law
def test_whoever_has_left_holds_nothing_and_speaks_for_nobody(history):
    for story in history:
        last = story.recorded[-1].act
        if isinstance(last, acts.Leave | acts.Remove):
            gone = last.by if isinstance(last, acts.Leave) else last.person
            assert list(story.standing.places_of(gone, story.now)) == []
            assert all(gone not in story.standing.people_in(role, story.now) for role in story.standing.roles)
            assert all(h.waiting == () for h in story.standing.handovers.values() if gone in (h.giver, h.receiver))


@law
def test_a_role_never_has_two_holders_nor_a_holder_who_is_its_own_deputy(history):
    for story in history:
        for role in story.standing.roles.values():
            people = role.people(story.now)
            assert len(people) == len(set(people))


@law
def test_no_responsibility_ever_names_the_same_role_twice(history):
    *_, story = history

    assert all(held.role != held.deputy_role for held in story.standing.responsibilities.values())


@law
def test_every_decision_that_holds_has_a_review_to_come_or_open_and_a_role_that_owes_it(history):
    for story in history:
        for proposal in story.standing.proposals.values():
            if proposal.closed is not None and proposal.closed.is_live:
                assert proposal.closed.review_on is not None
                assert proposal.closed.review_by in story.standing.roles


@law
def test_no_decision_is_renewed_that_somebody_says_is_not_safe_nor_is_any_over_without_a_word_from_another(history):
    for before, story in pairwise(history):
        last = story.recorded[-1].act
        if isinstance(last, acts.Renew | acts.End):
            review = before.standing.proposals[last.proposal].closed.review
            silent = set(before.standing.proposals[last.proposal].terms.affected) - review.answered()
            assert isinstance(last, acts.End) or all(answer.safe for answer in review.answers)
            assert not silent or any(answer.by != last.by for answer in review.answers)


@law
def test_no_meeting_is_ever_closed_with_an_item_without_an_outcome_or_an_action_without_hands(history):
    for before, story in pairwise(history):
        last = story.recorded[-1].act
        if isinstance(last, acts.CloseMeeting):
            meeting = before.standing.meetings[last.meeting]
            concluded = {
                entry.act.item
                for entry in story.recorded
                if isinstance(entry.act, acts.Conclude) and entry.act.meeting == last.meeting
            }
            asked = [before.standing.responsibilities[each] for ended in meeting.outcomes for each in ended.actions]

            assert {each.item for each in meeting.items} <= concluded
            for held in asked:
                assert not held.is_open or before.standing.people_in(held.role, last.at)


@law
def test_a_decision_is_changed_only_by_a_proposal_that_was_agreed_and_stays_changed(history):
    for before, story in pairwise(history):
        for proposal in story.standing.proposals.values():
            closed, then = proposal.closed, before.standing.proposals.get(proposal.proposal)
            if closed is not None and closed.over == "changed":
                assert story.standing.proposals[closed.replaced_by].closed.is_decision
            if then is not None and then.closed is not None and then.closed.over is not None:
                assert proposal == then


@law
def test_what_was_written_down_is_put_right_only_by_whoever_said_it_in_seven_days_and_stays_marked_until_then(history):
    for before, story in pairwise(history):
        last = story.recorded[-1].act
        if isinstance(last, acts.ConfirmPosition | acts.CorrectPosition):
            recorded = before.standing.recorded[last.recorded]
            assert last.by == recorded.said_by != recorded.recorded_by
            assert recorded.state == "recorded"
            assert last.at < recorded.at + timedelta(days=7)
        for proposal in story.standing.proposals.values():
            for given_ in proposal.positions:
                marked = story.standing.recorded.get(given_.number)
                assert (marked.recorded_by if marked else None) == given_.recorded_by


@law
def test_what_moved_somebody_was_written_before_by_another_about_the_same_thing(history):
    story = history[-1]
    for entry in story.recorded:
        if isinstance(act := entry.act, acts.BeMoved) and act.entry is not None:
            position, moved_by = (story.recorded[number - 1].act for number in (act.position, act.entry))
            matter = story.standing.proposals[act.proposal].matter
            assert act.entry < act.position < entry.number
            assert act.by in (position.by, getattr(position, "said_by", None))
            assert act.by != moved_by.by or getattr(moved_by, "said_by", act.by) != act.by
            assert (
                getattr(moved_by, "proposal", None) == act.proposal
                or (matter is not None and moved_by.matter == matter)
                or isinstance(moved_by, acts.LowerToConcern)
            )


@law
def test_no_decision_stands_over_an_objection_that_came_out_late_without_being_under_review(history):
    for story in history:
        last = story.recorded[-1].act
        if isinstance(last, acts.CorrectPosition) and last.stance is acts.Stance.OBJECT:
            closed = story.standing.proposals[last.proposal].closed
            if closed is not None:
                assert closed.is_under_review(story.now.date())
                assert story.standing.recorded[last.recorded].said_for in closed.review.unsafe()


@law
def test_no_safeguard_that_met_an_objection_is_ever_missing_from_what_follows(history):
    for story in history:
        for objection in story.standing.objections.values():
            follows = story.standing.proposals[objection.proposal].terms.follows
            assert objection.safeguard is None or objection.safeguard in {it.responsibility for it in follows}


@law
def test_nothing_of_a_meeting_changes_once_it_is_over(history):
    for before, story in pairwise(history):
        for meeting in before.standing.meetings.values():
            if meeting.ended is not None:
                assert story.standing.meetings[meeting.meeting] == meeting


@law
def test_what_is_open_is_on_the_agenda_that_makes_itself(history):
    *_, story = history
    told = proposals.fold(story.recorded)

    for meeting in story.standing.meetings.values():
        about = {(line.item.about, line.item.which) for line in agenda(meeting, told, story.standing)}

        for proposal in story.standing.proposals.values():
            concerns = story.standing.open_objections(proposal.proposal) if proposal.is_open else ()
            assert all((acts.About.OBJECTION, each.objection) in about for each in concerns)
            assert ((acts.About.PROPOSAL, proposal.proposal) in about) == (proposal.is_open and not concerns)
        for offer in story.standing.handovers.values():
            assert ((acts.About.HANDOVER, offer.handover) in about) == bool(offer.waiting)
        for held in story.standing.open_responsibilities():
            answering = story.standing.answering(held.responsibility, meeting.starts_at)
            if answering is not None and answering.person is None:
                assert (acts.About.RESPONSIBILITY, held.responsibility) in about


def left_unfinished(recorded: list[acts.Recorded]) -> set[str]:
    """Read straight from the acts: the topics that meetings carried over or never came to, and nobody ended since."""
    on: dict[str, dict[str, acts.AgendaItem]] = {}
    outcomes: dict[tuple[str, str], acts.ItemOutcome] = {}
    left: set[str] = set()
    for entry in recorded:
        match entry.act:
            case acts.Circulate(meeting=meeting, items=items):
                on[meeting] = {each.item: each for each in items}
            case acts.PutOn(meeting=meeting, item=item):
                on[meeting][item.item] = item
            case acts.Drop(meeting=meeting, item=which):
                del on[meeting][which]
                left.discard(which)
            case acts.Conclude(meeting=meeting, item=which, outcome=outcome):
                outcomes[meeting, which] = outcome
            case acts.CloseMeeting(meeting=meeting):
                carried = {each for each in on[meeting] if outcomes[meeting, each] is acts.ItemOutcome.CARRIED_OVER}
                left = left - set(on[meeting]) | carried
            case acts.CallOff(meeting=meeting):
                left |= set(on.get(meeting, ()))
            case _:
                pass
    return left


@law
def test_whatever_a_meeting_leaves_unfinished_is_on_the_next_agenda_without_anybody_doing_anything(history):
    for story in history:
        told = proposals.fold(story.recorded)
        left = left_unfinished(story.recorded)
        for meeting in story.standing.meetings.values():
            if meeting.ended is None:
                assert left <= {line.item.item for line in agenda(meeting, told, story.standing)}


@law
def test_whoever_is_in_a_meeting_was_a_member_then_and_nothing_is_said_there_by_anybody_else(history):
    for before, story in pairwise(history):
        last = story.recorded[-1].act
        if isinstance(last, acts.Attend):
            assert before.standing.is_member(last.person, last.at)
            assert last.at >= before.standing.meetings[last.meeting].starts_at - timedelta(hours=12)
        if isinstance(last, acts.Conclude | acts.CloseMeeting):
            assert last.by in {each.person for each in before.standing.meetings[last.meeting].attending}


@law
def test_nothing_that_was_put_on_an_agenda_goes_without_an_outcome_a_reason_or_the_meeting_called_off(history):
    for story in history:
        put_on: dict[str, set[str]] = {}
        for entry in story.recorded:
            match entry.act:
                case acts.Circulate(meeting=meeting, items=items):
                    put_on[meeting] = {each.item for each in items}
                case acts.PutOn(meeting=meeting, item=item):
                    put_on[meeting].add(item.item)
                case _:
                    pass
        for meeting in story.standing.meetings.values():
            there = {each.item for each in meeting.items}
            assert put_on.get(meeting.meeting, set()) == there | {each.item for each, _ in meeting.dropped}
            assert all(because for _, because in meeting.dropped)
            assert meeting.ended != "closed" or there == {each.item for each in meeting.outcomes}


@law
def test_nobody_outside_the_team_does_anything_but_talk_of_a_paper_that_is_open_to_them(history):
    for before, story in pairwise(history):
        last = story.recorded[-1].act
        if not before.standing.is_member(last.by, last.at) and not isinstance(last, acts.Join):
            assert isinstance(last, acts.Discuss | acts.Retract)
            paper = before.standing.papers[last.paper]
            assert isinstance(last, acts.Retract) or last.for_organisation in paper.organisations


@law
def test_a_paper_that_is_down_stays_as_it_is_and_what_was_taken_up_of_it_stays_taken_up(history):
    for before, story in pairwise(history):
        for paper in before.standing.papers.values():
            now = story.standing.papers[paper.paper]
            assert now == paper if paper.is_down else now.version in (paper.version, paper.version + 1)
        for said in before.standing.said_of_papers.values():
            now_said = story.standing.said_of_papers[said.number]
            assert now_said.came_to == (said.came_to or now_said.came_to)
            assert not (now_said.is_retracted and now_said.came_to)


@law
def test_only_what_is_carried_out_is_credited(history):
    for before, story in pairwise(history):
        last = story.recorded[-1].act
        if isinstance(last, acts.ShareCredit):
            follows = {it.responsibility for it in before.standing.proposals[last.proposal].terms.follows}
            assert before.standing.proposals[last.proposal].closed.is_decision
            assert follows & {each.responsibility for each in before.standing.responsibilities.values()}
            assert all(not before.standing.responsibilities[each].is_open for each in follows)


@law
def test_only_people_of_its_group_are_reported_on_and_by_whoever_holds_it_or_stands_in(history):
    for before, story in pairwise(history):
        last = story.recorded[-1].act
        if isinstance(last, acts.ReportOnPeople):
            held = before.standing.responsibilities[last.responsibility]
            assert set(last.patients) <= set(before.standing.groups[held.group].patients)
            assert last.in_role in (held.role, held.deputy_role)


@law
def test_a_poll_counts_the_newest_answer_of_each_and_what_is_chosen_is_what_the_count_left_open(history):
    for before, story in pairwise(history):
        last = story.recorded[-1].act
        if isinstance(last, acts.AnswerPoll):
            assert before.standing.polls[last.poll].is_open
            assert [each.by for each in story.standing.polls[last.poll].answers].count(last.by) == 1
        if isinstance(last, acts.ClosePoll):
            poll = story.standing.polls[last.poll]
            result = METHODS[poll.put.method].count(map(ballot_of, poll.answers), question_of(poll.put))
            assert set(last.chosen) <= set(result.tied)
            assert len(chosen_of(poll)) <= poll.put.places
            assert last.at.date() > poll.put.closes_on or {each.organisation for each in poll.answers} >= set(
                poll.put.asked
            )
        for poll in before.standing.polls.values():
            assert poll.is_open or story.standing.polls[poll.poll] == poll


@law
def test_with_independent_views_first_nobody_sees_another_answer_before_all_are_in_or_the_time_is_up(history):
    for story in history:
        for poll in story.standing.polls.values():
            waits = poll.is_open and yet_to_answer(poll, story.standing, story.now)
            if waits and poll.put.independent_first and not time_is_up(poll, story.now):
                seen = [seen_by(poll, person, story.standing, story.now) for person in story.standing.memberships]
                assert not any(each.answers or each.result or each.by_organisation for each in seen)
