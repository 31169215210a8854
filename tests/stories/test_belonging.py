"""Who may come, hold roles, deputise, be away and go."""

from tests.cast import (
    CHARITY,
    COORDINATOR,
    COUNCIL,
    FAY_COMES,
    LINK_WORKER,
    MATRON,
    NURSING,
    SOCIAL_WORKER,
    asks,
    comes_back,
    comments,
    consents,
    convenes,
    creates_role,
    gives,
    goes_away,
    invites,
    joins,
    leaves,
    makes_deputy,
    proposes,
    raises,
    removes,
    steps_down,
    takes_on,
)
from tests.story import Story


def test_a_team_is_convened_once_and_its_convener_holds_the_coordinating_role(story):
    new = Story()
    assert new.refuses(convenes("asha")) == []
    assert new.refuses(proposes("asha")) == ["no-such-team"]

    new.does(convenes("asha"))

    assert new.standing.coordinating == COORDINATOR
    assert new.standing.people_in(COORDINATOR, new.now) == ("asha",)
    assert new.refuses(convenes("asha")) == ["team-is-there-already"]


def test_nobody_outside_the_team_can_do_anything(story):
    story.happened(proposes("carol"))

    for doing in (proposes("esi", "another"), comments("esi"), consents("esi"), invites("esi", "fay"), raises("esi")):
        assert story.refuses(doing) == ["not-a-member"]


def test_only_who_was_invited_can_join_and_only_for_that_organisation(story):
    assert story.refuses(joins("fay")) == ["not-invited"]

    story.does(invites("asha", "fay"))

    assert story.refuses(joins("fay").speaking_for(COUNCIL)) == ["not-invited"]
    assert story.refuses(joins("fay")) == []


def test_a_member_is_not_invited_twice_for_the_same_organisation(story):
    assert story.refuses(invites("asha", "carol")) == ["member-already"]
    assert story.refuses(invites("asha", "carol", CHARITY)) == []


def test_someone_who_left_and_is_invited_again_can_see_and_act(story):
    """G11."""
    story.happened(*FAY_COMES, steps_down("fay", LINK_WORKER), leaves("fay"))
    assert not story.standing.is_member("fay", story.now)
    assert story.refuses(comments("fay").speaking_for(CHARITY)) == ["not-a-member"]

    story.does(invites("asha", "fay"), joins("fay"), gives("fay", LINK_WORKER, "fay"))

    assert story.standing.is_member("fay", story.now)
    assert story.refuses(raises("fay")) == []


def test_ending_and_restoring_a_membership_leaves_no_duplicate_and_no_ghost(story):
    """RS17."""
    story.happened(*FAY_COMES, steps_down("fay", LINK_WORKER), leaves("fay"), invites("asha", "fay"), joins("fay"))

    assert story.standing.organisations_of("fay", story.now) == (CHARITY,)
    assert story.standing.people_in(LINK_WORKER, story.now) == ()


def test_an_organisation_creates_its_own_roles_and_the_coordinator_any(story):
    assert story.refuses(creates_role("carol", "podiatrist", NURSING)) == []
    assert story.refuses(creates_role("carol", "podiatrist", COUNCIL)) == ["only-the-coordinating-role"]
    assert story.refuses(creates_role("asha", "podiatrist", COUNCIL)) == []
    assert story.refuses(creates_role("carol", MATRON, NURSING)) == ["taken-identifier"]


def test_a_role_has_one_holder_at_a_time(story):
    assert story.refuses(gives("dev", SOCIAL_WORKER, "ines")) == ["role-is-held"]

    story.does(steps_down("dev", SOCIAL_WORKER))

    assert story.refuses(gives("ines", SOCIAL_WORKER, "ines")) == []


def test_a_deputy_who_is_given_the_role_is_no_longer_its_deputy(story):
    story.happened(steps_down("dev", SOCIAL_WORKER), gives("ines", SOCIAL_WORKER, "ines"))

    assert story.standing.people_in(SOCIAL_WORKER, story.now) == ("ines",)


def test_a_role_is_held_only_by_members_for_its_organisation(story):
    story.happened(creates_role("carol", "podiatrist", NURSING))

    assert story.refuses(gives("carol", "podiatrist", "dev")) == ["not-a-member"]
    assert story.refuses(gives("dev", "podiatrist", "carol")) == ["only-the-coordinating-role"]
    assert story.refuses(gives("carol", "podiatrist", "carol")) == []
    assert story.refuses(gives("carol", "nothing-like-it", "carol")) == ["nothing-like-it"]


def test_the_coordinator_fills_another_organisation_s_roles_only_while_nobody_of_it_can_and_never_herself(story):
    """G10: nobody comes to speak for an organisation by placing themselves in it."""
    story.happened(invites("dev", "asha", COUNCIL), joins("asha").speaking_for(COUNCIL))
    deputy = makes_deputy("asha", SOCIAL_WORKER, "asha").speaking_as(COORDINATOR)
    assert story.refuses(deputy) == ["filled-by-its-own"]
    story.happened(invites("asha", "fay"), joins("fay"), creates_role("asha", LINK_WORKER, CHARITY))
    assert story.refuses(gives("asha", LINK_WORKER, "fay")) == []

    story.does(gives("fay", LINK_WORKER, "fay"), creates_role("fay", "befriender", CHARITY))

    assert story.refuses(gives("asha", "befriender", "fay")) == ["filled-by-its-own"]
    story.does(invites("fay", "asha", CHARITY), joins("asha").speaking_for(CHARITY))
    story.does(steps_down("fay", LINK_WORKER))
    assert story.refuses(gives("asha", LINK_WORKER, "asha").speaking_as(COORDINATOR)) == ["filled-by-its-own"]


def test_nobody_invites_themselves(story):
    assert story.refuses(invites("asha", "asha", COUNCIL)) == ["not-by-oneself"]
    assert story.refuses(invites("dev", "asha", COUNCIL)) == []


def test_nobody_deputises_for_themselves(story):
    assert story.refuses(makes_deputy("carol", MATRON, "carol")) == ["in-that-role-already"]
    assert story.refuses(makes_deputy("dev", SOCIAL_WORKER, "ines")) == ["in-that-role-already"]


def test_a_role_is_not_left_while_what_it_holds_would_be_bare(story):
    story.happened(asks("asha"), takes_on("carol"))
    assert story.refuses(steps_down("carol", MATRON)) == []

    story.does(steps_down("dev", SOCIAL_WORKER), steps_down("ines", SOCIAL_WORKER))

    assert story.refuses(steps_down("carol", MATRON)) == ["would-be-left-bare"]


def test_only_whoever_is_in_a_role_can_step_down_from_it(story):
    assert story.refuses(steps_down("carol", SOCIAL_WORKER)) == ["not-in-that-role"]
    assert story.refuses(steps_down("carol", MATRON, "carol")) == []
    assert story.refuses(steps_down("dev", MATRON, "carol")) == ["steps-down-themselves"]
    assert story.refuses(steps_down("asha", MATRON, "carol")) == ["steps-down-themselves"]
    assert story.refuses(steps_down("asha", "nothing-like-it")) == ["nothing-like-it"]


def test_absence_is_said_by_oneself_a_colleague_or_the_coordinator(story):
    assert story.refuses(goes_away("carol")) == []
    assert story.refuses(goes_away("ines", "dev")) == []
    assert story.refuses(goes_away("asha", "dev")) == []
    assert story.refuses(goes_away("carol", "dev")) == ["only-the-coordinating-role"]


def test_nobody_is_back_before_they_go(story):
    assert story.refuses(goes_away("carol", days=-1)) == ["back-before-away"]
    assert story.refuses(goes_away("carol", days=None)) == []


def test_coming_back_ends_an_absence_and_one_still_to_come(story):
    assert story.refuses(comes_back("dev")) == ["not-away"]

    story.does(goes_away("dev"), goes_away("dev", in_days=30))
    story.later(days=1)
    assert story.standing.is_away("dev", story.now)
    story.does(comes_back("dev"))

    assert not story.standing.is_away("dev", story.now)
    story.later(days=31)
    assert not story.standing.is_away("dev", story.now)


def test_being_away_does_not_take_anyone_off_the_team(story):
    story.happened(goes_away("dev"))

    assert story.standing.is_member("dev", story.now)
    assert not story.standing.is_present("dev", story.now)
    assert story.standing.who_could_speak_for(COUNCIL, story.now) == ("ines", "dev")


def test_only_the_coordinating_role_takes_somebody_off_the_team_and_says_why(story):
    assert story.refuses(removes("asha", "carol")) == []
    assert story.refuses(removes("asha", "carol").but(because="")) == ["reason-needed"]
    assert story.refuses(removes("carol", "dev")) == ["only-the-coordinating-role"]
    assert story.refuses(removes("asha", "esi")) == ["not-a-member"]


def test_the_coordinator_does_not_remove_herself_but_her_deputy_can(story):
    assert story.refuses(removes("asha", "asha")) == ["only-the-coordinating-role"]
    assert story.refuses(removes("ben", "asha")) == []
