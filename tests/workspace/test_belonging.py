"""Members and roles: inviting, joining, roles and deputies, being away, leaving, being taken off; convening a team."""

import pytest

from manyhands import acts
from manyhands.log.read import read as read_log
from manyhands.people.models import Role, Team
from tests.cast import (
    COORDINATOR,
    COUNCIL,
    FAY_COMES,
    MATRON,
    NURSING,
    SOCIAL_WORKER,
    TEAM,
    asks,
    goes_away,
    invites,
    joins,
    proposes,
    removes,
    steps_down,
    takes_on,
)
from tests.workspace.reading import has_form, queries_of, text_of

PAGE = f"/teams/{TEAM}/members"


def read(story, person="asha", address=PAGE):
    answer = story.as_(person).get(address)
    assert answer.status_code == 200
    return answer


def press(story, who_presses, button, /, **typed):
    answer = story.as_(who_presses).post(f"{PAGE}/{button}", typed)
    story.catch_up()
    return answer


def last(story):
    return story.recorded[-1].act


def test_it_says_who_is_here_for_whom_who_holds_and_deputises_and_who_is_away_until_when(story):
    story.happened(goes_away("dev", days=7))

    told = text_of(read(story))

    assert "5 members of Riverside team, in 3 roles." in told
    assert "Role Team manager Adult Social Care Holder Dev Patel Away" in told
    assert "Member Ben Osei For Riverside Practice Roles Care coordinator (deputy)" in told
    assert "until 9 March 2026" in told


# ---- coming ------------------------------------------------------------------------------------------------------


def test_somebody_with_an_account_is_invited_by_their_address_for_an_organisation(story):
    answer = press(story, "carol", "invite", email="FAY@example.org", organisation="charity")

    assert answer.url == PAGE
    assert (last(story).person, last(story).organisation) == ("fay", "charity")
    assert "Fay Adeyemi, for Good Neighbours (invited by Carol Jones)" in text_of(read(story))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"email": "", "organisation": "charity"}, "Write the email address"),
        ({"email": "nonsense", "organisation": "charity"}, "Write an email address, such as"),
        ({"email": "nobody@example.org", "organisation": "charity"}, "whoever looks after this site gives them"),
        ({"email": "nobody@example.org", "organisation": "charity"}, "They need an account first"),
        ({"email": "fay@example.org", "organisation": ""}, "Choose the organisation"),
        ({"email": "dev@example.org", "organisation": "council"}, "is in this team for Adult Social Care already"),
        ({"email": "\0", "organisation": "\0"}, "Choose the organisation"),
    ],
)
def test_what_is_in_the_way_of_inviting_is_said(story, typed, told):
    answer = press(story, "carol", "invite", **typed)

    assert answer.status_code == 422
    assert told in text_of(answer)


def test_whoever_is_invited_sees_the_teams_name_and_who_invited_them_and_nothing_else_until_they_join(story):
    story.happened(proposes("carol"), invites("asha", "fay"))
    address = f"/teams/{TEAM}/invitation"

    told = text_of(read(story, "fay", address))
    assert "You are invited to Riverside team" in told
    assert "Asha Rahman invites you to join for Good Neighbours" in told
    assert "Carol" not in told
    assert story.as_("fay").get(PAGE).status_code == 404

    answer = story.as_("fay").post(address, {"organisation": "charity"})
    story.catch_up()

    assert answer.url == f"/teams/{TEAM}/"
    assert isinstance(last(story), acts.Join)
    assert story.as_("fay").get(PAGE).status_code == 200


def test_an_invitation_that_was_answered_leads_whoever_joined_to_the_team_and_joins_nobody_twice(story):
    story.happened(invites("asha", "fay"))
    address = f"/teams/{TEAM}/invitation"
    for _ in range(2):
        answer = story.as_("fay").post(address, {"organisation": "charity"})
        assert answer.url == f"/teams/{TEAM}/"
    story.catch_up()

    assert story.as_("fay").get(address).url == f"/teams/{TEAM}/"
    joined = [each.act for each in read_log(TEAM) if isinstance(each.act, acts.Join) and each.act.by == "fay"]
    assert len(joined) == 1


def test_whoever_joins_without_a_role_is_told_whom_to_ask_for_one(story):
    story.happened(invites("asha", "fay"))

    told = story.as_("fay").post(f"/teams/{TEAM}/invitation", {"organisation": "charity"}, follow=True)

    assert "To be heard you need a role: ask Asha Rahman or Ben Osei for one." in text_of(told)


def test_whoever_convenes_a_team_is_told_what_comes_next(story):
    told = story.as_("carol").post("/teams/new", TEAM_FORM, follow=True)

    assert "is there. Next: invite people, create their roles, and name your deputy." in text_of(told)


def test_an_invitation_is_for_whoever_was_invited_and_for_that_organisation(story):
    story.happened(invites("asha", "fay"))

    assert story.as_("esi").get(f"/teams/{TEAM}/invitation").status_code == 404
    assert story.as_("esi").get("/teams/nowhere/invitation").status_code == 404
    assert story.as_("fay").post(f"/teams/{TEAM}/invitation", {"organisation": "council"}).status_code == 200


def test_g11_somebody_invited_again_after_leaving_can_see_and_act(story):
    story.happened(removes("asha", "dev"))
    assert story.as_("dev").get(PAGE).status_code == 404

    story.happened(invites("asha", "dev"), joins("dev"))

    assert story.as_("dev").get(PAGE).status_code == 200
    assert press(story, "dev", "give-role", role=SOCIAL_WORKER, person="dev").status_code == 302


# ---- roles -------------------------------------------------------------------------------------------------------


def test_a_role_is_created_with_its_title_and_given_to_a_member(story):
    press(story, "carol", "create-role", kind="district-nurse", title="Night nurse", **{"for": NURSING})
    role = last(story).role
    assert "Night nurse" in text_of(read(story))
    assert "Nobody" in text_of(read(story))

    press(story, "carol", "give-role", role=role, person="carol", **{"as": "holder"})

    assert isinstance(last(story), acts.Hold)


def test_a_role_without_a_title_goes_by_its_kind(story):
    press(story, "carol", "create-role", kind="district-nurse", **{"for": NURSING})

    assert Role.objects.get(id=last(story).role).title == "District nurse"


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"kind": "king", "for": NURSING},
        {"kind": "gp", "for": "nowhere"},
        {"kind": "gp", "for": COUNCIL},
        {"kind": "\0"},
    ],
)
def test_a_role_that_may_not_be_created_leaves_no_title_behind(story, typed):
    before = Role.objects.count()

    answer = press(story, "carol", "create-role", **typed)

    assert answer.status_code == 422
    assert Role.objects.count() == before


def test_a_deputy_is_made_and_steps_down_again(story):
    press(story, "ben", "step-down", role=COORDINATOR)
    assert isinstance(last(story), acts.StepDown)

    press(story, "asha", "give-role", role=COORDINATOR, person="ben", **{"as": "deputy"})

    assert isinstance(last(story), acts.Deputise)


def test_stepping_down_that_would_leave_something_bare_is_refused_with_what(story):
    story.happened(asks("asha", role=COORDINATOR, deputy_role=MATRON), takes_on("asha"), steps_down("ben", COORDINATOR))
    story.happened(steps_down("carol", MATRON))

    answer = press(story, "asha", "step-down", role=COORDINATOR)

    assert answer.status_code == 422
    assert "“Ring Ruth after her fall” would be left with neither a holder nor a deputy" in text_of(answer)


def test_stepping_down_is_offered_beside_ones_own_name_only_and_nobody_steps_another_down(story):
    told = read(story, "asha").content.decode()

    assert told.count("/step-down?role=") == 1
    assert f"/step-down?role={COORDINATOR}" in told
    press(story, "asha", "step-down", role=SOCIAL_WORKER, person="ines")
    assert not isinstance(last(story), acts.StepDown)


def test_before_stepping_down_it_is_said_who_would_answer(story):
    told = text_of(read(story, "asha", f"{PAGE}/step-down?role={COORDINATOR}"))

    assert "Step down from Care coordinator?" in told
    assert "Ben Osei would answer for what the role holds, as its deputy. Nobody would hold the role." in told


def test_before_stepping_down_it_is_said_what_would_be_left_with_nobody(story):
    story.happened(
        goes_away("ines"), goes_away("carol"), asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev")
    )

    told = text_of(read(story, "dev", f"{PAGE}/step-down?role={SOCIAL_WORKER}"))

    assert "Nobody present would be in the role Team manager" in told
    assert "Ines Roy is in it too, and away." in told
    assert "Nobody present could answer for: Ring Ruth after her fall" in told


def test_before_stepping_down_what_is_in_the_way_is_said_instead_of_a_button(story):
    told = read(story, "carol", f"{PAGE}/step-down?role={SOCIAL_WORKER}")

    assert "Why you cannot step down yet" in text_of(told)
    assert not has_form(told, f"{PAGE}/step-down")


def test_being_away_says_who_stands_in_for_each_role_and_for_which_nobody_does(story):
    told = story.as_("dev").post(f"{PAGE}/away", {"person": "dev"}, follow=True)
    assert "Dev Patel is away from 2 March 2026 until further notice. Ines Roy stands in as Team manager." in text_of(
        told
    )
    story.catch_up()

    told = story.as_("carol").post(f"{PAGE}/away", {"person": "carol"}, follow=True)

    assert "Nobody stands in for Community matron: name a deputy" in text_of(told)
    assert f'href="{PAGE}#role-{MATRON}"' in told.content.decode()


def test_buttons_are_only_where_the_rules_allow_them(story):
    story.happened(steps_down("carol", MATRON))

    assert "Make holder of Community matron" in text_of(read(story, "carol"))
    assert "Make holder of Community matron" not in text_of(read(story, "dev"))
    assert has_form(read(story, "asha"), f"{PAGE}/remove")
    assert not has_form(read(story, "dev"), f"{PAGE}/remove")


def test_rs8_a_role_without_a_holder_says_since_when_and_when_the_coordinator_is_told(story):
    story.happened(steps_down("carol", MATRON))

    assert "since 2 March 2026; Care coordinator is told on 9 March 2026" in text_of(read(story))


# ---- away and back -----------------------------------------------------------------------------------------------


def days(name, day, month, year=2026):
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


def test_somebody_is_away_from_now_until_a_day_and_back_sooner(story):
    press(story, "dev", "away", person="dev", **days("away-until", 9, 3))
    assert story.standing.is_away("dev", story.now)
    assert "Away until 9 March 2026" in text_of(read(story))

    press(story, "ines", "back", person="dev")

    assert not story.standing.is_away("dev", story.now)


def test_somebody_will_be_away_from_a_day_and_it_can_be_called_off(story):
    press(story, "dev", "away", person="dev", **days("away-from", 5, 3))
    assert not story.standing.is_away("dev", story.now)
    assert "Away from 5 March 2026" in text_of(read(story))

    press(story, "dev", "back", person="dev")

    assert "Away from" not in text_of(read(story))


@pytest.mark.parametrize(
    "typed",
    [
        {"person": "dev", **days("away-from", 31, 2)},
        {"person": "dev", **days("away-from", 1, 1)},
        {"person": "dev", **days("away-from", 9, 3), **days("away-until", 8, 3)},
        {"person": "dev", **days("away-until", 1, 1, 1)},
        {"person": "nobody"},
        {"person": "\0"},
        {},
        {"person": "carol"},
    ],
)
def test_what_is_in_the_way_of_being_away_is_said(story, typed):
    assert press(story, "dev", "away", **typed).status_code == 422


# ---- going -------------------------------------------------------------------------------------------------------


def test_leaving_says_everything_still_in_hand_and_leads_to_hand_over(story):
    story.happened(asks("asha"), takes_on("carol"))

    told = text_of(read(story, "carol"))

    assert "You still hold “Ring Ruth after her fall”" in told
    assert "You still hold the role itself" in told
    assert f"/teams/{TEAM}/hand-over" in read(story, "carol").content.decode()


def test_the_coordinator_takes_somebody_off_the_team_with_the_reason(story):
    assert press(story, "asha", "remove", person="dev").status_code == 422
    press(story, "asha", "remove", person="dev", **{"why-remove-dev": "Has left the council"})

    assert isinstance(last(story), acts.Remove)
    assert story.as_("dev").get(PAGE).status_code == 404
    assert press(story, "ines", "remove", person="carol", **{"why-remove-carol": "x"}).status_code == 422


# ---- convening ---------------------------------------------------------------------------------------------------

TEAM_FORM = {
    "name": "Hilltop team",
    "purpose": "The hill",
    "organisation": "nursing",
    "kind": "community-matron",
    "title": "Hill matron",
}


def test_a_team_is_convened_from_my_work_and_its_convener_coordinates_it(story):
    assert 'href="/teams/new"' in read(story, "carol", "/").content.decode()

    answer = story.as_("carol").post("/teams/new", TEAM_FORM)

    team = Team.objects.get(name="Hilltop team")
    assert answer.url == f"/teams/{team.id}/members"
    (entry,) = read_log(team.id)
    assert isinstance(entry.act, acts.Convene)
    assert "Hill matron coordinates it" in text_of(read(story, "carol", answer.url))


@pytest.mark.parametrize(
    "typed",
    [
        {"name": ""},
        {"purpose": " "},
        {"organisation": "council"},
        {"organisation": ""},
        {"kind": "king"},
        {"name": "x" * 200},
    ],
)
def test_what_is_in_the_way_of_convening_is_said_and_nothing_is_left_behind(story, typed):
    before = Team.objects.count()

    answer = story.as_("carol").post("/teams/new", TEAM_FORM | typed)

    assert answer.status_code == 422
    assert Team.objects.count() == before
    assert "Hill matron" in answer.content.decode()


# ---- who gets what -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("button", ["invite", "create-role", "give-role", "step-down", "away", "back", "remove"])
def test_its_buttons_are_for_members_only_and_reloading_their_address_shows_the_page(story, button):
    assert story.as_("esi").post(f"{PAGE}/{button}").status_code == 404
    assert story.as_("dev").get(f"{PAGE}/{button}").url == PAGE
    assert story.as_("dev").post(f"{PAGE}/{button}").status_code == 422


@pytest.mark.parametrize(("person", "status"), [("asha", 200), ("dev", 200), ("fay", 404), ("esi", 404)])
def test_the_page_is_for_members_only(story, person, status):
    assert story.as_(person).get(PAGE).status_code == status


def test_the_number_of_queries_does_not_grow_with_members_and_roles(story):
    few = queries_of(story.as_("asha"), PAGE)
    story.happened(*FAY_COMES, goes_away("dev"))

    assert queries_of(story.as_("asha"), PAGE) == few
