"""The page What if … left?: asking, reading what would be left, and mending it on one press."""

import html
import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manyhands import acts, who
from manyhands.access.models import Sight
from manyhands.people.models import Person
from tests.cast import (
    FAY_COMES,
    MATRON,
    NURSING,
    SOCIAL_WORKER,
    TEAM,
    asks,
    gathers,
    goes_away,
    invites,
    joins,
    proposes,
    removes,
    takes_on,
)
from tests.workspace.test_groups import gathers as gathers_from_records
from tests.workspace.test_groups import id_of

PAGE = f"/teams/{TEAM}/what-if"


def text_of(response):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def drill_of(response):
    found = re.search(r'<section class="mh-drill".*?</section>', response.content.decode(), flags=re.DOTALL)
    assert found, "nothing was drilled"
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", found[0])))


def read(story, person="asha", **query):
    response = story.as_(person).get(PAGE, query)
    assert response.status_code == 200
    return response


def test_without_a_question_the_page_shows_who_covers_what_and_what_depends_on_one_person(story):
    page = text_of(read(story))

    assert "Who covers what" in page
    assert "Community matron , Community Nursing: Carol Jones" in page
    assert "What depends on one person" in page
    assert "The role Community matron, Community Nursing" in page
    assert "Community Nursing could not be heard" in page


def test_people_are_in_the_order_of_the_alphabet_and_never_counted(story):
    story.happened(*FAY_COMES)

    page = read(story).content.decode()

    one = page[page.index('id="one-heading"') :]
    assert one.index("Carol Jones") < one.index("Fay Adeyemi")
    assert not re.search(r"\d", text_of_fragment(one[: one.index("</section>")]))


def text_of_fragment(fragment):
    return html.unescape(re.sub(r"<[^>]+>", " ", fragment))


def test_the_drill_says_what_would_be_left_and_by_what_it_would_be_mended(story):
    story.happened(proposes("asha"), invites("carol", "fay", NURSING), joins("fay").speaking_for(NURSING))

    drilled = drill_of(read(story, who="person:carol"))

    assert "If Carol Jones left" in drilled
    assert "2 things left with nobody" in drilled
    assert "waiting for it: “Shall one of us visit each week on behalf of all?”" in drilled
    assert "Make Fay Adeyemi deputy for the role Community matron" in drilled
    assert "Mends 2 things" in drilled


def test_pressing_what_is_offered_makes_it_disappear(story):
    story.happened(invites("carol", "fay", NURSING), joins("fay").speaking_for(NURSING))
    typed = {"who": "person:carol", "role": MATRON, "person": "fay"}

    response = story.as_("carol").post(f"{PAGE}/deputise", typed)
    story.catch_up()

    assert response["location"] == f"{PAGE}?who=person%3Acarol"
    assert isinstance(story.acts_done[-1], acts.Deputise)
    assert "Nothing would be left bare" in drill_of(read(story, who="person:carol"))


def test_somebody_who_may_not_is_told_who_can(story):
    story.happened(invites("carol", "fay", NURSING), joins("fay").speaking_for(NURSING))
    page = read(story, "dev", who="person:carol")
    assert "Make Fay Adeyemi deputy for the role Community matron: Carol Jones can." in drill_of(page)
    assert "what-if/deputise" not in page.content.decode()

    typed = {"who": "person:carol", "role": MATRON, "person": "fay"}
    response = story.as_("dev").post(f"{PAGE}/deputise", typed)

    assert response.status_code == 422
    assert "Only the person it is about" in text_of(response)


def test_whoever_holds_it_is_led_to_the_hand_over_page(story):
    story.happened(*FAY_COMES, asks("asha", role=MATRON, deputy_role="link-worker"), takes_on("carol"))
    story.happened(removes("asha", "fay"))

    page = read(story, "carol", who="person:carol").content.decode()

    assert f'href="/teams/{TEAM}/hand-over?to=dev"' in page


def test_a_role_and_an_organisation_can_be_asked_about_too(story):
    story.happened(asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev"), goes_away("carol"))

    assert "If nobody were in the role Team manager" in drill_of(read(story, who="role:social-worker"))
    assert "Ring Ruth after her fall" in drill_of(read(story, who="organisation:council"))


def test_a_day_to_come_counts_the_absences_that_are_known(story):
    story.happened(goes_away("ines", in_days=5, days=5))
    assert "Nothing would be left bare" in drill_of(read(story, who="person:dev"))

    on = {"on-day": "9", "on-month": "3", "on-year": "2026"}

    drilled = drill_of(read(story, who="person:dev", **on))
    assert "If Dev Patel left on 9 March 2026" in drilled
    assert "The role Team manager, Adult Social Care" in drilled


def test_what_is_bare_already_is_told_apart(story):
    story.happened(goes_away("carol"))

    drilled = drill_of(read(story, who="person:carol"))

    assert "Nothing more would be left bare" in drilled
    assert "With nobody already, whoever leaves (2)" in drilled


def test_without_records_the_page_says_so_and_how_to_load_them(story):
    story.happened(gathers("asha"))

    assert "no records of care are loaded" in drill_of(read(story, who="person:carol"))


def test_people_whom_nobody_else_here_knows_are_named_to_those_who_may_see_them_and_the_sight_is_written_down(records):
    records.happened(gathers_from_records("asha", "ruth", "una"))
    una = id_of("una")

    page = read(records, who="person:carol")

    drilled = drill_of(page)
    assert "1 person whom nobody else here knows" in drilled
    assert "Una" in drilled
    assert "Ruth" not in drilled
    assert f'href="/teams/{TEAM}/responsibilities/new?patient={una}&amp;role=' in page.content.decode()
    assert Sight.objects.filter(person="asha", patient=una, page="what-if").exists()


def test_whom_nobody_knows_is_counted_back_from_where_the_records_end_and_the_page_says_so(records):
    records.happened(gathers_from_records("asha", "ruth", "una"))
    assert "in the year to 27 February 2026, where the records end" in drill_of(read(records, who="person:carol"))

    Person.objects.update(record="")

    drilled = drill_of(read(records, who="person:carol"))
    assert "cannot be said" in drilled
    assert "they name nobody who works here" in drilled
    assert "person whom nobody else here knows" not in drilled


def test_asking_somebody_to_get_to_know_them_begins_with_who_what_and_which_role_and_marks_the_line(records):
    records.happened(gathers_from_records("asha", "ruth", "una"))
    una = id_of("una")
    page = read(records, who="person:carol").content.decode()
    href = html.unescape(re.search(r'href="([^"]*/responsibilities/new[^"]*)"', page)[1])

    form = records.as_("asha").get(href)

    assert "About Una" in text_of(form)
    assert "Get to know this person" in form.content.decode()
    chosen = re.findall(r'<option value="([^"]+)" selected>', form.content.decode())
    assert len(chosen) == 2
    assert MATRON not in chosen

    role, deputy = chosen
    about = {"patient": who.Patient(una), "role": who.Role(role), "deputy_role": who.Role(deputy)}
    records.happened(lambda story: replace(asks("asha")(story), **about))

    drilled = drill_of(read(records, who="person:carol"))
    assert "Asked on " in drilled
    assert "to get to know this person" not in drilled


def test_asking_with_nothing_chosen_says_what_to_choose(story):
    page = read(story, who="")

    assert "Error: Choose who or what might go." in text_of(page)
    assert 'aria-describedby="who-error"' in page.content.decode()
    assert "Choose who or what might go" not in text_of(read(story))


def test_somebody_without_a_basis_reads_only_how_many_they_are(records):
    records.happened(gathers_from_records("asha", "una"), invites("asha", "fay"), joins("fay"))

    drilled = drill_of(read(records, "fay", who="person:carol"))

    assert "Una" not in drilled
    assert "1 person whom you have no reason to see here" in drilled


@pytest.mark.parametrize(
    "query",
    [
        {"who": "person:nobody"},
        {"who": "person:\0"},
        {"who": "cat:tom"},
        {"who": "x" * 5000},
        {"on-day": "31", "on-month": "2", "on-year": "2026"},
        {"on-day": "1", "on-month": "1", "on-year": "1999"},
        {"who": "person:dev", "on-day": "1", "on-month": "1", "on-year": "9999"},
    ],
)
def test_a_question_that_makes_no_sense_is_answered_with_the_page(story, query):
    assert "Who covers what" in text_of(read(story, **query))


@pytest.mark.parametrize("typed", [{}, {"role": "\0", "person": "\0"}, {"role": MATRON, "person": "esi"}])
def test_a_press_that_makes_no_sense_records_nothing(story, typed):
    before = len(story.recorded)

    response = story.as_("asha").post(f"{PAGE}/deputise", typed)
    story.catch_up()

    assert response.status_code == 422
    assert len(story.recorded) == before


def test_nobody_outside_the_team_gets_to_it(story):
    assert story.as_("esi").get(PAGE, {"who": "person:carol"}).status_code == 404
    assert story.as_("esi").post(f"{PAGE}/deputise", {"role": MATRON, "person": "esi"}).status_code == 404


def test_the_page_asks_as_much_of_the_database_for_a_few_things_as_for_many(story):
    few = queries(story)

    for number in range(20):
        story.happened(asks("asha", f"door-{number}"), takes_on("carol", f"door-{number}"))

    assert queries(story) == few


def queries(story):
    client = story.as_("asha")
    client.get(PAGE, {"who": "person:carol"})
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE, {"who": "person:carol"})
    return len(captured)
