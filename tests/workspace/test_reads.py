"""The log of reads is told: to whom it is about, to each of their own, and to privacy officers; and that is logged."""

import csv
import importlib.util
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from manyhands import acts, who
from manyhands.access.bases import Action, Basis, Ground
from manyhands.access.models import Sight
from manyhands.access.reads import Shown, note
from manyhands.access.reports import OF_NO_TEAM
from manyhands.access.verify import verify
from manyhands.people.models import Patient, Person
from tests.cast import MATRON, NURSING, TEAM
from tests.workspace.reading import queries_of, text_of
from tests.workspace.test_breaking_glass import RUTH, breaks
from tests.workspace.test_groups import gathers, id_of
from tests.workspace.workplace import sign_in


@pytest.fixture
def story(with_an_officer):
    return with_an_officer


LETS_GO = {"group": who.Group("frail"), "because": acts.Words("Moved away")}


def ruth(ending=""):
    return f"/teams/{TEAM}/people/{id_of('ruth')}{ending}"


def sees(story, person, patient, times=1, at=None, basis=Basis.CASELOAD_ALLOCATION, team=TEAM, action=Action.READ):
    ground = Ground(basis, MATRON, NURSING) if basis else None
    for _ in range(times):
        note(
            who.Person(person), who.Team(team), "person", [Shown(action, ground, who.Patient(patient))], at or story.now
        )


def breaks_for_ruth_before_she_is_in_a_group(story):
    story.happened(
        lambda s: acts.Release(**s.speaking("asha", None, None), **LETS_GO, patient=who.Patient(id_of("ruth")))
    )
    breaks(story, **RUTH)
    story.happened(lambda s: replace(gathers("asha", "ruth")(s), group=who.Group("again")))


def test_whoever_leads_gets_every_sight_of_a_patient_in_any_team_to_give_to_them(story):
    story.as_("carol").get(ruth())
    sees(story, "hal", id_of("ruth"), team="hillside")
    sees(story, "dev", id_of("ruth"), basis=None)
    sees(story, "dev", id_of("sam"))

    page = text_of(story.as_("asha").get(ruth("/who-has-seen")))

    assert "Who has seen Ruth Moss" in page
    assert "Carol Jones Community matron, Community Nursing, Riverside team What the page about them" in page
    assert "refused: nothing was shown" in page
    assert "a team no longer here" in page
    assert "4 times in all" in page  # with this one
    assert "Sam" not in page


def test_nobody_else_gets_it_and_reading_it_is_written_down(story):
    for ending in ("/who-has-seen", "/who-has-seen.csv", "/who-has-seen.json"):
        assert story.as_("carol").get(ruth(ending)).status_code == 404
        before = Sight.objects.filter(person="asha", action="read-the-reads").count()
        assert story.as_("asha").get(ruth(ending)).status_code == 200
        assert Sight.objects.filter(person="asha", action="read-the-reads").count() == before + 1


def test_a_sight_through_broken_glass_stands_out_in_it(story):
    breaks_for_ruth_before_she_is_in_a_group(story)
    page = text_of(story.as_("asha").get(ruth("/who-has-seen")))
    assert "Broken glass" in page
    assert "an emergency" in page


def test_the_spreadsheet_has_a_line_for_each_and_no_cell_that_runs(story):
    Person.objects.filter(id="carol").update(name="=HYPERLINK(1)")
    story.as_("carol").get(ruth())
    answer = story.as_("asha").get(ruth("/who-has-seen.csv"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["Who"] for row in rows] == ["Asha Rahman", "'=HYPERLINK(1)"]
    assert rows[1]["Why"] == "the team has them in a group"
    assert "no-store" in answer["Cache-Control"]


def test_as_fhir_it_is_a_bundle_of_audit_events(story):
    breaks_for_ruth_before_she_is_in_a_group(story)
    sees(story, "dev", id_of("ruth"), basis=None)
    bundle = json.loads(story.as_("asha").get(ruth("/who-has-seen.json")).content)
    events = [each["resource"] for each in bundle["entry"]]
    assert {each["resourceType"] for each in events} == {"AuditEvent"}
    assert [each["outcome"] for each in events].count("4") == 1
    assert "BTG" in [each["purposeOfEvent"][0]["coding"][0]["code"] for each in events]
    assert {each["entity"][0]["what"]["reference"] for each in events} == {f"Patient/{id_of('ruth')}"}
    if importlib.util.find_spec("fhir") is not None:
        from fhir.resources.R4B.bundle import Bundle

        Bundle.model_validate(bundle)


def test_each_sees_their_own_and_nobody_elses_and_no_patient_is_named(story):
    story.as_("carol").get(ruth())
    page = text_of(story.as_("carol").get("/reads"))
    assert "the page about them" in page
    assert "Ruth" not in page
    assert "Nothing was shown" in text_of(story.as_("dev").get("/reads"))
    assert story.as_("carol").get("/reads?person=dev").status_code == 404
    assert story.as_("carol").get("/reads?person=nobody").status_code == 404


def test_a_privacy_officer_sees_anybodys_and_that_is_written_down(story):
    story.as_("carol").get(ruth())
    page = text_of(story.as_("pat").get("/reads?person=carol"))
    assert "What Carol Jones was shown" in page
    assert "the team has them in a group" in page
    assert "Ruth" not in page
    read = Sight.objects.get(team=OF_NO_TEAM)
    assert (read.person, read.action, read.page, read.basis) == (
        "pat",
        "read-the-reads",
        "reads of carol",
        "privacy-officer",
    )
    assert story.as_("pat").get("/reads?person=no-such").status_code == 404
    assert story.as_("pat").get("/reads?person=%00").status_code == 404
    assert [each.misfit for each in verify()] == [None, None]


def test_out_of_pattern_is_somebody_who_opens_many_for_whom_they_never_had_anything(story):
    for number in range(10):
        Patient.objects.create(id=f"p{number}", record=f"r{number}", family_name="Ash")
        sees(story, "carol", f"p{number}")
    for number in range(9):
        sees(story, "dev", f"p{number}")
    page = text_of(story.as_("pat").get("/reads"))
    assert (
        "Carol Jones What opened the pages of many patients for whom they never had anything in hand Times 10" in page
    )
    assert "Dev Patel What opened" not in page
    assert "out of pattern" not in text_of(story.as_("carol").get("/reads")).lower()


def test_out_of_pattern_is_a_patient_of_ones_own_or_a_colleagues_family_name(story):
    Patient.objects.create(id="j", record="j", family_name="JONES")
    sees(story, "carol", "j")
    sees(story, "dev", "j")
    page = text_of(story.as_("pat").get("/reads"))
    assert "Carol Jones What opened the page of a patient who has their own family name Times 1" in page
    assert (
        "Dev Patel What opened the page of a patient who has the family name of a colleague in the team Times 1" in page
    )


def test_out_of_pattern_is_being_refused_often_and_opening_pages_at_night(story):
    night = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    story.now = night + timedelta(days=1)
    sees(story, "carol", id_of("ruth"), 5, basis=None)
    sees(story, "dev", id_of("ruth"), 4, basis=None)
    sees(story, "ben", id_of("ruth"), 5, at=night)
    sees(story, "asha", id_of("ruth"), 5, at=night - timedelta(hours=3))
    page = text_of(story.as_("pat").get("/reads"))
    assert "Carol Jones What asked for pages that they had no basis to see Times 5" in page
    assert "Dev Patel What asked" not in page
    assert "Ben Osei What opened pages between ten at night and six Times 5" in page
    assert "Asha Rahman What opened pages" not in page


def test_listing_somebody_is_not_opening_their_page(story):
    Patient.objects.create(id="j", record="j", family_name="Jones")
    sees(story, "carol", "j", action=Action.LIST)
    assert "Nothing is out of pattern" in text_of(story.as_("pat").get("/reads"))


def test_the_lists_take_as_many_queries_for_many_as_for_few(story):
    sees(story, "carol", id_of("ruth"))
    few = queries_of(story.as_("pat"), "/reads?person=carol"), queries_of(story.as_("asha"), ruth("/who-has-seen"))
    for person in ("carol", "dev", "ben"):
        sees(story, person, id_of("ruth"), 60)
    assert few == (
        queries_of(story.as_("pat"), "/reads?person=carol"),
        queries_of(story.as_("asha"), ruth("/who-has-seen")),
    )
    assert "Page 1 of 2" in text_of(story.as_("asha").get(ruth("/who-has-seen")))
    assert "Page 2 of 2" in text_of(story.as_("asha").get(ruth("/who-has-seen?page=2")))
    assert "Page 1 of 2" in text_of(story.as_("asha").get(ruth("/who-has-seen?page=x")))


# ---- where one is signed in -------------------------------------------------------------------------------------


def on_a_phone():
    phone = Client(headers={"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17.0 Mobile Safari/604.1"})
    sign_in(phone, Person.objects.get(id="carol"))
    phone.get("/")
    return phone


def test_everybody_sees_where_they_are_signed_in_and_can_end_one_there(story, db):
    here, phone, other = story.as_("carol"), on_a_phone(), story.as_("dev")
    other.get("/")
    page = here.get("/your-sign-in/sessions")
    assert "Safari on iPhone" in text_of(page)
    assert text_of(page).count("Sign out there") == 1
    keys = set(Session.objects.values_list("session_key", flat=True))
    assert not [key for key in keys if key in page.content.decode()]

    which = page.content.decode().split('name="end" value="')[1].split('"')[0]
    here.post("/your-sign-in/sessions", {"end": which})

    assert phone.get("/").status_code == 302
    assert (here.get("/").status_code, other.get("/").status_code) == (200, 200)


def test_all_others_end_at_once_and_nobody_elses(story):
    here, phone, other = story.as_("carol"), on_a_phone(), story.as_("dev")
    other.get("/")
    here.get("/")
    here.post("/your-sign-in/sessions", {"end": "nothing"})
    assert phone.get("/").status_code == 200
    here.post("/your-sign-in/sessions", {"end": "others"})
    assert [each.get("/").status_code for each in (here, phone, other)] == [200, 302, 200]


def test_signing_out_is_on_every_page(story):
    for address in ("/", f"/teams/{TEAM}/", "/your-sign-in", "/notices", "/reads", ruth()):
        assert "Sign out" in text_of(story.as_("asha").get(address)), address
