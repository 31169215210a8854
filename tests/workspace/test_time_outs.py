"""Sessions end by themselves, people are warned, and nothing of what they were typing is lost."""

import time
from datetime import timedelta

import pytest
from django.test import Client

from manyhands.people.models import Person
from manyhands.workspace.models import KeptForm
from tests.cast import TEAM, proposes
from tests.workspace.reading import text_of
from tests.workspace.workplace import sign_in

pytestmark = pytest.mark.database

NEW = f"/teams/{TEAM}/matters/new"
MINUTE = 60


class Wall:
    """The clock on the wall, which sessions go by."""

    def __init__(self):
        self.now = time.time()

    def later(self, minutes):
        self.now += minutes * MINUTE


@pytest.fixture
def wall(monkeypatch):
    wall = Wall()
    monkeypatch.setattr("time.time", lambda: wall.now)
    return wall


def kept_from(client, words="They fall on the stairs, Mrs Moss too"):
    """Carol sends what she wrote after half an hour: she is asked to sign in."""
    return client.post(
        NEW, {"matter": words, "csrfmiddlewaretoken": "x"}, headers={"referer": f"http://testserver{NEW}"}
    )


def test_after_half_an_hour_without_doing_anything_one_is_signed_out_and_then_led_back(story, wall):
    client = story.as_("carol")
    client.get("/")
    wall.later(29)
    assert client.get(f"/teams/{TEAM}/").status_code == 200
    wall.later(31)

    answer = client.get(f"/teams/{TEAM}/members?a=b")

    assert answer.url == f"/sign-in?next=%2Fteams%2F{TEAM}%2Fmembers%3Fa%3Db"
    assert "You were signed out" in text_of(client.get(answer.url))
    assert client.get("/").status_code == 302


def test_after_twelve_hours_one_is_signed_out_however_busy(story, wall):
    client = story.as_("carol")
    for _ in range(12 * 60 // 20):
        assert client.get("/").status_code == 200
        wall.later(20)
    wall.later(1)

    assert client.get("/").status_code == 302


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in_and_is_left_as_it_is(story, wall):
    client = story.as_("carol")
    client.get("/")
    for _ in range(29):
        wall.later(1)
        assert client.get("/still-here").status_code == 200
    wall.later(2)

    assert client.get("/still-here").status_code == 401
    assert client.get("/").status_code == 302


def test_somebody_who_says_that_they_are_still_there_has_another_half_hour(story, wall):
    client = story.as_("carol")
    client.get("/")
    wall.later(29)
    assert client.get("/still-here").json() == {"seconds": 60}

    assert client.post("/still-here").json() == {"seconds": 1800}

    wall.later(29)
    assert client.get("/").status_code == 200


def test_a_page_says_how_long_there_is_and_what_it_would_say_then(story, wall):
    page = story.as_("carol").get("/").content.decode()

    assert 'data-seconds="1800"' in page
    assert "You will be signed out in two minutes" in page
    assert "Stay signed in" in page
    assert "data-seconds" not in Client().get("/sign-in").content.decode()


def test_what_was_sent_too_late_is_in_its_form_again_after_signing_in_and_was_not_sent(story, wall):
    client = story.as_("carol")
    client.get(NEW)
    before = len(story.acts_done)
    wall.later(31)

    asked = kept_from(client)
    assert asked.url == f"/sign-in?next=%2Fteams%2F{TEAM}%2Fmatters%2Fnew"
    assert "What you had written is kept" in text_of(client.get(asked.url))

    sign_in(client, Person.objects.get(id="carol"))
    page = client.get(NEW)
    assert "What you had written is in its form again" in text_of(page)
    assert "They fall on the stairs, Mrs Moss too</textarea>" in page.content.decode()
    story.catch_up()
    assert len(story.acts_done) == before

    assert client.post(NEW, {"matter": "They fall on the stairs, Mrs Moss too"}).status_code == 302
    story.catch_up()
    assert len(story.acts_done) == before + 1
    assert "Look at it, and send it" not in text_of(client.get(NEW))
    assert not KeptForm.objects.exists()


def test_what_is_sent_out_of_a_second_window_after_the_first_was_signed_out_is_kept_as_well(story, wall):
    client = story.as_("carol")
    client.get(NEW)
    wall.later(31)
    assert client.get("/").status_code == 302

    asked = kept_from(client)
    assert asked.url == f"/sign-in?next=%2Fteams%2F{TEAM}%2Fmatters%2Fnew"

    sign_in(client, Person.objects.get(id="carol"))
    assert "They fall on the stairs, Mrs Moss too" in text_of(client.get(NEW))


def test_nothing_is_kept_of_somebody_who_signed_out(story, wall):
    client = story.as_("carol")
    client.get(NEW)
    client.post("/sign-out")

    assert kept_from(client).status_code == 302

    assert not KeptForm.objects.exists()


def test_what_is_typed_to_sign_in_is_not_kept(story, wall):
    client = story.as_("carol")
    client.get("/")
    wall.later(31)
    client.get("/")

    client.post("/sign-in", {"email": "carol@example.org", "password": "not hers"})

    assert not KeptForm.objects.exists()


def test_it_is_there_for_nobody_else_on_the_same_machine(story, wall):
    client = story.as_("carol")
    client.get(NEW)
    wall.later(31)
    kept_from(client)

    sign_in(client, Person.objects.get(id="asha"))
    page = client.get(NEW)
    assert "stairs" not in text_of(page)
    assert "Look at it, and send it" not in text_of(page)

    client.logout()
    sign_in(client, Person.objects.get(id="carol"))
    assert "stairs" in text_of(client.get(NEW))


def test_it_cannot_be_read_off_the_database_and_has_no_password_in_it(story, wall):
    client = story.as_("carol")
    client.get(NEW)
    wall.later(31)
    kept_from(client)
    assert "stairs" not in KeptForm.objects.get().fields
    KeptForm.objects.all().delete()

    sign_in(client, Person.objects.get(id="carol"))
    client.get("/")
    wall.later(31)
    client.post("/your-sign-in/password", {"password": "seven quiet otters", "again": "seven quiet otters"})

    assert not KeptForm.objects.exists()


def test_after_a_day_it_is_gone(story, wall):
    client = story.as_("carol")
    client.get(NEW)
    wall.later(31)
    kept_from(client)
    story.now += timedelta(days=1, minutes=1)

    sign_in(client, Person.objects.get(id="carol"))

    assert "stairs" not in text_of(client.get(NEW))


def test_a_proposal_of_many_boxes_comes_back_whole(story, wall):
    client = story.as_("carol")
    here = f"/teams/{TEAM}/proposals/new"
    client.get(here)
    wall.later(31)
    typed = {
        "question": "Shall one of us visit & ring?",
        "option-1": "Yes, <b>weekly</b>",
        "affected": ["council", "nursing"],
        "what-1": 'Visit "each" person',
        "role-1": "social-worker",
        "check-1-day": "3",
    }
    client.post(here, typed, headers={"referer": f"http://testserver{here}"})

    sign_in(client, Person.objects.get(id="carol"))
    page = client.get(here).content.decode()

    assert "Shall one of us visit &amp; ring?" in page
    assert "Yes, &lt;b&gt;weekly&lt;/b&gt;" in page
    assert "Visit &quot;each&quot; person" in page
    for value in ("council", "nursing"):
        boxes = [each for each in page.split("<input")[1:] if 'name="affected"' in each]
        box = next(each for each in boxes if f'value="{value}"' in each)
        assert " checked" in box.split(">")[0]
    assert 'value="social-worker" selected' in page
    assert "no box for this" not in page


def test_where_its_form_is_no_longer_there_the_words_are_shown(story, wall):
    story.happened(proposes("carol"))
    client = story.as_("dev")
    here = f"/teams/{TEAM}/proposals/visits"
    client.get(here)
    wall.later(31)
    client.post(f"{here}/gone", {"because": "The stairs are dark"}, headers={"referer": f"http://testserver{here}"})

    sign_in(client, Person.objects.get(id="dev"))
    page = text_of(client.get(here))

    assert "has no box for this any more" in page
    assert "The stairs are dark" in page


@pytest.mark.parametrize("from_where", ["https://elsewhere.example/x", "", "not an address", "//elsewhere.example"])
def test_nobody_is_led_elsewhere_by_what_a_browser_says_of_the_page_before(story, wall, from_where):
    client = story.as_("carol")
    client.get("/")
    wall.later(31)

    assert client.post(NEW, {"matter": "x"}, headers={"referer": from_where}).url == "/sign-in?next=%2F"


def test_a_part_of_a_page_that_htmx_asks_for_leads_the_whole_page_to_signing_in(story, wall):
    client = story.as_("carol")
    client.get("/")
    wall.later(31)

    answer = client.get(f"/teams/{TEAM}/history", headers={"hx-request": "true"})

    assert answer.headers["HX-Redirect"].startswith("/sign-in?next=")


def test_looking_after_sessions_costs_no_question_to_the_database_once_it_has_begun(
    story, wall, django_assert_num_queries
):
    client = story.as_("carol")
    client.get("/still-here")

    with django_assert_num_queries(2):  # the session, and whose it is
        client.get("/still-here")
