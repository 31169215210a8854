"""What somebody has said about who may see them: written down by whoever leads, and in force at the next request."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from manyhands import who
from manyhands.access import kept
from manyhands.access.models import Registration, Sight, Wish
from manyhands.exchange.records import put_on_file
from tests import small_records
from tests.cast import TEAM, asks, completes, invites, joins, takes_on
from tests.workspace.reading import queries_of, text_of
from tests.workspace.test_groups import gathers, id_of


@pytest.fixture
def story(story, store, settings):
    """Ruth and Sam are in a group."""
    small_records.settle(settings, store)
    story.happened(gathers("asha", "ruth", "sam"))
    return story


NEVER = {"invites-until-day": "31", "invites-until-month": "2", "invites-until-year": "2026"}


def ruth(ending=""):
    return f"/teams/{TEAM}/people/{id_of('ruth')}{ending}"


def says(story, person="asha", **sent):
    answer = story.as_(person).post(ruth("/who-may-see"), sent, follow=True)
    story.now += timedelta(minutes=1)
    return answer


def sees(story, person):
    return story.as_(person).get(ruth()).status_code == 200


def test_only_whoever_leads_finds_and_presses_the_buttons(story):
    assert "What they have said about who may see them" in text_of(story.as_("asha").get(ruth()))
    assert "What they have said about who may see them" not in text_of(story.as_("carol").get(ruth()))
    assert says(story, "carol", do="objects", **{"objects-why": "No"}).status_code == 404
    assert not Wish.objects.exists()


def test_an_objection_ends_at_the_next_request_what_is_optional_and_leaves_whoever_leads_a_part(story):
    story.happened(lambda s: replace(asks("asha")(s), patient=who.Patient(id_of("ruth"))), takes_on("carol"))
    assert sees(story, "dev")

    said = says(story, do="objects", **{"objects-why": "I do not want the council to know"})

    assert "They object to their record being shared" in text_of(said)
    assert "You see a part of this page" in text_of(said)
    assert sees(story, "carol")
    assert sees(story, "dev")  # who stands in for what Carol took on before
    assert not sees(story, "esi")
    story.happened(completes("carol"))
    assert "You see a part of this page" in text_of(story.as_("carol").get(ruth()))


def test_what_was_said_is_taken_back_with_a_reason_and_both_stay_on_the_record(story):
    says(story, do="objects", **{"objects-why": "No"})
    assert not sees(story, "carol")
    (wish,) = Wish.objects.all()

    says(story, do="take-back", wish=wish.id, **{"back-why": "She has thought about it"})

    assert sees(story, "carol")
    assert Wish.objects.count() == 2


def test_only_the_roles_named_see_somebody_who_is_restricted(story):
    says(
        story,
        do="restricts",
        **{"restricts-why": "Her former husband works for us", "restricts-roles": ["social-worker"]},
    )

    assert {person: sees(story, person) for person in ("asha", "ben", "carol", "dev")} == {
        "asha": True, "ben": True, "carol": False, "dev": True,
    }  # fmt: skip


def test_a_carer_whom_she_asks_to_know_sees_a_part_until_the_day(story):
    story.happened(invites("asha", "fay"), joins("fay"))
    assert not sees(story, "fay")

    until = {"invites-until-day": "4", "invites-until-month": "3", "invites-until-year": "2026"}
    says(story, do="invites", **{"invites-person": "fay", "invites-why": "Her neighbour"}, **until)

    page = text_of(story.as_("fay").get(ruth()))
    assert "You can see this because they asked for you to know, until 4 March 2026" in page
    assert "You see a part of this page" in page
    assert "Her neighbour" not in page
    story.later(days=2)
    assert not sees(story, "fay")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"do": "objects"}, "Say what they said, or why."),
        ({"do": "invites", "invites-why": "x", "invites-person": "esi"}, "Choose somebody who is in the team."),
        ({"do": "invites", "invites-why": "x", "invites-person": "dev"}, "Choose until when they are to know"),
        (
            {
                "do": "invites",
                "invites-why": "x",
                "invites-person": "dev",
                "invites-until-day": "31",
                "invites-until-month": "2",
                "invites-until-year": "2026",
            },
            "Until when",
        ),
        ({"do": "restricts", "restricts-why": "\0 "}, "Say what they said, or why."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written_down(story, sent, said):
    answer = says(story, **sent)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Wish.objects.exists()


def test_an_organisation_that_leaves_the_agreement_sees_nobody_at_the_next_request(story):
    for organisation in ("practice", "nursing", "council"):
        kept.agree_on_sharing(organisation, date(2026, 1, 1), None, story.now)
    assert sees(story, "carol")

    kept.end_sharing("nursing", date(2026, 3, 2), story.now)

    assert not sees(story, "carol")
    assert "Ruth" not in text_of(story.as_("carol").get(f"/teams/{TEAM}/groups/frail"))
    assert sees(story, "dev")


def test_an_agreement_holds_from_its_first_day_and_not_on_its_last(story):
    kept.agree_on_sharing("nursing", date(2026, 3, 2), date(2026, 3, 4), story.now)

    on = {day: "nursing" in kept.sharing(date(2026, 3, day)) for day in (1, 2, 3, 4)}
    assert on == {1: False, 2: True, 3: True, 4: False}


@pytest.mark.database
@pytest.mark.parametrize("table", ["access_wish", "access_agreement"])
def test_the_database_lets_nobody_change_or_lose_what_was_said_or_agreed(story, table):
    says(story, do="objects", **{"objects-why": "No"})
    kept.agree_on_sharing("nursing", date(2026, 3, 2), None, story.now)

    for statement in (f"UPDATE {table} SET ends = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_somebody_asked_about_a_patient_sees_age_and_place_and_no_name_until_they_accept(story):
    tess = put_on_file(["Patient/tess"])["Patient/tess"]
    Registration.objects.filter(patient=tess).update(district="ZZ9")
    story.happened(lambda s: replace(asks("asha")(s), patient=tess))

    page = story.as_("carol").get(f"/teams/{TEAM}/responsibilities/ring")

    assert "Somebody whose age is 60 to 69, living in ZZ9." in text_of(page)
    assert "Tess" not in page.content.decode()
    assert tess not in page.content.decode()
    assert Sight.objects.filter(person="carol", action="glimpse", patient=tess).count() == 1
    story.happened(takes_on("carol"))
    assert "Tess" in text_of(story.as_("carol").get(f"/teams/{TEAM}/responsibilities/ring"))


def test_the_number_of_queries_does_not_grow_with_what_was_said(story):
    few = queries_of(story.as_("asha"), ruth())
    for n in range(6):
        says(story, do="restricts", **{"restricts-why": f"{n}"})

    assert queries_of(story.as_("asha"), ruth()) == few
