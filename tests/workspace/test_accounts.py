"""Which organisations somebody is of comes with their account: nobody convenes a team, or is invited, for another."""

import html
import re

import pytest

from manyhands import acts
from manyhands.people.models import Person, Team
from tests.cast import TEAM

pytestmark = pytest.mark.database

CONVENE = "/teams/new"
FORM = {"name": "Hilltop team", "purpose": "The hill", "kind": "community-matron", "organisation": "elsewhere"}


def text_of(response):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def offered(response):
    return re.findall(r'<option value="([^"]*)"', response.content.decode().partition('name="kind"')[0])


@pytest.fixture
def ada(story):
    """An account for no organisation."""
    return Person.objects.open("ada", "ada@example.org", "Ada King", "correct horse battery staple")


def test_an_account_is_for_the_organisations_it_was_opened_with(story):
    Person.objects.open("jo", "jo@example.org", "Jo", "a long password", organisations=["practice", "charity"])

    assert sorted(Person.objects.get(id="jo").organisations.values_list("id", flat=True)) == ["charity", "practice"]


def test_a_team_is_convened_for_an_organisation_of_ones_account_and_no_other_is_offered(story):
    page = story.as_("esi").get(CONVENE)
    assert offered(page) == ["elsewhere"]

    assert story.as_("esi").post(CONVENE, FORM).status_code == 302

    assert Team.objects.filter(name="Hilltop team").exists()


def test_somebody_of_two_organisations_chooses_between_them(story):
    Person.objects.get(id="esi").organisations.add("charity")

    assert offered(story.as_("esi").get(CONVENE)) == ["", "elsewhere", "charity"]


@pytest.mark.parametrize("organisation", ["practice", "council", "nowhere", "", "\0"])
def test_a_team_is_not_convened_for_any_other_whatever_is_sent(story, organisation):
    answer = story.as_("esi").post(CONVENE, FORM | {"organisation": organisation})

    assert answer.status_code == 422
    assert "Choose the organisation that you are in the team for." in text_of(answer)
    assert not Team.objects.filter(name="Hilltop team").exists()


def test_being_in_a_team_for_an_organisation_does_not_make_it_ones_own(story):
    Person.objects.get(id="carol").organisations.clear()

    assert story.as_("carol").post(CONVENE, FORM | {"organisation": "nursing"}).status_code == 422


def test_an_account_for_no_organisation_is_told_whom_to_ask_and_convenes_nothing(story, ada):
    page = story.as_("ada").get(CONVENE)

    assert "Ask whoever opened your account" in text_of(page)
    assert "Convene the team" not in text_of(page)
    answer = story.as_("ada").post(CONVENE, FORM)
    assert answer.status_code == 422
    assert "Ask whoever opened your account" in text_of(answer)


def test_an_invitation_names_an_organisation_of_the_invited_account(story):
    form = {"email": "esi@example.org", "organisation": "charity"}

    refused = story.as_("asha").post(f"/teams/{TEAM}/members/invite", form)
    assert refused.status_code == 422
    assert "Esi Mensah has an account for Elsewhere Trust, not for Good Neighbours." in text_of(refused)
    story.catch_up()
    assert not any(isinstance(act, acts.Invite) and act.person == "esi" for act in story.acts_done)

    allowed = story.as_("asha").post(f"/teams/{TEAM}/members/invite", form | {"organisation": "elsewhere"})
    assert allowed.status_code == 302


def test_somebody_of_no_organisation_cannot_be_invited_yet(story, ada):
    form = {"email": "ada@example.org", "organisation": "charity"}

    refused = story.as_("asha").post(f"/teams/{TEAM}/members/invite", form)

    assert "Ada King has an account for no organisation yet, not for Good Neighbours." in text_of(refused)
