"""
Breaking the glass (P5): for those in a clinically registered role, with a reason, for four hours, to read and no more;
told at once; reviewed by somebody from outside; and whoever is not reviewed in time breaks no other.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from manyhands import acts, who
from manyhands.access import breaking_glass, kept
from manyhands.access.models import BrokenGlass, EmergencyNote, GlassReview, Sight, Wish
from manyhands.exchange.email import rounds
from manyhands.log.record import record
from manyhands.notices import telling_of_glass
from manyhands.notices.gathering import Reader
from manyhands.notices.models import Notice
from manyhands.people.models import Person, Team
from manyhands.rules.days import day_of
from manyhands.site import accounts
from tests.cast import TEAM, asks, steps_down
from tests.workspace.reading import queries_of, text_of
from tests.workspace.test_groups import gathers, id_of

FORM = f"/teams/{TEAM}/break-glass"
VIC = {
    "nhs_number": "999 000 0050",
    "born-day": "6",
    "born-month": "6",
    "born-year": "1976",
    "reason": "emergency-treatment",
    "because": "Found on the floor at the bus stop",
}
RUTH = VIC | {"nhs_number": "9990000018", "born-day": "4", "born-month": "3", "born-year": "1938"}


@pytest.fixture
def story(with_an_officer):
    return with_an_officer


def breaks(story, person="carol", **sent):
    answer = story.as_(person).post(FORM, VIC | sent, follow=True)
    story.now += timedelta(minutes=1)
    return answer


def page_of(patient):
    return f"/teams/{TEAM}/people/{id_of(patient)}"


def sees(story, patient="vic", person="carol"):
    return story.as_(person).get(page_of(patient)).status_code == 200


def reviews(story, person="pat", found="justified", because="I rang the ward"):
    glass = BrokenGlass.objects.latest("at").id
    sent = {f"found-{glass}": found, f"why-{glass}": because}
    answer = story.as_(person).post(f"/broken-glass/{glass}/review", sent, follow=True)
    story.now += timedelta(minutes=1)
    return answer


def test_whoever_breaks_it_sees_the_patient_at_once_and_the_sight_says_on_which_basis(story):
    answer = breaks(story)

    assert answer.redirect_chain[-1][0] == page_of("vic")
    assert "Vic Moss" in text_of(answer)
    sight = Sight.objects.filter(person="carol", patient=id_of("vic")).latest("number")
    assert "break-glass" in sight.basis
    assert not sees(story, person="dev")


@pytest.mark.parametrize(
    ("without", "says"),
    [
        ("reason", "Choose the reason."),
        ("because", "Say why in your own words"),
        ("nhs_number", "Write the ten figures of the NHS number."),
        ("born-year", "Write the date of birth."),
    ],
)
def test_without_a_reason_or_without_saying_who_nothing_is_broken_and_the_form_is_kept(story, without, says):
    answer = breaks(story, **{without: ""})

    assert answer.status_code == 422
    assert says in text_of(answer)
    assert VIC["because"] in answer.content.decode() or without == "because"
    assert not BrokenGlass.objects.exists()


def test_a_wrong_date_of_birth_finds_nobody_and_says_no_more(story):
    answer = breaks(story, **{"born-day": "7"})

    assert answer.status_code == 422
    assert "Nobody with this NHS number and this date of birth" in text_of(answer)
    assert "Vic" not in text_of(answer)


def test_after_four_hours_it_is_over(story):
    breaks(story)
    story.now = BrokenGlass.objects.get().at + timedelta(hours=4) - timedelta(seconds=1)
    assert sees(story)
    story.now += timedelta(seconds=1)
    assert not sees(story)
    assert "You broke the glass" not in text_of(story.as_("carol").get("/"))


def test_a_banner_stays_on_every_page_and_names_nobody(story):
    breaks(story)
    for address in ("/", f"/teams/{TEAM}/", "/notices", page_of("vic")):
        said = text_of(story.as_("carol").get(address))
        assert "You broke the glass." in said, address
    assert "Vic" not in text_of(story.as_("carol").get("/"))
    assert "You broke the glass." not in text_of(story.as_("dev").get("/"))


def test_it_is_for_reading_and_an_emergency_note(story):
    breaks(story)
    asking = story.as_("carol").get(f"/teams/{TEAM}/responsibilities/new?patient={id_of('vic')}")
    assert "Vic" not in text_of(asking)

    said = story.as_("carol").post(f"{page_of('vic')}/emergency-note", {"note": "Allergic to penicillin"}, follow=True)
    assert "Allergic to penicillin" in text_of(said)
    story.as_("carol").post(f"{page_of('vic')}/emergency-note", {"note": "  "})
    assert EmergencyNote.objects.count() == 1
    story.now += timedelta(hours=5)
    assert story.as_("carol").post(f"{page_of('vic')}/emergency-note", {"note": "Too late"}).status_code == 404
    assert story.as_("dev").post(f"{page_of('vic')}/emergency-note", {"note": "I"}).status_code == 404


def test_a_note_that_is_too_long_is_kept_in_its_form_and_one_without_the_role_is_not_taken(story):
    breaks(story)
    answer = story.as_("carol").post(f"{page_of('vic')}/emergency-note", {"note": "a" * 20_000})
    assert answer.status_code == 422
    assert "Shorten it" in text_of(answer)
    assert "a" * 20_000 in answer.content.decode()
    story.does(steps_down("carol", "matron"))
    assert story.as_("carol").post(f"{page_of('vic')}/emergency-note", {"note": "I"}).status_code == 404
    assert not EmergencyNote.objects.exists()


def test_the_note_is_on_the_patients_page_for_whoever_has_a_basis(story):
    breaks(story, **RUTH)
    story.as_("carol").post(f"{page_of('ruth')}/emergency-note", {"note": "The key is with the neighbour"})
    story.as_("carol").post(f"{page_of('ruth')}/emergency-note", {"note": "She is deaf in one ear"})
    page = text_of(story.as_("asha").get(page_of("ruth")))
    assert "She is deaf in one ear" in page
    assert "The key is with the neighbour" in page


def test_it_holds_for_as_long_as_their_organisation_is_under_the_sharing_agreement(story):
    breaks(story)
    kept.agree_on_sharing("practice", day_of(story.now), None, story.now)
    assert not sees(story)
    kept.agree_on_sharing("nursing", day_of(story.now), None, story.now)
    assert sees(story)


def test_it_passes_what_the_patient_has_said(story):
    Wish.objects.create(
        id="w", patient=id_of("ruth"), kind="objects", because="No", by="asha", at=story.now - timedelta(days=1)
    )
    assert not sees(story, "ruth")
    breaks(story, **RUTH)
    assert sees(story, "ruth")


def test_only_somebody_in_a_registered_role_is_offered_it(story, settings):
    assert FORM in story.as_("carol").get(f"/teams/{TEAM}/find-people").content.decode()
    settings.BREAK_GLASS_KINDS = ("gp",)
    assert FORM not in story.as_("carol").get(f"/teams/{TEAM}/find-people").content.decode()
    answer = breaks(story)
    assert answer.status_code == 422
    assert "Only somebody in a clinically registered role" in text_of(answer)
    assert not BrokenGlass.objects.exists()


def test_whoever_signed_in_a_while_ago_shows_again_who_they_are(story):
    browser = story.as_("carol")
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": 0}, {"method": "mfa", "at": 0}]
    session.save()

    answer = browser.post(FORM, VIC)

    assert (answer.status_code, BrokenGlass.objects.count()) == (302, 0)
    assert answer["Location"].startswith("/sign-in/again")


def test_who_leads_who_holds_something_and_the_privacy_officers_are_told_at_once_whatever_they_chose(story):
    story.happened(lambda s: replace(asks("asha")(s), patient=who.Patient(id_of("ruth"))))
    breaks(story, **RUTH)

    told = {(each.person_id, each.kind) for each in Notice.objects.filter(kind__startswith="glass")}
    assert ("asha", "glass") in told
    assert ("pat", "glass-to-review") in told
    assert "carol" not in {person for person, _ in told}


def test_whoever_leads_in_the_team_where_it_was_broken_is_told_whoever_the_patient_is(story):
    breaks(story)
    assert set(Notice.objects.filter(kind="glass").values_list("person_id", flat=True)) >= {"asha"}


def test_those_who_lead_in_another_team_are_told_if_they_have_the_patient_in_hand(story):
    Person.objects.open("hal", "hal@example.org", "Hal", "correct horse battery staple", organisations=["elsewhere"])
    Team.objects.create(id="hillside", name="Hillside team")
    elsewhere = who.Organisation("elsewhere")
    hillside = {"team": who.Team("hillside"), "by": who.Person("hal"), "for_organisation": elsewhere}
    role, at = who.Role("hillside-coordinator"), datetime(2026, 3, 2, 9, tzinfo=UTC)
    record(acts.Convene(**hillside, at=at, role=role, kind="care-coordinator", purpose=acts.Words("Here")))
    breaks(story)
    assert not Notice.objects.filter(person="hal", kind="glass").exists()

    record(replace(gathers("asha", "vic")(story), **hillside, at=story.now, in_role=role))
    breaks(story)
    assert Notice.objects.filter(person="hal", kind="glass").count() == 1


@pytest.mark.parametrize("problem", [DatabaseError("the disk is full"), KeyError("a role")])
def test_that_nobody_could_be_told_keeps_nobody_from_the_patient_and_is_shown(story, monkeypatch, problem):
    def fails(*_):
        raise problem

    monkeypatch.setattr(telling_of_glass.models.Notice.objects, "bulk_create", fails)
    breaks(story)
    assert sees(story)
    assert not Notice.objects.filter(kind__startswith="glass").exists()
    assert "Nobody was told" in text_of(story.as_("pat").get("/broken-glass"))


def test_a_privacy_officer_from_outside_the_team_reviews_it_once(story):
    breaks(story)
    page = text_of(story.as_("pat").get("/broken-glass"))
    assert VIC["because"] in page
    assert "To be reviewed by" in page
    assert "Vic" not in page

    assert "Choose what you found." in text_of(reviews(story, found="fine"))
    assert "Say why." in text_of(reviews(story, because=""))
    assert not GlassReview.objects.exists()
    assert "Your review is written down." in text_of(reviews(story))
    assert "Somebody has reviewed it already." in text_of(reviews(story, found="not-justified"))
    assert [(each.found, each.by) for each in GlassReview.objects.all()] == [("justified", "pat")]
    assert "Justified" in text_of(story.as_("carol").get("/broken-glass"))


def test_nobody_reviews_their_own_nor_one_of_their_own_team(story):
    for person in ("carol", "dev"):
        accounts.make_privacy_officer(f"{person}@example.org")
    breaks(story)
    assert "You broke it yourself." in text_of(reviews(story, "carol"))
    assert "You are, or were, in that team." in text_of(reviews(story, "dev"))
    assert not GlassReview.objects.exists()


def test_only_a_privacy_officer_reviews(story):
    breaks(story)
    assert reviews(story, "ben").status_code == 404
    accounts.make_privacy_officer("pat@example.org", no_longer=True)
    assert reviews(story).status_code == 404
    assert not GlassReview.objects.exists()


def test_one_that_is_not_reviewed_in_time_blocks_the_next_until_it_is(story):
    breaks(story)
    story.now = BrokenGlass.objects.get().review_by - timedelta(seconds=1)
    breaks(story)
    assert BrokenGlass.objects.count() == 2
    story.now += timedelta(minutes=10)
    answer = breaks(story)
    assert answer.status_code == 422
    assert "has not been reviewed in time" in text_of(answer)
    assert BrokenGlass.objects.count() == 2
    assert "Review overdue" in text_of(story.as_("pat").get("/broken-glass"))

    for glass in BrokenGlass.objects.all():
        GlassReview.objects.create(glass=glass, found="follow-up", because="Late", by="pat", at=story.now)
    breaks(story)
    assert BrokenGlass.objects.count() == 3


def overdue_told():
    return {each.person_id for each in Notice.objects.filter(kind="glass-overdue")}


def test_when_it_is_not_reviewed_in_time_officers_the_coordinator_and_whoever_broke_it_are_told_once(story, settings):
    breaks(story)
    due = BrokenGlass.objects.get().review_by
    rounds.go_round(Reader(), due - timedelta(seconds=1))
    assert overdue_told() == set()
    rounds.go_round(Reader(), due)
    assert overdue_told() == {"pat", "asha", "carol"}
    rounds.go_round(Reader(), due + timedelta(days=1))
    assert Notice.objects.filter(kind="glass-overdue").count() == 3
    story.now = due
    for person in ("pat", "asha", "carol"):
        assert "Nobody has reviewed a broken glass in time" in text_of(story.as_(person).get("/notices"))


def test_what_was_reviewed_in_time_is_told_to_nobody_again(story):
    breaks(story)
    reviews(story)
    rounds.go_round(Reader(), BrokenGlass.objects.get().review_by + timedelta(days=1))
    assert overdue_told() == set()


def test_that_a_review_is_overdue_is_no_sign_that_anybody_was_told_at_once(story, monkeypatch):
    breaks(story)
    Notice.objects.all().delete()
    rounds.go_round(Reader(), BrokenGlass.objects.get().review_by)
    assert overdue_told() == {"pat", "asha", "carol"}
    assert telling_of_glass.was_told(list(BrokenGlass.objects.all())) == set()


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2026-03-02", "2026-03-05"),
        ("2026-03-06", "2026-03-11"),
        ("2026-03-07", "2026-03-11"),
        ("2026-03-26", "2026-03-31"),
    ],
)
def test_three_working_days_are_three_days_from_monday_to_friday(day, last):
    """The clocks change on 29 March, between the last two."""
    ends = breaking_glass.review_by(datetime.fromisoformat(f"{day}T15:00:00+00:00"))
    assert day_of(ends - timedelta(seconds=1)).isoformat() == last


@pytest.mark.parametrize("table", ["access_brokenglass", "access_glassreview", "access_emergencynote"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET at = at"])
def test_the_database_refuses_to_change_or_delete_any_of_it(story, table, change):
    breaks(story)
    story.as_("carol").post(f"{page_of('vic')}/emergency-note", {"note": "A note"})
    reviews(story)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


def test_the_list_asks_as_often_for_many_as_for_one(story):
    breaks(story)
    few = queries_of(story.as_("pat"), "/broken-glass")
    for _ in range(8):
        breaks(story)
    assert queries_of(story.as_("pat"), "/broken-glass") == few


def test_a_privacy_officer_is_shown_no_patient_and_nothing_of_a_team(story):
    breaks(story)
    assert story.as_("pat").get(page_of("vic")).status_code == 404
    assert story.as_("pat").get(f"/teams/{TEAM}/").status_code == 404
