"""The Groups page and the page of one group: who is in it, how they get on, and its buttons."""

import html
import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manyhands import acts, who
from manyhands.access import reach
from manyhands.access.models import Sight
from manyhands.exchange.records import Terms, find, group_rule, put_on_file
from manyhands.people.models import Organisation, Patient
from tests import small_records
from tests.cast import (
    EVERYONE_CONSENTS,
    TEAM,
    agrees,
    asks,
    includes,
    invites,
    joins,
    proposes,
    releases,
    reports,
    takes_on,
)

GROUPS = f"/teams/{TEAM}/groups"
FRAIL = f"{GROUPS}/frail"


def text_of(response):
    body = re.sub(r"<(script|style|head).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def gathers(person, *names, called="Frail, and in pieces"):
    """Gathers a group of people who really are in the records."""

    def doing(story):
        findings = find(Terms(), reach(story.standing, story.now))
        ids = put_on_file([f"Patient/{name}" for name in names])
        included = tuple(
            acts.Included(patient=ids[f"Patient/{name}"], because=acts.Words(f"{name} has 5 conditions"))
            for name in names
        )
        return acts.Gather(
            **story.speaking(person, None, None),
            group=who.Group("frail"),
            called=acts.Words(called),
            rule=group_rule(findings),
            patients=included,
        )

    return doing


def id_of(name):
    return Patient.objects.get(record=f"Patient/{name}").id


@pytest.fixture
def story(story, store, settings):
    """Ruth and Sam are in a group."""
    small_records.settle(settings, store)
    story.happened(gathers("asha", "ruth", "sam"))
    return story


def test_the_list_of_groups_says_how_many_and_by_which_rule_and_names_nobody(story):
    page = text_of(story.as_("carol").get(GROUPS))

    assert "Frail, and in pieces" in page
    assert "2 people" in page
    assert "with at least 4 conditions" in page
    assert "Ruth" not in page
    assert not Sight.objects.exists()


def test_a_group_shows_who_is_in_it_why_and_how_they_are_getting_on(story):
    page = text_of(story.as_("carol").get(FRAIL))

    assert "Ruth Moss" in page
    assert "ruth has 5 conditions" in page
    assert "Contacts are counted over the six months up to 27 February 2026" in page
    assert re.search(
        r"Ruth Moss.*? Organisations in 6 months 2 Contacts in 6 months 3 Last contact 27 February 2026", page
    )


def test_everyone_shown_is_written_down_once(story):
    story.as_("carol").get(FRAIL)

    assert sorted(Sight.objects.values_list("patient", "page", "basis")) == sorted(
        [(id_of("ruth"), "group", "caseload-allocation"), (id_of("sam"), "group", "caseload-allocation")]
    )


def test_which_organisations_see_the_group_is_drawn_with_the_numbers_beside(story):
    page = story.as_("carol").get(FRAIL)

    assert "Riverside Community Nursing In this team" in text_of(page)
    assert 'class="mh-share"' in page.content.decode()


def test_decisions_about_the_group_say_how_they_stand_and_on_which_version_they_rest(story):
    story.happened(lambda s: replace(proposes("carol")(s), group=who.Group("frail")))
    assert "Being asked" in text_of(story.as_("carol").get(FRAIL))

    story.happened(*EVERYONE_CONSENTS, agrees("carol"))

    page = text_of(story.as_("carol").get(FRAIL))
    assert "Shall one of us visit each week on behalf of all? Agreed" in page
    assert "Rested on version 1 of the rule, when 2 people were in the group" in page


def test_responsibilities_for_the_group_and_about_its_people_say_how_far_they_have_reached(story):
    story.happened(
        lambda s: replace(proposes("carol")(s), group=who.Group("frail")),
        *EVERYONE_CONSENTS,
        agrees("carol"),
        takes_on("carol", "visit"),
        reports("carol", "visit", says="Eleven visits made"),
        lambda s: replace(asks("asha")(s), patient=who.Patient(id_of("ruth"))),
    )

    page = text_of(story.as_("carol").get(FRAIL))

    assert "“Eleven visits made”" in page
    assert "In progress" in page
    assert "Ring Ruth after her fall About Ruth Moss" in page


def test_versions_of_the_rule_say_how_many_came_in_and_went(story):
    story.happened(gathers("dev", "ruth", "tess", called="Frail"))

    page = text_of(story.as_("carol").get(FRAIL))

    assert re.search(r"Version 2 The rule .*? Found 3 Chosen 2 Came in 1 Went 1", page)
    assert re.search(r"Version 1 The rule .*? Found 3 Chosen 2 Came in 2 Went 0", page)


def test_who_was_put_in_and_let_go_by_hand_stays_in_sight_with_the_reason(story):
    tess = put_on_file(["Patient/tess"])["Patient/tess"]
    story.happened(includes("carol", tess, "Her daughter rang"), releases("dev", id_of("sam"), "Moved away"))

    page = text_of(story.as_("carol").get(FRAIL))

    assert "Put in Tess Moss : Her daughter rang" in page
    assert "Let go Somebody whom you cannot see now: Moved away" in page
    assert "Sam Moss" not in page


def test_a_member_without_a_role_sees_that_there_is_a_group_and_nobody_in_it(story):
    story.happened(invites("asha", "fay"), joins("fay"))

    page = text_of(story.as_("fay").get(FRAIL))

    assert "You cannot see who they are" in page
    assert "Moss" not in page
    assert not Sight.objects.exists()


def test_a_group_of_nobodys_is_not_found(story):
    assert story.as_("carol").get(f"{GROUPS}/other").status_code == 404
    assert story.as_("carol").post(f"{GROUPS}/other/include").status_code == 404
    assert story.as_("carol").post(f"{GROUPS}/other/release").status_code == 404


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "9" * 400, "²"])
def test_a_page_of_a_group_that_there_is_not_shows_the_nearest(story, page):
    assert "Ruth Moss" in text_of(story.as_("carol").get(FRAIL, {"page": page}))


def test_a_long_group_is_shown_fifty_at_a_time_in_as_many_queries(story):
    browser = story.as_("carol")
    browser.get(FRAIL)
    with CaptureQueriesContext(connection) as for_two:
        browser.get(FRAIL)
    many = [f"patient-{n}" for n in range(120)]
    Patient.objects.bulk_create(Patient(id=each, record=each, family_name="Many") for each in many)

    def gathers_many(s):
        few = gathers("asha", "ruth")(s)
        because = acts.Words("Many conditions")
        patients = tuple(acts.Included(patient=who.Patient(each), because=because) for each in many)
        return replace(few, patients=patients, rule=replace(few.rule, found=120))

    story.happened(gathers_many)
    browser.get(FRAIL)
    Sight.objects.count()

    with CaptureQueriesContext(connection) as for_many:
        page = text_of(browser.get(FRAIL, {"page": "2"}))

    assert "Page 2 of 3" in page
    assert len(for_many) == len(for_two)


def test_without_records_the_group_is_still_shown(story, settings, tmp_path):
    small_records.settle(settings, tmp_path / "none")

    page = text_of(story.as_("carol").get(FRAIL))

    assert "Ruth Moss" in page
    assert "No contacts are known" in page


# ---- putting in and letting go -----------------------------------------------------------------------------------

TESS = {"nhs_number": "999 000 0034", "born-day": "5", "born-month": "5", "born-year": "1956"}


def test_somebody_the_rule_did_not_find_is_put_in_by_number_and_birthday_with_the_reason(story):
    answer = story.as_("carol").post(f"{FRAIL}/include", TESS | {"why_included": "Her daughter rang"})

    assert (answer.status_code, answer.url) == (302, FRAIL)
    story.catch_up()
    act = story.acts_done[-1]
    assert isinstance(act, acts.Include)
    assert (act.patient, act.because) == (id_of("tess"), "Her daughter rang")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"nhs_number": "9990000042"}, "Nobody whom an organisation of this team has seen has this NHS number"),
        ({"born-day": "6"}, "Nobody whom an organisation of this team has seen has this NHS number"),
        ({"nhs_number": "12"}, "Write the 10 digits of the NHS number"),
        ({"nhs_number": "\0" * 10}, "Write the 10 digits of the NHS number"),
        ({"born-month": "13"}, "Write the date of birth"),
        ({"why_included": "  "}, "Say why: including somebody needs a reason in words."),
        ({"nhs_number": "9990000018", "born-day": "4", "born-month": "3", "born-year": "1938"}, "in the group already"),
    ],
)
def test_what_does_not_fit_puts_nobody_in_and_keeps_what_was_typed(story, wrong, said):
    before = Patient.objects.count()

    again = story.as_("carol").post(f"{FRAIL}/include", TESS | {"why_included": "Her daughter rang"} | wrong)

    assert again.status_code == 422
    assert said in text_of(again)
    assert 'value="1956"' in again.content.decode() or "born-year" in wrong
    assert Patient.objects.count() == before


def test_somebody_whom_no_organisation_of_the_team_has_seen_is_not_put_in_nor_said_to_be_there(story):
    Organisation.objects.exclude(id="council").update(record="")  # Tess was never seen by the council, and Sam was
    nobody = {"nhs_number": "9990000999", "born-day": "5", "born-month": "5", "born-year": "1956"}

    there = story.as_("carol").post(f"{FRAIL}/include", TESS | {"why_included": "Her daughter rang"})
    not_there = story.as_("carol").post(f"{FRAIL}/include", nobody | {"why_included": "Her daughter rang"})

    assert there.status_code == not_there.status_code == 422
    assert "ask an organisation that sees them to join the team" in text_of(there)
    assert text_of(there).replace("999 000 0034", "9990000999") == text_of(not_there)
    assert not Patient.objects.filter(record="Patient/tess").exists()


def test_somebody_seen_long_ago_by_an_organisation_of_the_team_is_put_in(story):
    Organisation.objects.exclude(id="practice").update(record="")

    story.as_("carol").post(f"{FRAIL}/include", TESS | {"why_included": "Her daughter rang"})

    assert Patient.objects.filter(record="Patient/tess").exists()


def test_somebody_is_let_go_with_the_reason(story):
    answer = story.as_("carol").post(f"{FRAIL}/release", {"patient": id_of("sam"), "why_released": "Moved away"})

    assert answer.status_code == 302
    story.catch_up()
    assert story.standing.groups["frail"].patients == {id_of("ruth")}


@pytest.mark.parametrize("patient", ["", "nobody", "\0", "x" * 900])
def test_letting_go_of_nobody_comes_back_with_the_reason(story, patient):
    again = story.as_("carol").post(f"{FRAIL}/release", {"patient": patient, "why_released": "Moved away"})

    assert again.status_code == 422
    told = "This person is not in the group." if patient else "Choose who leaves the group."
    assert told in text_of(again)
    assert "Moved away" in again.content.decode()


def test_a_member_without_a_role_puts_nobody_in_whatever_they_send(story):
    story.happened(invites("asha", "fay"), joins("fay"))

    again = story.as_("fay").post(f"{FRAIL}/include", TESS | {"why_included": "Curious"})

    assert again.status_code == 422
    assert not Patient.objects.filter(record="Patient/tess").exists()
    assert "Nobody in the records" not in text_of(again)
