"""The page about a person: who they are, what has happened, what is in hand, and who can see this and why."""

import html
import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manyhands import who
from manyhands.access.models import Sight
from manyhands.people.models import Patient
from manyhands.workspace.lanes import lanes
from tests import small_records
from tests.cast import TEAM, asks, invites, joins, proposes, releases, removes, takes_on
from tests.workspace.test_groups import gathers, id_of


def text_of(response):
    body = re.sub(r"<(script|style|head).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def page_of(name):
    return f"/teams/{TEAM}/people/{id_of(name)}"


@pytest.fixture
def story(story, store, settings):
    """Ruth and Sam are in a group."""
    small_records.settle(settings, store)
    story.happened(gathers("asha", "ruth", "sam"))
    return story


def test_the_strip_says_who_this_is_and_flags_what_is_needed_to_talk_with_them(story):
    page = story.as_("carol").get(page_of("ruth"))

    strip = text_of(page).split("Ruth Moss")[0]
    assert "MOSS, Ruth" in strip
    assert "Born 4 March 1938" in strip
    assert "NHS number 999 000 0018" in strip
    assert "Communication Speaks Welsh" in strip


def test_neither_the_address_nor_the_title_of_the_page_names_anybody(story):
    page = story.as_("carol").get(page_of("ruth"))

    title = re.search(r"<title>(.*?)</title>", page.content.decode(), flags=re.DOTALL)[1]
    assert "Moss" not in title
    assert "9990000018" not in page_of("ruth")


def test_what_matters_to_them_comes_first_and_where_nobody_has_asked_it_says_so(story):
    assert "Nobody has written down yet what matters to them" in text_of(story.as_("carol").get(page_of("ruth")))

    Patient.objects.filter(id=id_of("ruth")).update(what_matters="Her garden")

    assert "Her garden" in text_of(story.as_("carol").get(page_of("ruth")))


def test_what_has_happened_is_drawn_in_lanes_with_the_table_beside(story):
    page = story.as_("carol").get(page_of("ruth"))

    text = text_of(page)
    assert "6 contacts with 4 organisations in the two years up to 27 February 2026" in text
    assert "Care passed from one organisation to another 5 times" in text
    assert page.content.decode().count('class="mh-lanes-mark" cx=') == 6 + 2  # and the two in the key
    assert re.search(r"Riverside Community Nursing Contacts 3 Share First 12 December 2024 Last 27 February 2026", text)


def test_who_is_involved_says_who_of_them_is_in_this_team_and_as_what(story):
    text = text_of(story.as_("dev").get(page_of("ruth")))

    assert "Carol Jones In this team Community matron. Here: Community matron" in text
    assert "Gita Bose General practitioner Organisation Mill Lane Surgery" in text


def test_conditions_referrals_and_care_teams_are_shown(story):
    text = text_of(story.as_("carol").get(page_of("ruth")))

    assert "High blood pressure since 2015" in text
    assert "Falls clinic" in text
    assert "Still waiting" in text
    assert "Ruth’s own team" in text


def test_groups_decisions_and_responsibilities_that_concern_them_are_listed(story):
    story.happened(
        lambda s: replace(proposes("carol")(s), group=who.Group("frail")),
        lambda s: replace(asks("asha")(s), patient=who.Patient(id_of("ruth"))),
    )

    text = text_of(story.as_("carol").get(page_of("ruth")))

    assert "In the group Frail, and in pieces since 2 March 2026: ruth has 5 conditions" in text
    assert "Shall one of us visit each week on behalf of all? Being asked" in text
    assert "Ring Ruth after her fall How it stands Asked, not taken on yet" in text


def test_it_says_why_one_can_see_this(story):
    assert "You can see this because the team Riverside team has them in the group “Frail, and in pieces”." in text_of(
        story.as_("carol").get(page_of("ruth"))
    )


def test_it_says_who_else_can_and_who_has_lately(story):
    story.happened(invites("asha", "fay"), joins("fay"))
    story.as_("dev").get(page_of("ruth"))

    text = text_of(story.as_("carol").get(page_of("ruth")))

    section = text.split("Who can see this, and why")[1]
    for member in ("Asha Rahman", "Ben Osei", "Carol Jones (you)", "Dev Patel", "Ines Roy"):
        assert member in section
    assert "Fay" not in section
    lately = section.split("Who has seen them lately")[1]
    assert "Dev Patel" in lately
    assert "Carol Jones" in lately


def test_opening_it_is_written_down_and_so_is_seeing_who_has(story):
    story.as_("carol").get(page_of("ruth"))

    assert list(Sight.objects.values_list("action", "page", "basis")) == [
        ("read", "person", "caseload-allocation"),
        ("read-the-reads", "person", "caseload-allocation"),
    ]


def test_a_responsibility_about_somebody_shows_them_to_whoever_took_it_on_and_to_nobody_else(story):
    story.happened(
        lambda s: replace(asks("asha")(s), patient=who.Patient(id_of("ruth"))),
        takes_on("carol"),
        releases("asha", id_of("ruth")),
    )

    page = text_of(story.as_("carol").get(page_of("ruth")))

    assert "You can see this because your role Community matron has taken on “Ring Ruth after her fall”." in page
    assert story.as_("asha").get(page_of("ruth")).status_code == 404


def test_nobody_without_a_basis_gets_more_than_for_somebody_who_does_not_exist(story):
    ruth, nobody = page_of("ruth"), f"/teams/{TEAM}/people/nobody"
    story.happened(invites("asha", "fay"), joins("fay"), removes("asha", "carol"))

    for person in ("fay", "esi", "carol"):
        there, not_there = story.as_(person).get(ruth), story.as_(person).get(nobody)
        assert there.status_code == not_there.status_code == 404
        assert "Moss" not in there.content.decode()


def test_leaving_the_group_ends_it_on_the_very_next_request(story):
    browser = story.as_("carol")
    assert browser.get(page_of("sam")).status_code == 200

    story.happened(releases("dev", id_of("sam")))

    assert browser.get(page_of("sam")).status_code == 404


def test_a_refused_look_is_written_down(story):
    story.happened(releases("dev", id_of("sam")))

    story.as_("carol").get(page_of("sam"))

    refused = Sight.objects.first()
    assert (refused.patient, refused.basis, refused.action) == (id_of("sam"), "", "read")


@pytest.mark.parametrize("patient", ["x" * 900, "%00", "..", "%F0%9F%A6%8A", "9990000018"])
def test_an_address_of_nobodys_is_not_found(story, patient):
    assert story.as_("carol").get(f"/teams/{TEAM}/people/{patient}").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_contacts(story):
    browser = story.as_("carol")
    browser.get(page_of("sam"))

    with CaptureQueriesContext(connection) as for_sam:
        browser.get(page_of("sam"))
    with CaptureQueriesContext(connection) as for_ruth:
        browser.get(page_of("ruth"))

    assert len(for_ruth) == len(for_sam)


def test_without_records_the_page_says_so_and_shows_the_rest(story, settings, tmp_path):
    address = page_of("ruth")
    small_records.settle(settings, tmp_path / "none")

    text = text_of(story.as_("carol").get(address))

    assert "No records of care are loaded" in text
    assert "You can see this because" in text


# ---- lanes, without a page ---------------------------------------------------------------------------------------


class Contact:
    def __init__(self, on, organisation):
        from datetime import UTC, datetime

        self.started_at = datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
        self.organisation, self.organisation_name = organisation, organisation and organisation.title()


def test_lanes_begin_with_whoever_is_seen_most_and_draw_each_hand_off():
    days = [(1, "gp"), (2, "gp"), (2, "gp"), (5, "ward"), (9, "gp")]
    drawn = lanes([Contact(date(2026, 1, day), where) for day, where in days], date(2026, 1, 1), date(2026, 2, 1))

    assert [(lane.name, lane.contacts, [mark.contacts for mark in lane.marks]) for lane in drawn.lanes] == [
        ("Gp", 4, [1, 2, 1]),
        ("Ward", 1, [1]),
    ]
    assert len(drawn.hand_offs) == 2
    assert drawn.hand_offs[0].x1 < drawn.hand_offs[0].x2


def test_lanes_leave_out_what_is_outside_the_window_and_keep_what_has_no_organisation():
    contacts = [Contact(date(2025, 12, 31), "gp"), Contact(date(2026, 1, 1), None), Contact(date(2026, 2, 1), "gp")]

    drawn = lanes(contacts, date(2026, 1, 1), date(2026, 2, 1))

    assert [(lane.name, lane.contacts) for lane in drawn.lanes] == [("Organisation not recorded", 1)]
    assert [tick.name for tick in drawn.ticks] == ["Jan 2026"]
