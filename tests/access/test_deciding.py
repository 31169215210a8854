"""Who may see whom, and until when: no database."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from manyhands import acts, who
from manyhands.access import Action, Basis, Decision, Level, Search, decide, reach, who_can_see, who_would_see
from manyhands.access.circumstances import Circumstances, Invited
from manyhands.access.deciding import NOT_UNDER_AGREEMENT
from tests.cast import (
    COORDINATOR,
    COUNCIL,
    MATRON,
    NURSING,
    PRACTICE,
    TEAM,
    asks,
    attends,
    calls_a_meeting,
    calls_off,
    circulates,
    completes,
    declines,
    gathers,
    goes_away,
    includes,
    invites,
    joins,
    leaves,
    releases,
    removes,
    steps_down,
    takes_on,
)
from tests.story import Story, with_the_team

RUTH = who.Patient("ruth")


@pytest.fixture
def story() -> Story:
    return with_the_team()


def may(story: Story, person: str, patient: who.Patient = RUTH, action: Action = Action.READ) -> Decision:
    return decide(who.Person(person), action, patient, story.standing, story.now)


def asks_about_ruth(story: Story) -> Any:
    """Asha asks the matron, with the social worker to stand in, for something about Ruth."""
    return replace(asks("asha")(story), patient=RUTH)  # type: ignore[type-var]


def test_a_member_in_a_role_sees_the_people_of_the_teams_groups_and_nobody_else(story: Story) -> None:
    assert not may(story, "carol").allowed

    story.does(gathers("asha", "ruth", "sam"))

    assert may(story, "carol").basis is Basis.CASELOAD_ALLOCATION
    assert not may(story, "carol", who.Patient("tess")).allowed


def test_a_deputy_sees_what_the_holder_of_the_role_sees(story: Story) -> None:
    story.happened(gathers("asha", "ruth"))

    assert may(story, "ben").allowed


def test_somebody_away_may_still_see(story: Story) -> None:
    story.happened(gathers("asha", "ruth"), goes_away("carol"))

    assert may(story, "carol").allowed


def test_a_member_without_a_role_sees_nobody(story: Story) -> None:
    story.happened(gathers("asha", "ruth"), invites("asha", "fay"), joins("fay"))

    assert may(story, "fay").reasons == (
        "in no role here: only somebody who holds a role, or deputises for one, sees who the people are",
    )


def test_somebody_invited_sees_nobody_before_joining(story: Story) -> None:
    story.happened(gathers("asha", "ruth"), invites("asha", "fay"))

    assert may(story, "fay").reasons == ("not in this team",)


def test_somebody_outside_sees_nobody(story: Story) -> None:
    story.happened(gathers("asha", "ruth"))

    assert not may(story, "esi").allowed


def test_leaving_ends_it_at_that_moment(story: Story) -> None:
    story.happened(gathers("asha", "ruth"))
    before = story.now

    story.does(removes("asha", "carol"))

    assert decide(who.Person("carol"), Action.READ, RUTH, story.standing, before - timedelta(seconds=1)).allowed
    assert not may(story, "carol").allowed


def test_stepping_down_from_ones_only_role_ends_it(story: Story) -> None:
    story.happened(gathers("asha", "ruth"))
    assert may(story, "ines").allowed

    story.does(steps_down("ines", "social-worker"))

    assert not may(story, "ines").allowed
    assert may(story, "dev").allowed


def test_being_released_from_a_group_ends_it_and_being_included_begins_it(story: Story) -> None:
    story.happened(gathers("asha", "ruth", "sam"))

    story.does(releases("carol", "ruth"), includes("carol", "tess"))

    assert not may(story, "carol").allowed
    assert may(story, "carol", who.Patient("tess")).allowed


def test_gathering_a_group_again_ends_it_for_those_who_left(story: Story) -> None:
    story.happened(gathers("asha", "ruth", "sam"))

    story.does(gathers("asha", "sam"))

    assert not may(story, "carol").allowed


def test_asking_shows_nobody_and_accepting_does(story: Story) -> None:
    story.happened(asks_about_ruth)
    assert not may(story, "carol").allowed

    story.does(takes_on("carol"))

    assert may(story, "carol").basis is Basis.DIRECT_CARE_TASK
    assert not may(story, "asha").allowed


def test_the_role_that_stands_in_sees_too(story: Story) -> None:
    story.happened(asks_about_ruth, takes_on("carol"))

    ground = may(story, "ines").grounds[0]

    assert ground.basis is Basis.DIRECT_CARE_TASK
    assert ground.standing_in


def test_being_asked_shows_no_more_than_what_is_asked_and_accepting_shows_all(story: Story) -> None:
    story.happened(asks_about_ruth)
    assert may(story, "carol", action=Action.GLIMPSE).level is Level.INVITED
    assert not may(story, "carol").allowed

    story.does(takes_on("carol"))

    assert may(story, "carol").level is Level.CONTRIBUTOR


def test_finishing_a_responsibility_leaves_whoever_carried_it_informed_for_a_while_and_then_nothing(
    story: Story,
) -> None:
    story.happened(asks_about_ruth, takes_on("carol"), completes("carol"))

    assert may(story, "carol").level is Level.INFORMED
    assert not may(story, "carol", action=Action.CONTRIBUTE).allowed
    (ground,) = may(story, "carol").grounds
    assert ground.until == story.standing.last_at + timedelta(days=28)

    story.later(days=28)

    assert not may(story, "carol", action=Action.GLIMPSE).allowed


def test_what_was_taken_on_and_is_no_longer_needed_leaves_nothing(story: Story) -> None:
    story.happened(asks_about_ruth, takes_on("carol"))
    assert may(story, "carol").allowed

    story.does(completes("carol", outcome=acts.Outcome.NO_LONGER_NEEDED))

    for action in Action:
        assert not may(story, "carol", action=action).allowed
        assert not may(story, "ines", action=action).allowed


def test_the_coordinating_role_leads(story: Story) -> None:
    story.happened(gathers("asha", "ruth"))

    assert may(story, "asha", action=Action.LEAD).allowed
    assert may(story, "ben", action=Action.LEAD).allowed
    assert not may(story, "carol", action=Action.LEAD).allowed


# ---- what is known beside the log --------------------------------------------------------------------------------


def beside(story: Story, person: str, action: Action = Action.READ, **known: Any) -> Decision:
    known = Circumstances(**known)
    return decide(who.Person(person), action, RUTH, story.standing, story.now, circumstances=known)


def test_an_organisation_that_is_not_under_the_sharing_agreement_sees_nobody(story: Story) -> None:
    story.happened(gathers("asha", "ruth"))
    everybody = frozenset({PRACTICE, NURSING, COUNCIL})

    assert beside(story, "carol", sharing=everybody).allowed
    refused = beside(story, "carol", sharing=everybody - {NURSING})

    assert refused.reasons == (NOT_UNDER_AGREEMENT,)
    assert beside(story, "dev", sharing=everybody - {NURSING}).allowed
    assert reach(story.standing, story.now, everybody - {NURSING}) == {PRACTICE, COUNCIL}


def test_an_objection_closes_what_is_optional_and_leaves_what_was_taken_on_before(story: Story) -> None:
    story.happened(gathers("asha", "ruth"), asks_about_ruth, takes_on("carol"))
    objects = {RUTH: story.now}

    assert beside(story, "carol", objects=objects).basis is Basis.DIRECT_CARE_TASK
    assert [each.basis for each in beside(story, "carol", objects=objects).grounds] == [Basis.DIRECT_CARE_TASK]
    assert beside(story, "ines", objects=objects).grounds[0].standing_in
    story.happened(removes("asha", "ines"))

    earlier = {RUTH: story.recorded[0].act.at}
    assert not beside(story, "carol", objects=earlier).allowed
    assert beside(story, "asha", objects=earlier).level is Level.INFORMED
    assert beside(story, "asha", Action.LEAD, objects=earlier).allowed


def test_a_restriction_leaves_only_the_roles_that_it_names(story: Story) -> None:
    story.happened(gathers("asha", "ruth"))
    only = {RUTH: frozenset({COORDINATOR})}

    assert beside(story, "asha", restricted=only).allowed
    assert not beside(story, "carol", restricted=only).allowed
    assert not beside(
        story, "carol", restricted=only, invited={RUTH: (Invited(who.Person("carol"), story.now),)}
    ).allowed


def test_the_practice_is_informed_of_whom_the_team_has_in_hand(story: Story) -> None:
    practices = {RUTH: frozenset({PRACTICE})}
    assert not beside(story, "asha", practices=practices).allowed

    story.happened(asks_about_ruth)

    assert beside(story, "asha", practices=practices).basis is Basis.REGISTERED_PRACTICE
    assert not beside(story, "dev", practices=practices).allowed


def test_whom_somebody_asked_to_know_sees_them_also_without_a_role_until_the_day(story: Story) -> None:
    story.happened(invites("asha", "fay"), joins("fay"))
    invited = {RUTH: (Invited(who.Person("fay"), story.now, story.now + timedelta(days=1)),)}
    assert beside(story, "fay", invited=invited).level is Level.INFORMED

    story.later(days=1)

    assert not beside(story, "fay", invited=invited).allowed


def test_an_agenda_shows_somebody_to_everybody_in_a_role_until_it_begins_and_then_to_those_there_for_a_week(
    story: Story,
) -> None:
    about = acts.AgendaItem(item=who.AgendaItem("patient:ruth"), about=acts.About.PATIENT, which="ruth")
    in_some_hours = calls_a_meeting("asha", in_days=0.2)
    story.happened(gathers("asha", "ruth"), in_some_hours, circulates("asha", about))

    story.happened(attends("carol"), releases("asha", "ruth"))
    assert may(story, "carol").basis is Basis.MEETING
    assert may(story, "dev").allowed

    starts_at = story.standing.meetings[who.Meeting("thursday")].starts_at
    story.now = starts_at
    assert may(story, "carol").allowed
    assert not may(story, "dev").allowed
    story.now = starts_at + timedelta(days=7)
    assert not may(story, "carol").allowed


def test_the_agenda_of_a_meeting_that_is_called_off_shows_nobody_any_more(story: Story) -> None:
    about = acts.AgendaItem(item=who.AgendaItem("patient:ruth"), about=acts.About.PATIENT, which="ruth")
    story.happened(gathers("asha", "ruth"), calls_a_meeting("asha", in_days=0.2), circulates("asha", about))
    story.happened(attends("carol"), releases("asha", "ruth"))
    assert may(story, "dev").basis is Basis.MEETING

    story.does(calls_off("asha"))

    assert not may(story, "dev").allowed
    assert not may(story, "carol").allowed


def test_with_several_grounds_the_highest_says_how_much_and_the_first_that_is_enough_is_written_down(
    story: Story,
) -> None:
    story.happened(gathers("asha", "ruth"), asks_about_ruth)

    assert may(story, "carol", action=Action.GLIMPSE).level is Level.CONTRIBUTOR
    assert may(story, "carol").basis is Basis.CASELOAD_ALLOCATION


def test_declining_gives_nothing(story: Story) -> None:
    story.happened(asks_about_ruth)

    story.does(declines("carol"))

    assert not may(story, "carol", action=Action.GLIMPSE).allowed


def test_one_basis_that_ends_leaves_the_other(story: Story) -> None:
    story.happened(gathers("asha", "ruth", "sam"), asks_about_ruth, takes_on("carol"))
    assert [ground.basis for ground in may(story, "carol").grounds] == [
        Basis.DIRECT_CARE_TASK,
        Basis.CASELOAD_ALLOCATION,
    ]

    story.does(releases("asha", "ruth"))

    assert [ground.basis for ground in may(story, "carol").grounds] == [Basis.DIRECT_CARE_TASK]
    assert not may(story, "asha").allowed


def test_who_can_see_lists_every_member_with_a_basis_and_no_other(story: Story) -> None:
    story.happened(gathers("asha", "ruth"), invites("asha", "fay"), joins("fay"))

    assert set(who_can_see(RUTH, story.standing, story.now)) == {"asha", "ben", "carol", "dev", "ines"}


def test_a_ground_says_in_which_role_and_for_which_organisation(story: Story) -> None:
    story.happened(gathers("asha", "ruth"))

    ground = may(story, "carol").grounds[0]

    assert (ground.role, ground.organisation, ground.called) == (MATRON, NURSING, "Frail, and in pieces")


# ---- people found by a search ------------------------------------------------------------------------------------


def search_by(story: Story, person: str) -> Search:
    return Search(who.Person(person), TEAM, story.now, frozenset({"record-1", "record-2"}))


def look(story: Story, person: str, search: Search | None, record: str = "record-1") -> Decision:
    return decide(who.Person(person), Action.REVIEW, record, story.standing, story.now, search)


def test_whoever_searched_may_look_over_those_found_and_no_others(story: Story) -> None:
    search = search_by(story, "carol")

    assert look(story, "carol", search).basis is Basis.COHORT_REVIEW
    assert not look(story, "carol", search, "record-3").allowed
    assert not look(story, "carol", None).allowed


def test_nobody_looks_over_what_somebody_else_searched_for(story: Story) -> None:
    assert not look(story, "dev", search_by(story, "carol")).allowed


def test_a_search_may_be_looked_over_for_half_an_hour(story: Story) -> None:
    search = search_by(story, "carol")

    story.later(minutes=29)
    assert look(story, "carol", search).allowed

    story.later(minutes=1)
    assert not look(story, "carol", search).allowed


def test_a_search_gives_no_way_to_a_persons_page(story: Story) -> None:
    search = search_by(story, "carol")

    decision = decide(who.Person("carol"), Action.READ, who.Patient("record-1"), story.standing, story.now, search)

    assert not decision.allowed


def test_a_member_without_a_role_looks_over_nobody(story: Story) -> None:
    story.happened(invites("asha", "fay"), joins("fay"))

    assert not look(story, "fay", search_by(story, "fay")).allowed


def test_everybody_in_the_cast_who_leaves_sees_nothing_more(story: Story) -> None:
    story.happened(gathers("asha", "ruth"), invites("asha", "fay"), joins("fay"), leaves("fay"))

    assert not may(story, "fay").allowed


# ---- whom a team can find, and who would see them ----------------------------------------------------------------


def test_a_team_reaches_the_people_of_organisations_that_somebody_present_speaks_for_in_a_role(story: Story) -> None:
    story.happened(invites("asha", "fay"), joins("fay"))

    assert reach(story.standing, story.now) == {PRACTICE, NURSING, COUNCIL}  # fay, of the charity, is in no role


def test_a_deputy_keeps_an_organisation_in_reach_and_when_they_are_away_too_it_is_out(story: Story) -> None:
    story.happened(goes_away("dev"))
    assert COUNCIL in reach(story.standing, story.now)

    story.happened(goes_away("ines"))

    assert COUNCIL not in reach(story.standing, story.now)


def test_stepping_down_and_leaving_take_an_organisation_out_of_reach_at_that_moment(story: Story) -> None:
    assert NURSING in reach(story.standing, story.now)

    story.happened(removes("asha", "carol"))

    assert NURSING not in reach(story.standing, story.now)


def test_those_who_would_see_somebody_put_in_a_group_are_those_who_then_do(story: Story) -> None:
    story.happened(invites("asha", "fay"), joins("fay"), goes_away("dev"))
    would = who_would_see(story.standing, story.now)

    story.happened(gathers("asha", "ruth"))

    assert set(would) == set(who_can_see(RUTH, story.standing, story.now)) == {"asha", "ben", "carol", "dev", "ines"}
    assert [role.role for role in would[who.Person("carol")]] == [MATRON]
