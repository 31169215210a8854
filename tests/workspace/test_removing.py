"""The record of one patient is removed from a team, where the law asks for it: what goes, what stays, who does it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from manyhands import acts, who
from manyhands.access import verify as reads
from manyhands.access.models import EmergencyNote, Sight, Wish
from manyhands.exchange.everything import write_out
from manyhands.exchange.records import put_on_file
from manyhands.log.models import Entry, Wording
from manyhands.log.read import read as read_log
from manyhands.log.record import record
from manyhands.log.verify import verify
from manyhands.people.models import Patient, Team
from tests.cast import TEAM, asks, completes, convenes, releases, removes_the_record, takes_on
from tests.workspace.reading import text_of
from tests.workspace.test_breaking_glass import RUTH, breaks, reviews
from tests.workspace.test_groups import gathers, id_of

pytestmark = pytest.mark.database

WHY = "She asked for it, and our data protection officer agreed"
SECRETS = ("Ruth", "9990000018", "council must not know", "Rang her daughter", "Fell at the shop")


@pytest.fixture
def story(with_an_officer):
    """Ruth and Sam are in a group; something was done about Ruth, and she has said something."""
    story = with_an_officer
    story.happened(
        lambda s: replace(asks("asha")(s), patient=who.Patient(id_of("ruth")), what=acts.Words("Fell at the shop")),
        takes_on("carol"),
        lambda s: replace(completes("carol")(s), what_happened=acts.Words("Rang her daughter")),
    )
    sent = {"do": "objects", "objects-why": "The council must not know"}
    story.as_("asha").post(ruth("/who-may-see"), sent)
    story.now += timedelta(minutes=1)
    return story


def ruth(ending=""):
    return f"/teams/{TEAM}/people/{id_of('ruth')}{ending}"


def removes(story, because=WHY, person="asha"):
    answer = story.as_(person).post(ruth("/remove"), {"because": because}, follow=True)
    story.catch_up()
    story.now += timedelta(minutes=1)
    return answer


def gathered_in() -> int:
    return Entry.objects.get(name="gather").number


def everything() -> str:
    """Every value of every row of every table."""
    rows = (row for kind in apps.get_models(include_auto_created=True) for row in kind._base_manager.values_list())
    return "\n".join(str(value) for row in rows for value in row)


def test_only_whoever_leads_finds_the_page_and_presses_its_button(story):
    assert "Remove their record" in text_of(story.as_("asha").get(ruth()))
    assert "Remove their record" not in text_of(story.as_("carol").get(ruth()))
    assert story.as_("carol").get(ruth("/remove")).status_code == 404
    assert removes(story, person="carol").status_code == 404
    assert Patient.objects.filter(id=id_of("ruth")).exists()


def test_it_says_whom_it_is_about_what_goes_and_what_stays(story):
    told = text_of(story.as_("asha").get(ruth("/remove")))

    assert "MOSS, Ruth" in told
    assert "999 000 0018" in told
    assert "what was written about them in 3 entries of the history" in told
    assert "1 text besides" in told
    assert "their place in 1 group" in told
    assert "that something was removed, by whom, when and why" in told


def test_without_a_reason_nothing_is_removed_and_the_form_says_so(story):
    answer = removes(story, because="  ")

    assert answer.status_code == 422
    assert "Say why it has to go." in text_of(answer)
    assert "Fell at the shop" in everything()
    assert story.as_("asha").get(ruth()).status_code == 200


def test_nothing_that_was_written_about_them_and_nothing_of_who_they_are_is_left(story, tmp_path):
    before = everything()
    assert [secret for secret in SECRETS if secret not in before] == []
    of_sam = Wording.objects.filter(number=gathered_in(), place="patients.1.because")
    because_of_sam = of_sam.get().text
    patient = id_of("ruth")

    answer = removes(story)

    assert "Their record is removed from this team" in text_of(answer)
    after = everything()
    assert [secret for secret in SECRETS if secret in after] == []
    assert because_of_sam
    assert of_sam.get().text == because_of_sam
    write_out(tmp_path / "out")
    out = "".join(each.read_text() for each in (tmp_path / "out").rglob("*.*"))
    assert [secret for secret in SECRETS if secret in out] == []
    for person in ("asha", "carol", "dev"):
        assert story.as_(person).get(f"/teams/{TEAM}/people/{patient}").status_code == 404


def test_that_it_was_when_and_why_is_in_the_history_and_every_chain_fits(story):
    entries, sights = Entry.objects.count(), Sight.objects.count()

    removes(story)

    told = text_of(story.as_("carol").get(f"/teams/{TEAM}/history"))
    assert f"removed what entry {gathered_in()} said of a patient" in told
    assert WHY in told
    assert "Words removed by Asha Rahman" in told
    assert Entry.objects.count() == entries + 4  # out of the group, and what was written in three entries
    assert Sight.objects.count() > sights
    assert [each.misfit for each in (*verify(TEAM), *reads.verify(TEAM))] == [None, None]
    together = {each.act.together for each in read_log(TEAM) if each.number > entries}
    assert len(together) == 1
    assert None not in together


def test_the_rest_of_the_group_and_every_page_of_the_team_stay(story):
    removes(story)

    group = text_of(story.as_("carol").get(f"/teams/{TEAM}/groups/frail"))
    assert "Sam Moss" in group
    assert "Ruth" not in group
    for page in ("", "groups", "history", "meetings", "people", "leading", "responsibilities/ring", "find-people"):
        answer = story.as_("asha").get(f"/teams/{TEAM}/{page}")
        assert answer.status_code in (200, 404), page
        assert "Ruth" not in answer.content.decode()
    assert story.as_("asha").get("/").status_code == 200


def test_while_something_is_in_hand_about_them_it_is_listed_and_nothing_is_removed(story):
    story.happened(lambda s: replace(asks("asha", "visit")(s), patient=who.Patient(id_of("ruth"))))

    told = story.as_("asha").get(ruth("/remove"))
    assert "Something is still in hand about them. Close it first" in text_of(told)
    assert f'href="/teams/{TEAM}/responsibilities/visit"' in told.content.decode()
    assert removes(story).status_code == 422
    assert "Fell at the shop" in everything()


def test_while_broken_glass_waits_for_its_review_nothing_is_removed_and_then_its_words_go_too(story):
    breaks(story, **RUTH)
    story.as_("carol").post(ruth("/emergency-note"), {"note": "Her key is under the pot"})
    assert "a privacy officer has still to look at why" in text_of(removes(story))
    assert "Her key is under the pot" in everything()

    reviews(story, because="I rang Ruth's ward")
    removes(story)

    left = everything()
    assert [words for words in (RUTH["because"], "Her key is under the pot", "I rang Ruth") if words in left] == []
    assert EmergencyNote.objects.get().words == acts.WITHHELD
    assert story.as_("pat").get("/broken-glass").status_code == 200


def test_another_team_that_has_them_keeps_who_they_are_and_what_it_wrote(story):
    patient = id_of("ruth")
    Team.objects.create(id="north", name="North team")
    record(*(replace(verb(story), team=who.Team("north")) for verb in (convenes("asha"), gathers("asha", "ruth"))))

    removes(story)

    there = story.as_("asha").get(f"/teams/north/people/{patient}")
    assert "MOSS, Ruth" in text_of(there)
    assert story.as_("carol").get(ruth()).status_code == 404
    assert "Fell at the shop" not in everything()

    story.as_("asha").post(f"/teams/north/people/{patient}/remove", {"because": WHY})
    assert not Patient.objects.filter(id=patient).exists()


@pytest.mark.parametrize("table", ["access_wish", "access_brokenglass", "access_glassreview", "access_emergencynote"])
def test_the_database_lets_no_words_go_before_an_act_says_that_the_record_is_removed(story, table):
    breaks(story, **RUTH)
    story.as_("carol").post(ruth("/emergency-note"), {"note": "Her key is under the pot"})
    reviews(story)
    column = "words" if table == "access_emergencynote" else "because"
    erased = f"UPDATE {table} SET {column} = '{acts.WITHHELD}'"
    for statement in (erased, f"UPDATE {table} SET {column} = 'something else'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    story.happened(releases("asha", id_of("ruth")), removes_the_record("asha", gathered_in(), id_of("ruth")))

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{erased}, at = '2020-01-01 00:00:00+00:00'")
    with connection.cursor() as cursor:
        cursor.execute(erased)
        assert cursor.rowcount == 1


def test_somebody_found_again_later_is_somebody_new(story):
    patient = id_of("ruth")
    removes(story)

    again = put_on_file(["Patient/ruth"])["Patient/ruth"]

    assert again != patient
    assert not Wish.objects.filter(patient=again).exists()
