"""Who is told about an act."""

from typing import get_args

from hypothesis import HealthCheck, given, settings

from manyhands import acts, who
from manyhands.notices.due import due
from manyhands.notices.kinds import KINDS, SORTS, Kind, Sort, Thing
from manyhands.notices.still import WAITS, still_waits
from manyhands.pictures import my_work, proposals, who_holds_what
from manyhands.rules.folding import fold
from tests.cast import (
    CHARITY,
    COUNCIL,
    EVERYONE_CONSENTS,
    NURSING,
    PRACTICE,
    TEAM,
    accepts,
    agrees,
    amends,
    answers_review,
    asks,
    asks_about,
    calls_a_meeting,
    calls_off,
    circulates,
    comments,
    completes,
    confirms,
    consents,
    consents_if,
    corrects,
    creates_role,
    declines,
    discusses,
    ends,
    fulfils,
    gives,
    gives_no_view,
    goes_away,
    invites,
    item,
    makes_deputy,
    objects,
    offers,
    opens_review,
    proceeds_without,
    proposes,
    publishes,
    raises,
    records,
    removes,
    reports,
    resolves,
    returns,
    says_it_states,
    settles,
    shares_credit,
    steps_down,
    takes_on,
    takes_up,
    topic,
    withdraws,
)
from tests.histories import histories
from tests.notices.telling import due_in, notices_of, tells


def test_whoever_proposed_hears_that_it_is_ready_when_what_they_wrote_down_for_another_is_confirmed(story):
    story.happened(proposes("carol", affected=(NURSING, COUNCIL)), consents("carol"), records("carol", "dev"))
    written_down = story.standing.number
    assert tells(story) == {("dev", "confirm")}

    story.does(confirms("dev", written_down))

    assert tells(story) == {("carol", "ready")}


def test_only_the_role_that_is_asked_is_told_and_reminded_since_whoever_stands_in_cannot_answer(story):
    story.happened(goes_away("carol"), asks("asha"))
    assert tells(story) == set()

    story.later(days=6, hours=1)

    assert [notice for notice in due_in(story) if notice.kind is Kind.DUE_TOMORROW] == []


def test_a_proposal_asks_everyone_who_answers_for_an_organisation_it_affects_but_whoever_made_it(story):
    story.happened(proposes("carol"))

    assert tells(story) == {("asha", "hear"), ("dev", "hear")}


def test_while_somebody_is_away_their_deputy_is_asked_and_they_are_not(story):
    story.happened(goes_away("dev"), proposes("carol"))

    assert tells(story) == {("asha", "hear"), ("ines", "hear")}


def test_a_leaver_is_never_asked(story):
    story.happened(removes("asha", "dev"), proposes("carol"))

    assert tells(story) == {("asha", "hear"), ("ines", "hear")}


def test_everyone_who_answered_an_earlier_version_is_told_that_it_changed_and_only_they(story):
    story.happened(proposes("carol"), consents("dev"))
    story.happened(amends("carol"))

    assert tells(story) == {("dev", "changed")}, "Asha waits to be heard as before"


def test_an_organisation_that_a_change_brings_in_is_asked(story):
    story.happened(proposes("carol", affected=(NURSING, PRACTICE)), consents("asha"))
    story.happened(amends("carol", affected=(NURSING, PRACTICE, who.Organisation("council"))))

    assert tells(story) == {("asha", "changed"), ("dev", "hear")}


def test_a_change_of_wording_tells_those_who_answered_that_their_answer_stands(story):
    story.happened(proposes("carol"), consents("dev"), amends("carol", material=False))

    assert tells(story) == {("dev", "reworded")}


def test_a_safety_concern_tells_whoever_proposed_at_once(story):
    story.happened(proposes("carol"), objects("dev"))

    assert tells(story) == {("carol", "concern")}
    assert KINDS[Kind.CONCERN].urgent


def test_the_last_to_be_heard_tells_whoever_proposed_that_everyone_has_been(story):
    story.happened(proposes("carol"), consents("carol"), consents("dev"))
    assert tells(story) == set()

    story.does(consents("asha"))

    assert tells(story) == {("carol", "ready")}


def test_whoever_objected_is_told_of_progress_as_those_who_agreed_are(story):
    story.happened(proposes("carol"), objects("dev"), consents("carol"), consents("asha"))
    story.does(says_it_states("asha"))
    assert tells(story) == {("dev", "concern-tested")}

    story.does(amends("carol"))
    assert tells(story) == {("asha", "changed"), ("dev", "changed")}

    story.does(resolves("dev"))
    assert tells(story) == {("carol", "concern-closed")}
    story.happened(consents("dev", version=2), consents("asha", version=2), consents("carol", version=2))
    story.does(agrees("carol", version=2))
    assert {person for person, kind in tells(story) if kind == "decided"} == {"asha", "dev"}

    story.happened(takes_on("carol", "visit"))
    story.does(completes("carol", "visit"))
    assert tells(story) == {("asha", "came-to"), ("dev", "came-to")}


def test_credit_that_is_shared_is_told_to_everyone_who_answered_the_decision(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("carol"), takes_on("carol", "visit"))
    story.happened(completes("carol", "visit"))
    story.does(shares_credit("carol"))

    assert tells(story) == {("asha", "credited"), ("dev", "credited")}


def test_a_decision_made_without_an_organisation_tells_its_role_holders_and_deputies_at_once(story):
    story.happened(proposes("carol"), consents("carol"), consents("asha"), proceeds_without("carol"))

    assert {("dev", "decided-without"), ("ines", "decided-without")} <= tells(story)
    assert KINDS[Kind.DECIDED_WITHOUT].urgent


def test_a_condition_tells_the_role_it_names_and_its_being_met_tells_whoever_set_it(story):
    story.happened(proposes("carol"), consents_if("dev"))
    named = story.standing.conditions["diary"].fulfilled_by
    answering = story.standing.people_in(named, story.now)[0]
    assert tells(story) == {(answering, "condition")}

    story.does(fulfils(answering))

    assert tells(story) == {("dev", "condition-met")}


def test_what_was_written_down_for_somebody_waits_for_them_to_confirm(story):
    story.happened(proposes("carol"), records("asha", "dev"))
    assert tells(story) == {("dev", "confirm")}
    number = len(story.recorded)

    story.does(corrects("dev", number))

    assert ("asha", "corrected") in tells(story)


def test_what_follows_from_a_decision_is_asked_of_whoever_holds_the_role(story):
    story.happened(proposes("asha"), *EVERYONE_CONSENTS, agrees("asha"))

    assert ("carol", "asked") in tells(story)


def test_being_asked_declining_taking_on_and_needing_support_each_tell_whoever_it_concerns(story):
    story.does(asks("asha"))
    assert tells(story) == {("carol", "asked")}
    story.does(declines("carol"))
    assert tells(story) == {("asha", "ask-again")}
    story.does(asks("asha"))
    story.does(takes_on("carol"))
    assert tells(story) == {("asha", "taken-on")}
    story.does(reports("carol").but(support_needed=True))
    assert ("asha", "support") in tells(story)
    story.does(reports("carol"))
    assert tells(story) == set()
    story.does(completes("carol"))
    assert tells(story) == {("asha", "came-to")}


def test_an_offer_tells_its_receiver_and_each_answer_its_giver(story):
    story.happened(asks("asha"), takes_on("carol"))
    story.does(offers("carol", "dev", item("responsibility", "ring", "matron", "social-worker")))
    assert tells(story) == {("dev", "offered")}

    story.does(returns("dev", "responsibility", "ring"))
    assert tells(story) == {("carol", "returned")}
    story.does(offers("carol", "dev", item("responsibility", "ring", "matron", "social-worker"), handover="again"))
    story.does(accepts("dev", "responsibility", "ring", handover="again"))

    assert tells(story) == {("carol", "accepted")}


def test_an_invitation_and_a_role_tell_whoever_they_are_for(story):
    story.does(invites("asha", "fay"))
    assert tells(story) == {("fay", "invited")}
    story.happened(creates_role("asha", "second", PRACTICE))
    story.does(gives("asha", "second", "ben"))
    assert tells(story) == {("ben", "role")}
    story.does(makes_deputy("ben", "second", "asha"))
    assert tells(story) == {("asha", "deputy")}


def test_nobody_is_told_what_they_did_themselves(story):
    story.happened(creates_role("carol", "second", NURSING))
    story.does(gives("carol", "second", "carol"))

    assert tells(story) == set()


def test_whoever_an_agenda_went_out_for_by_itself_is_told_as_everyone_is(story):
    story.happened(calls_a_meeting("asha", in_days=3))
    story.later(days=2, hours=6)

    story.does(circulates("asha", topic(), by_itself=True))

    assert tells(story) == {(person, "agenda") for person in ("asha", "ben", "carol", "dev", "ines")}


def test_meetings_tell_everyone_who_is_here(story):
    story.happened(goes_away("ben"))
    story.does(calls_a_meeting("asha", in_days=3))
    assert tells(story) == {(person, "meeting-called") for person in ("carol", "dev", "ines")}
    story.does(circulates("asha", topic()))
    assert tells(story) == {(person, "agenda") for person in ("carol", "dev", "ines")}

    story.does(calls_off("asha"))

    assert tells(story) == {(person, "meeting-off") for person in ("carol", "dev", "ines")}


def test_a_review_asks_every_organisation_and_whoever_owes_it_and_what_came_of_it_is_told(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("carol"))
    story.does(opens_review("dev"))
    assert tells(story) == {("asha", "review-owed"), ("asha", "review-open"), ("carol", "review-open")}

    story.does(answers_review("dev", safe=False, because="Nobody came on Sunday"))
    assert tells(story) == {("asha", "unsafe")}
    story.happened(answers_review("carol"), answers_review("asha"))
    story.does(ends("asha"))

    assert tells(story) == {("carol", "reviewed"), ("dev", "reviewed")}


def test_talk_tells_whoever_proposed_and_a_new_matter_everyone(story):
    story.does(raises("carol"))
    assert tells(story) == {(person, "raised") for person in ("asha", "ben", "dev", "ines")}
    story.does(proposes("carol"))
    story.does(comments("dev"))

    assert tells(story) == {("carol", "said")}


def test_a_proposal_taken_back_tells_those_who_answered_it(story):
    story.happened(proposes("carol"), gives_no_view("dev"))
    story.does(withdraws("carol"))

    assert tells(story) == {("dev", "taken-back")}


def test_what_comes_back_to_a_role_that_they_have_passed_on_is_not(story):
    story.happened(
        asks("asha"),
        takes_on("carol"),
        offers("carol", "dev", item("responsibility", "ring", "matron", "social-worker")),
    )
    story.happened(steps_down("carol", "matron"))
    story.does(returns("dev", "responsibility", "ring"))
    assert ("carol", "returned") not in tells(story)


# ---- of every kind -------------------------------------------------------------------------------------------------


def test_every_kind_has_a_sentence_and_a_sort_and_every_sort_is_one_that_people_can_choose_by():
    assert set(KINDS) == set(Kind)
    assert set(SORTS) == set(Sort) == {known.sort for known in KINDS.values()}
    assert len({known.says for known in KINDS.values()}) == len(KINDS)


def test_every_kind_that_asks_is_held_against_my_work():
    assert set(WAITS) == {kind for kind, known in KINDS.items() if known.asks} - {Kind.INVITED}


def test_no_notice_leads_to_the_page_of_a_patient():
    assert "person" not in {thing.value for thing in Thing}


# ---- any history ---------------------------------------------------------------------------------------------------


def waits(story, recorded, at):
    """What My work has for each member, as (person, list, which)."""
    standing = fold(recorded)
    told, carried = proposals.fold(recorded), who_holds_what.fold(recorded)
    found = set()
    for person in standing.members(at):
        work = my_work.my_work(TEAM, person, told, carried, standing, at)
        found |= {(person, "to_hear", it.proposal.proposal) for it in work.to_hear}
        found |= {(person, "to_agree", it.proposal.proposal) for it in work.to_agree if it.ready}
        found |= {(person, "conditions", it.condition) for it in work.conditions}
        found |= {(person, "to_confirm", it.number) for it in work.to_confirm}
        found |= {(person, "held", it.responsibility) for it in (*work.to_answer, *work.to_do)}
        found |= {(person, "to_ask_again", it.responsibility) for it in work.to_ask_again}
        found |= {(person, "offers", it.handover) for it in work.offers}
        found |= {(person, "to_review", it.proposal) for it in work.to_review}
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(histories())
def test_whatever_begins_to_wait_for_somebody_by_an_act_of_another_s_is_told_to_them(history):
    """My work and the notices cannot come apart: each new thing on it has a notice of that act, or of standing in."""

    story = history[-1]
    for number in range(2, len(story.recorded) + 1):
        recorded = story.recorded[:number]
        act = recorded[-1].act
        new = waits(story, recorded, act.at) - waits(story, recorded[:-1], act.at)
        reached = {notice.to for notice in notices_of(story, number)}
        steps = {notice.key for notice in due_after(recorded[:-1], act.at)}
        places = {notice.to for notice in due_after(recorded, act.at) if notice.key not in steps}
        missed = {(person, what, which) for person, what, which in new if person not in reached | places | {act.by}}

        assert missed == set(), (type(act).__name__, missed)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(histories())
def test_whatever_an_act_asks_of_somebody_is_on_their_my_work(history):
    """The other way round: nobody is sent to a page where nothing waits for them."""
    story = history[-1]
    for number in range(2, len(story.recorded) + 1):
        recorded = story.recorded[:number]
        at = recorded[-1].act.at
        asking = [n for n in notices_of(story, number) if KINDS[n.kind].asks and n.kind is not Kind.INVITED]
        if asking:
            carried, standing = who_holds_what.fold(recorded), fold(recorded)
            told = proposals.fold(recorded)
            works = {n.to: my_work.my_work(TEAM, n.to, told, carried, standing, at) for n in asking}

            assert [n for n in asking if not still_waits(n, works[n.to])] == []


def due_after(recorded, at):
    return due(who_holds_what.fold(recorded), fold(recorded), at)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(histories())
def test_nobody_is_told_of_their_own_act_nor_twice_of_one_nor_while_not_in_the_team(history):
    story = history[-1]
    for number in range(1, len(story.recorded) + 1):
        entry, after = story.recorded[number - 1], fold(story.recorded[:number])
        notices = notices_of(story, number)

        assert all(notice.to != entry.act.by for notice in notices)
        assert len({(notice.key, notice.to) for notice in notices}) == len(notices)
        members = set(after.members(entry.act.at))
        assert {n.to for n in notices if n.kind is not Kind.INVITED} <= members
        assert all(notice.at == entry.act.at for notice in notices)
        assert all(len(notice.key) <= 250 for notice in notices)


def test_the_match_is_over_every_act_there_is():
    assert len(get_args(acts.AnyAct)) == len(acts.NAMES)


def test_a_paper_is_told_to_the_team_a_question_to_its_publisher_and_an_answer_to_whoever_asked(story):
    story.does(publishes("carol"))
    assert tells(story) == {(person, "paper") for person in ("asha", "ben", "dev", "ines")}

    story.does(asks_about("dev"))
    question = story.standing.number
    assert tells(story) == {("carol", "paper-asked")}

    story.does(discusses("asha", "Yes", answers=question))
    assert tells(story) == {("dev", "paper-answered"), ("carol", "paper-asked")}

    story.does(settles("dev", question, story.standing.number))
    assert tells(story) == {("asha", "paper-answered")}

    story.does(raises("ben"), takes_up("ben", question))
    assert tells(story) == {("dev", "paper-taken-up")}


def test_a_guest_who_is_answered_is_not_told_by_a_team_that_they_are_not_in(story):
    story.does(publishes("carol", organisations=(CHARITY,)), discusses("grace").speaking_for(CHARITY))

    story.does(discusses("carol", "Thank you", answers=story.standing.number))

    assert tells(story) == set()
