"""What waits for one person: to be heard on, to answer, to do, to cover, to take over. RS4, RS5, G4, G5, G7."""

from manyhands import who
from manyhands.pictures import my_work, proposals, who_holds_what
from tests.cast import (
    COORDINATOR,
    COUNCIL,
    EVERYONE_CONSENTS,
    MATRON,
    SOCIAL_WORKER,
    TEAM,
    agrees,
    amends,
    asks,
    calls_a_meeting,
    calls_off,
    circulates,
    comes_back,
    consents,
    consents_if,
    declines,
    fulfils,
    goes_away,
    item,
    objects,
    offers,
    proceeds_without,
    proposes,
    removes,
    resolves,
    returns,
    steps_down,
    takes_back,
    takes_on,
)


def work(story, person):
    return my_work.my_work(
        TEAM,
        who.Person(person),
        proposals.fold(story.recorded),
        who_holds_what.fold(story.recorded),
        story.standing,
        story.now,
    )


def test_a_proposal_waits_for_whoever_can_speak_for_an_organisation_not_yet_heard(story):
    story.happened(proposes("carol"), consents("carol"))

    (waiting,) = work(story, "dev").to_hear

    assert (waiting.organisation, waiting.roles, waiting.answered_before) == (COUNCIL, (SOCIAL_WORKER,), False)
    assert work(story, "carol").to_hear == ()


def test_g7_the_deputy_is_asked_while_the_holder_is_away_and_only_then(story):
    story.happened(proposes("carol"))
    assert work(story, "ines").to_hear == ()

    story.happened(goes_away("dev"))

    assert [w.organisation for w in work(story, "ines").to_hear] == [COUNCIL]
    assert work(story, "dev").to_hear == ()

    story.happened(comes_back("dev"))

    assert work(story, "ines").to_hear == ()


def test_after_a_material_change_it_waits_again_and_says_that_they_answered_before(story):
    story.happened(proposes("carol"), consents("dev"), amends("carol"))

    assert work(story, "dev").to_hear[0].answered_before


def test_g4_an_objection_waits_for_its_role_and_so_for_its_deputy_when_the_objector_has_left(story):
    story.happened(proposes("carol"), objects("dev"))
    assert [c.objection for c in work(story, "dev").concerns] == ["lone-visits"]

    story.happened(removes("asha", "dev"))

    assert [c.objection for c in work(story, "ines").concerns] == ["lone-visits"]


def test_whoever_proposed_is_told_of_a_safety_concern_and_when_everyone_has_been_heard(story):
    story.happened(proposes("carol"), objects("dev"))
    assert work(story, "carol").to_agree[0].proposal.safety_concerns == 1

    story.happened(amends("carol"), resolves("dev"))
    assert work(story, "carol").to_agree == ()
    story.happened(*(consents(person, version=2) for person in ("asha", "carol", "dev")))

    assert work(story, "carol").to_agree[0].proposal.unheard == ()


def test_a_condition_waits_for_the_role_that_it_named_also_after_the_decision(story):
    story.happened(proposes("carol"), consents_if("carol"), consents("asha"), consents("dev"), agrees("carol"))
    assert [c.condition for c in work(story, "asha").conditions] == ["diary"]

    story.does(fulfils("asha"))

    assert work(story, "asha").conditions == ()


def test_rs5_a_thing_in_hand_is_on_the_deputys_list_the_same_minute_and_back_again(story):
    story.happened(asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev"))
    assert [h.responsibility for h in work(story, "dev").to_do] == ["ring"]

    story.happened(goes_away("dev", days=7))

    assert [h.responsibility for h in work(story, "ines").to_do] == ["ring"]
    assert work(story, "dev").to_do == ()
    (covering,) = work(story, "ines").covering
    assert (covering.role, covering.instead_of) == (SOCIAL_WORKER, "dev")
    assert covering.until == story.standing.away_until("dev", story.now)

    story.happened(comes_back("dev"))

    assert work(story, "ines").to_do == work(story, "ines").covering == ()


def test_standing_in_by_a_role_named_as_deputy_is_covering_too(story):
    story.happened(asks("asha"), takes_on("carol"), goes_away("carol"))

    assert [(c.role, c.instead_of) for c in work(story, "dev").covering] == [(MATRON, "carol")]


def test_what_is_asked_waits_for_the_role_that_was_asked_and_not_for_whoever_stands_in(story):
    story.happened(asks("asha"), goes_away("carol"))

    assert work(story, "dev").to_answer == ()

    story.happened(comes_back("carol"))

    assert [h.responsibility for h in work(story, "carol").to_answer] == ["ring"]


def test_what_was_declined_goes_back_to_whoever_asked(story):
    story.happened(asks("asha"), declines("carol"))

    assert [h.responsibility for h in work(story, "asha").to_ask_again] == ["ring"]


def test_an_offer_waits_for_whoever_it_was_made_to_and_what_they_return_for_whoever_made_it(story):
    story.happened(asks("asha"), takes_on("carol"))
    story.happened(offers("carol", "dev", item("responsibility", "ring", MATRON, SOCIAL_WORKER)))
    assert [(o.giver, o.waiting) for o in work(story, "dev").offers] == [("carol", 1)]

    story.does(returns("dev", "responsibility", "ring"))

    assert work(story, "dev").offers == ()
    assert [(r.receiver, r.because) for r in work(story, "carol").returned] == [("dev", "I have no car")]


def test_what_came_back_no_longer_waits_once_it_is_offered_again(story):
    story.happened(asks("asha"), takes_on("carol"))
    ring = item("responsibility", "ring", MATRON, SOCIAL_WORKER)
    story.happened(offers("carol", "dev", ring), returns("dev", "responsibility", "ring"))
    story.happened(offers("carol", "ines", ring, handover="again"))
    assert work(story, "carol").returned == ()

    story.happened(takes_back("carol", "again"))

    assert len(work(story, "carol").returned) == 1


def test_g5_a_review_is_owed_to_a_role_and_waits_for_whoever_is_in_it(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("carol"))
    assert [(r.proposal, r.role) for r in work(story, "asha").coming] == [("visits", COORDINATOR)]
    assert work(story, "asha").waiting == 0

    story.later(days=80)
    assert [(r.proposal, r.role) for r in work(story, "asha").reviews] == [("visits", COORDINATOR)]
    assert work(story, "asha").coming == ()

    story.happened(steps_down("asha", COORDINATOR))

    assert [r.role for r in work(story, "ben").reviews] == [COORDINATOR]


def test_an_organisation_that_was_passed_over_is_told(story):
    story.happened(proposes("carol"), consents("asha"), consents("carol"), proceeds_without("carol"))

    for person in ("dev", "ines"):
        (told,) = work(story, person).decided_without
        assert (told.proposal, told.organisation, told.because) == ("visits", COUNCIL, "Winter is here")
    assert work(story, "asha").decided_without == ()


def test_rs4_what_others_in_my_organisation_and_team_hold_is_on_the_same_page(story):
    story.happened(asks("asha"), takes_on("carol"))

    assert [h.responsibility for h in work(story, "asha").others] == ["ring"]
    assert work(story, "carol").others == ()


def test_somebody_who_has_left_has_no_work_here(story):
    story.happened(proposes("carol"), objects("dev"), asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON))
    story.happened(takes_on("dev"), removes("asha", "dev"))

    assert work(story, "dev").waiting == 0


def test_a_meeting_within_a_week_is_there_for_everyone_and_its_agenda_for_whoever_called_it_the_day_before(story):
    story.happened(calls_a_meeting("carol", in_days=5), calls_a_meeting("carol", "far", in_days=30))

    assert [(each.meeting.meeting, each.to_circulate) for each in work(story, "dev").meetings] == [("thursday", False)]
    assert not work(story, "carol").meetings[0].to_circulate
    story.later(days=4)

    assert work(story, "carol").meetings[0].to_circulate
    assert not work(story, "dev").meetings[0].to_circulate
    story.happened(circulates("carol"))
    assert not work(story, "carol").meetings[0].to_circulate


def test_a_meeting_that_nobody_closed_or_called_off_stays_there_until_somebody_does(story):
    story.happened(calls_a_meeting("carol"), circulates("carol"))
    assert [each.left_open for each in work(story, "dev").meetings] == [False]
    story.later(days=20)
    assert [(each.left_open, each.to_circulate) for each in work(story, "dev").meetings] == [(True, False)]

    story.does(calls_off("carol"))

    assert work(story, "dev").meetings == ()
