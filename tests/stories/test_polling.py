"""Polls: organisations asked by a method of counting, answered by roles, counted in the open; a tie is a tie."""

from datetime import UTC, datetime

import pytest

from manyhands import acts, who
from manyhands.counting import METHODS
from manyhands.notices.due import due
from manyhands.notices.kinds import Kind
from manyhands.notices.told import told
from manyhands.pictures import who_holds_what
from manyhands.pictures.my_work import my_work
from manyhands.pictures.proposals import Proposals
from manyhands.rules.folding import fold
from manyhands.rules.polling import chosen_of, organisations_yet_to_answer, result_of, seen_by, yet_to_answer
from tests.cast import (
    AS_NOW,
    CHARITY,
    COORDINATOR,
    COUNCIL,
    FAY_COMES,
    MATRON,
    MONTHLY,
    NURSING,
    PRACTICE,
    SOCIAL_WORKER,
    TEAM,
    WEEKLY,
    calls_the_poll_off,
    closes_the_poll,
    goes_away,
    polls,
    proposes,
    removes,
    steps_down,
    votes,
)

POLL = who.Poll("how-often")
TUESDAY = acts.Choice(option="tuesday", starts_at=datetime(2026, 4, 7, 9, tzinfo=UTC))
FRIDAY = acts.Choice(option="friday", starts_at=datetime(2026, 4, 10, 9, tzinfo=UTC))
ASHA, BEN = (acts.Choice(option=name, person=who.Person(name)) for name in ("asha", "ben"))
TWO_EACH = (votes("carol", weekly=1), votes("dev", monthly=1), votes("asha", weekly=1, monthly=1))


def the_poll(story):
    return story.standing.polls[POLL]


def sees(story, person):
    return seen_by(the_poll(story), who.Person(person), story.standing, story.now)


def telling(story, doing):
    """Who is told what of the next thing that happens."""
    before = story.standing
    story.does(doing)
    entry = story.recorded[-1]
    notices = told(entry, before, story.standing, who_holds_what.fold(story.recorded))
    return {(notice.to, notice.kind) for notice in notices}


# ---- asking ------------------------------------------------------------------------------------------------------


def test_anyone_in_a_role_asks_organisations_by_a_method(story):
    assert story.refuses(polls("esi")) == ["not-a-member"]
    story.happened(steps_down("carol", MATRON))
    assert story.refuses(polls("carol", asked=(PRACTICE, COUNCIL))) == ["role-needed"]

    story.does(polls("dev", asked=(PRACTICE, COUNCIL)))

    assert the_poll(story).role == SOCIAL_WORKER
    assert story.refuses(polls("dev", asked=(PRACTICE,))) == ["taken-identifier"]


def test_a_poll_says_what_it_asks_whom_and_until_when(story):
    assert story.refuses(polls("dev", question=acts.Words(" "))) == ["words-needed"]
    assert story.refuses(polls("dev", asked=())) == ["nobody-is-asked"]
    assert story.refuses(polls("dev", asked=(PRACTICE, CHARITY))) == ["nobody-can-speak-for"]
    assert story.refuses(polls("dev", days=-1)) == ["closes-in-the-past"]
    assert story.refuses(polls("dev", matter=who.Matter("none"), group=who.Group("none"))) == ["nothing-like-it"] * 2

    assert story.refuses(polls("dev", days=0)) == []


def test_where_one_of_several_is_chosen_carrying_on_as_now_is_among_them(story):
    assert story.refuses(polls("dev", options=(WEEKLY, MONTHLY))) == ["cannot-be-asked-so"]
    assert story.refuses(polls("dev", options=(AS_NOW,))) == ["cannot-be-asked-so"]
    blank = acts.Choice(option="blank")
    assert story.refuses(polls("dev", options=(AS_NOW, WEEKLY, blank))) == ["words-needed"]


def test_consent_is_asked_for_by_a_proposal_and_a_method_that_is_unknown_by_nobody(story):
    assert story.refuses(polls("dev", method="consent")) == ["consent-is-a-proposal"]
    assert story.refuses(polls("dev", method="drawing-lots")) == ["nothing-like-it"]
    assert story.refuses(polls("dev", unranked="first")) == ["nothing-like-it"]
    assert story.refuses(polls("dev", results_from="never")) == ["nothing-like-it"]


def test_why_a_question_cannot_be_asked_so_is_said_in_the_words_of_its_options(story):
    (refusal,) = story.refusals(polls("dev", places=9, method="approval"))

    assert refusal.say(names=None) == "9 cannot be chosen out of 3. Choose fewer."


OPENED = {
    "advice": {"options": ()},
    "gradients": {"options": (WEEKLY,), "steps": 8},
    "approval": {"places": 2},
    "proportional-approval": {"places": 2},
    "single-transferable-vote": {"places": 2},
    "role-selection": {"options": (ASHA, BEN), "role": COORDINATOR},
    "time-poll": {"options": (TUESDAY, FRIDAY)},
}


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"consent"}))
def test_every_method_but_consent_can_be_asked_by(story, method):
    story.does(polls("dev", method=method, **OPENED.get(method, {})))

    assert organisations_yet_to_answer(the_poll(story)) == (PRACTICE, NURSING, COUNCIL)


def test_a_time_to_meet_is_still_to_come(story):
    past = acts.Choice(option="past", starts_at=datetime(2026, 3, 1, 9, tzinfo=UTC))

    assert story.refuses(polls("dev", method="time-poll", options=(TUESDAY, past))) == ["time-has-passed"]
    assert story.refuses(polls("dev", method="time-poll", options=(TUESDAY, WEEKLY))) == ["words-needed"]


def test_a_role_is_filled_by_somebody_who_is_here_for_its_organisation(story):
    selection = {"method": "role-selection", "role": COORDINATOR}
    carol = acts.Choice(option="carol", person=who.Person("carol"))

    assert story.refuses(polls("dev", options=(ASHA, carol), **selection)) == ["not-here-for"]
    assert story.refuses(polls("dev", method="role-selection", options=(ASHA, BEN))) == ["nothing-like-it"]


# ---- answering ---------------------------------------------------------------------------------------------------


def test_organisations_that_are_asked_answer_through_their_roles(story):
    story.happened(*FAY_COMES, polls("dev"))

    assert story.refuses(votes("fay", weekly=1)) == ["not-asked-in-the-poll"]
    assert story.refuses(votes("carol", weekly=1, poll="none")) == ["nothing-like-it"]

    story.does(votes("carol", weekly=1))

    assert organisations_yet_to_answer(the_poll(story)) == (PRACTICE, COUNCIL)


def test_somebodys_newest_answer_counts_and_only_that(story):
    story.happened(polls("dev"), votes("carol", weekly=1), votes("carol", monthly=1))

    (answer,) = the_poll(story).answers
    assert answer.marks == (acts.Marked(option="monthly", mark=1),)


def test_an_answer_that_could_not_be_counted_is_refused_with_what_to_do(story):
    story.happened(polls("dev"))

    (refusal,) = story.refusals(votes("carol", weekly=7))

    assert refusal.code == "cannot-be-counted-so"
    assert refusal.say(names=None).startswith("One of us visits every week is marked 7")
    assert story.refuses(votes("carol", daily=1)) == ["cannot-be-counted-so"]


def test_no_view_is_heard_and_is_no_vote(story):
    story.happened(polls("dev"), votes("carol"), votes("dev", weekly=1))

    received = result_of(the_poll(story)).received
    assert (received.heard, received.no_view, received.counted) == (2, 1, 1)
    assert organisations_yet_to_answer(the_poll(story)) == (PRACTICE,)


def test_a_name_is_given_with_a_reason(story):
    story.happened(polls("dev", method="role-selection", options=(ASHA, BEN), role=COORDINATOR))

    assert story.refuses(votes("carol", ben=1)) == ["cannot-be-counted-so"]
    assert story.refuses(votes("carol", ben=1, because="He is there every day")) == []


def test_while_somebody_is_away_their_deputy_is_asked(story):
    story.happened(polls("carol"))
    assert ("dev", SOCIAL_WORKER) in yet_to_answer(the_poll(story), story.standing, story.now)

    story.does(goes_away("dev"))

    assert ("ines", SOCIAL_WORKER) in yet_to_answer(the_poll(story), story.standing, story.now)
    assert story.refuses(votes("ines", weekly=1)) == []


def test_the_answer_of_somebody_who_leaves_stands(story):
    story.happened(polls("dev"), votes("carol", weekly=1), removes("asha", "carol"))

    assert [answer.organisation for answer in the_poll(story).answers] == [NURSING]
    assert organisations_yet_to_answer(the_poll(story)) == (PRACTICE, COUNCIL)


# ---- what is seen ------------------------------------------------------------------------------------------------


def test_with_independent_views_first_nobody_sees_the_others_before_each_has_answered(story):
    story.happened(polls("dev", independent_first=True), votes("carol", weekly=1))
    assert not sees(story, "carol").answers
    assert not sees(story, "dev").result

    story.does(votes("dev", weekly=1), votes("asha", weekly=1))

    assert sees(story, "carol").answers
    assert sees(story, "ines").result


def test_independent_views_end_when_the_time_is_up(story):
    story.happened(polls("dev", independent_first=True), votes("carol", weekly=1))
    assert not sees(story, "carol").answers

    story.later(days=8)

    assert sees(story, "carol").answers


def test_a_result_kept_to_the_end_is_seen_by_nobody_before(story):
    story.happened(polls("dev", results_from="the-end"), *TWO_EACH)
    assert not sees(story, "dev").result

    story.does(closes_the_poll("dev"))

    assert sees(story, "dev").result


def test_a_result_kept_until_one_has_answered_is_seen_by_those_who_have(story):
    story.happened(polls("dev", results_from="once-answered"), votes("carol", weekly=1))

    assert sees(story, "carol").result
    assert not sees(story, "dev").result


# ---- closing -----------------------------------------------------------------------------------------------------


def test_a_poll_is_closed_once_every_organisation_has_answered_or_the_time_is_up(story):
    story.happened(polls("dev"), votes("carol", weekly=1), votes("dev", monthly=1))
    (refusal,) = story.refusals(closes_the_poll("dev"))
    assert refusal.code == "poll-is-running"
    assert dict(refusal.people)["could"] == ("asha", "ben")

    story.later(days=8)

    assert story.refuses(closes_the_poll("dev")) == []


def test_whoever_asked_closes_it_or_the_coordinating_role(story):
    story.happened(polls("dev"), *TWO_EACH)

    assert story.refuses(closes_the_poll("carol")) == ["not-for-this-role"]
    assert story.refuses(closes_the_poll("ines")) == []

    story.does(closes_the_poll("ben"))

    assert the_poll(story).ended_by == "ben"
    assert story.refuses(votes("carol", weekly=1)) == ["poll-is-over"]
    assert story.refuses(closes_the_poll("dev")) == ["poll-is-over"]


def test_what_the_count_chose_stands_and_nobody_chooses_otherwise(story):
    story.happened(polls("dev"), votes("carol", weekly=1), votes("dev", weekly=1), votes("asha", monthly=1))

    assert story.refuses(closes_the_poll("dev", "monthly", because="I like it")) == ["not-open-to-choose"]

    story.does(closes_the_poll("dev"))

    assert chosen_of(the_poll(story)) == ("weekly",)


def test_a_tie_is_reported_and_what_is_decided_together_is_among_the_tied_with_a_reason(story):
    story.happened(polls("dev"), *TWO_EACH)
    assert set(result_of(the_poll(story)).tied) == {"weekly", "monthly"}
    assert story.refuses(closes_the_poll("dev", "as-now", because="No money")) == ["not-open-to-choose"]
    assert story.refuses(closes_the_poll("dev", "weekly")) == ["reason-needed"]

    story.does(closes_the_poll("dev", "weekly", because="Everybody can live with it"))

    assert chosen_of(the_poll(story)) == ("weekly",)


def test_a_tie_can_also_be_left_as_it_is(story):
    story.happened(polls("dev"), *TWO_EACH, closes_the_poll("dev"))

    assert chosen_of(the_poll(story)) == ()


def test_whoever_asked_for_advice_says_what_they_decided_and_why(story):
    advise = [votes(each, because="Ask her daughter first") for each in ("asha", "carol", "dev")]
    story.happened(polls("dev", method="advice", options=()), *advise)

    assert story.refuses(closes_the_poll("dev")) == ["reason-needed"]
    assert story.refuses(closes_the_poll("dev", because="We ask first, and then visit")) == []


def test_whoever_asked_for_names_proposes_one_of_those_named_with_the_reason(story):
    name = [votes(each, ben=1, because="There every day") for each in ("asha", "carol", "dev")]
    story.happened(polls("dev", method="role-selection", options=(ASHA, BEN), role=COORDINATOR), *name)
    assert story.refuses(closes_the_poll("dev", "asha", because="I like her")) == ["not-open-to-choose"]

    story.does(closes_the_poll("dev", "ben", because="He is there every day"))

    assert chosen_of(the_poll(story)) == ("ben",)


def test_a_poll_is_called_off_with_a_reason_and_its_answers_stay_on_the_record(story):
    story.happened(polls("dev"), votes("carol", weekly=1))
    assert story.refuses(calls_the_poll_off("dev", because="")) == ["reason-needed"]
    assert story.refuses(calls_the_poll_off("carol")) == ["not-for-this-role"]

    story.does(calls_the_poll_off("dev"))

    assert len(the_poll(story).answers) == 1
    assert chosen_of(the_poll(story)) == ()


def test_a_proposal_says_which_poll_it_came_of(story):
    story.happened(polls("dev"), *TWO_EACH, closes_the_poll("dev"))
    assert story.refuses(proposes("dev").but(poll=who.Poll("none"))) == ["nothing-like-it"]

    story.does(proposes("dev").but(poll=POLL))

    assert [each.poll for each in story.standing.proposals.values()] == [POLL]


# ---- who is told -------------------------------------------------------------------------------------------------


def test_whoever_is_asked_is_told_and_whoever_asked_is_told_when_all_have_answered(story):
    assert telling(story, polls("dev")) == {("asha", Kind.POLL), ("carol", Kind.POLL)}
    assert telling(story, votes("carol", weekly=1)) == set()
    assert telling(story, votes("ben", weekly=1)) == set()
    assert telling(story, votes("ines", weekly=1)) == {("dev", Kind.POLL_TO_CLOSE)}

    assert telling(story, closes_the_poll("asha")) == {("carol", Kind.POLL_CLOSED), ("dev", Kind.POLL_CLOSED)}


def test_a_poll_waits_on_my_work_until_it_is_answered_and_then_for_whoever_asked(story):
    def work(person):
        carried = who_holds_what.fold(story.recorded)
        return my_work(TEAM, who.Person(person), Proposals(), carried, story.standing, story.now)

    story.happened(polls("dev"))
    assert [(it.poll, it.roles) for it in work("carol").polls] == [(POLL, (MATRON,))]
    assert work("carol").waiting == 1

    story.does(*TWO_EACH)

    assert work("carol").polls == ()
    assert [it.poll for it in work("dev").polls_to_close] == [POLL]
    story.does(closes_the_poll("dev"))
    assert work("dev").polls_to_close == ()


def test_folding_a_poll_in_two_goes_equals_folding_it_in_one(story):
    story.happened(polls("dev"), *TWO_EACH, closes_the_poll("dev"), removes("asha", "ines"))

    for cut in range(len(story.recorded)):
        assert fold(story.recorded[cut:], fold(story.recorded[:cut])) == story.standing


def test_a_day_before_a_poll_is_over_whoever_has_not_answered_is_reminded(story):
    story.happened(polls("dev", days=3), votes("carol", weekly=1))
    story.later(days=2, hours=18)

    notices = due(who_holds_what.fold(story.recorded), story.standing, story.now)

    assert {each.to for each in notices if each.kind is Kind.DUE_TOMORROW} == {"asha", "dev"}
