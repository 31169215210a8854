"""Group decisions reach each person, on the pages: the bar, the lines, reporting on many at once, and closing."""

import re
from dataclasses import replace

import pytest

from manyhands import acts, who
from manyhands.access.models import Sight
from tests import small_records
from tests.cast import (
    EVERYONE_CONSENTS,
    FAY_COMES,
    TEAM,
    agrees,
    asks,
    completes,
    includes,
    proposes,
    releases,
    reports_on,
    takes_on,
)
from tests.workspace.reading import queries_of, section, text_of
from tests.workspace.test_groups import gathers, id_of

PAGE = f"/teams/{TEAM}/responsibilities/ring"


@pytest.fixture
def story(story, store, settings):
    """Ruth and Sam are in a group, and Carol's role has taken something on for each of them."""
    small_records.settle(settings, store)
    story.happened(gathers("asha", "ruth", "sam"), asks("asha", group="frail"), takes_on("carol"))
    return story


def read(story, person="carol", address=PAGE):
    answer = story.as_(person).get(address)
    assert answer.status_code == 200
    return answer


def report(story, person="carol", *names, address=PAGE, **typed):
    form = {"do": "people", "whom": "ticked", "made_at": story.now.isoformat(), "patients": [id_of(n) for n in names]}
    answer = story.as_(person).post(address, form | {name.replace("_", "-"): value for name, value in typed.items()})
    story.catch_up()
    return answer


def _reports_on(*names):
    """Carol reports on people who are on file by then."""
    return lambda story: reports_on("carol", *[id_of(name) for name in names])(story)


def last(story):
    return story.recorded[-1].act


def test_the_page_draws_how_far_it_has_reached_with_the_numbers_beside(story):
    story.happened(reports_on("carol", id_of("ruth")))

    page = read(story)

    bar = '<rect class="mh-reach__part mh-reach__part--done" x="0" y="0" width="1" height="12"/>'
    at_the_top, among_each_person = page.content.decode().split('id="people"')
    assert (at_the_top.count(bar), among_each_person.count(bar)) == (1, 1)
    assert "Done People 1" in section(page, "people")
    assert "Not started People 1" in section(page, "people")


def test_each_person_has_a_line_with_what_was_said_and_each_sight_is_written_down(story):
    story.happened(reports_on("carol", id_of("sam"), reached=acts.Reached.CANNOT, because="No telephone"))
    lines = section(read(story), "people")

    assert re.search(r"Sam \w+.*Cannot be done.*No telephone Carol Jones.*Ruth Moss.*Not started.*Nothing yet", lines)
    assert sorted(Sight.objects.filter(page="responsibility").values_list("patient", flat=True)) == sorted(
        [id_of("ruth"), id_of("sam")]
    )


def test_several_are_reported_on_in_one_press(story):
    answer = report(story, "carol", "ruth", "sam", reached="done")

    assert answer.url == f"{PAGE}?page=1#people"
    assert (last(story).patients, last(story).reached) == ((id_of("ruth"), id_of("sam")), acts.Reached.DONE)
    page = text_of(read(story))
    assert "On the record for 2 people: done." in text_of(story.as_("carol").get(PAGE)) or "Done People 2" in page
    assert "Reported on 2 people of the group: done" in page


def test_everybody_who_is_still_open_is_reported_on_without_ticking_and_nobody_who_came_meanwhile(story):
    story.happened(reports_on("carol", id_of("ruth")))
    made_at = story.now.isoformat()
    story.later(minutes=5)
    story.happened(gathers("asha", "ruth", "sam", "tess"))

    everybody = {"do": "people", "whom": "open", "reached": "in-progress"}
    for no_moment in ("", "yesterday", "9999-12-31T23:59:59-23:59"):
        refused = story.as_("carol").post(PAGE, everybody | {"made_at": no_moment})
        assert (refused.status_code, type(last(story))) == (422, acts.Gather)

    story.as_("carol").post(PAGE, everybody | {"made_at": made_at})
    story.catch_up()

    assert last(story).patients == (id_of("sam"),)


@pytest.mark.parametrize(
    ("names", "typed", "box", "told"),
    [
        ((), {"reached": "done"}, "whom", "Tick at least one person."),
        (("ruth",), {}, "reached", "Say how far it has come for them."),
        (("ruth",), {"reached": "gone"}, "reached", "Say how far it has come for them."),
        (("ruth",), {"reached": "exception"}, "why-people", "Say why: what is not done for somebody needs a reason"),
    ],
)
def test_what_is_in_the_way_is_said_beside_its_box_and_what_was_ticked_and_typed_is_kept(
    story, names, typed, box, told
):
    answer = report(story, "carol", *names, why_people="" if box == "why-people" else "By the door", **typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(rf'<a href="#{box}">{told}', page)
    assert page.count(" checked") >= len(names)
    assert not names or f'value="{id_of("ruth")}" checked' in page
    assert box == "why-people" or "\nBy the door</textarea>" in page
    assert not isinstance(last(story), acts.ReportOnPeople)


@pytest.mark.parametrize("patients", [["nobody"], ["\0"], ["x" * 900], [""]])
def test_nobody_outside_the_group_is_reported_on_whatever_is_sent(story, patients):
    answer = story.as_("carol").post(PAGE, {"do": "people", "reached": "done", "patients": patients})

    assert answer.status_code == 422
    assert "not in the group" in text_of(answer)


def test_whoever_cannot_report_sees_the_lines_and_no_form(story):
    page = read(story, "asha")

    assert "Ruth Moss" in section(page, "people")
    assert 'name="patients"' not in page.content.decode()
    assert report(story, "asha", "ruth", reached="done").status_code == 422


def test_a_member_without_a_role_sees_counts_and_nobody(story):
    story.happened(*FAY_COMES[:2], reports_on("carol", id_of("sam"), reached=acts.Reached.CANNOT, because="Fell out"))

    page = text_of(read(story, "fay"))

    assert "Cannot be done People 1" in page
    assert "Sam" not in page
    assert "Fell out" not in page
    assert not Sight.objects.filter(person="fay").exists()


def test_whoever_came_later_and_whoever_was_let_go_are_shown_as_such(story):
    story.happened(reports_on("carol", id_of("ruth")), releases("asha", id_of("sam"), "Moved to Leeds"))
    story.happened(gathers("asha", "ruth", "tess"))

    lines = section(read(story), "people")

    assert re.search(r"Tess \w+.*Came later since 2 March 2026.*Ruth Moss.*from the beginning", lines)
    assert "Let go 2 March 2026" in lines
    assert "1 person has left the group since it was asked" in lines
    assert "Moved to Leeds" not in lines  # nobody has a basis any more to read about Sam


def test_closing_it_as_done_is_refused_while_somebody_is_open_and_one_tick_says_it_of_the_rest(story):
    close = {"do": "complete", "outcome": "done", "what-happened": "Rung, all of them"}
    before = text_of(read(story))
    assert "It is not done for 2 people in the group yet." in before

    refused = story.as_("carol").post(PAGE, close)

    assert refused.status_code == 422
    assert "It is not done for 2 people in the group yet. Say of each that it is done" in text_of(refused)
    assert "\nRung, all of them</textarea>" in refused.content.decode()

    story.as_("carol").post(PAGE, close | {"rest": "done"})
    story.catch_up()

    reported, closed = (entry.act for entry in story.recorded[-2:])
    assert set(reported.patients) == {id_of("ruth"), id_of("sam")}
    assert closed.outcome is acts.Outcome.DONE


def test_closing_it_as_partly_done_leaves_those_it_did_not_reach_on_the_record(story):
    story.happened(reports_on("carol", id_of("ruth")))
    story.as_("carol").post(PAGE, {"do": "complete", "outcome": "partly-done", "what-happened": "Ruth", "rest": "done"})
    story.catch_up()

    assert isinstance(last(story), acts.Complete)
    assert "Not started People 1" in section(read(story), "people")


def test_people_who_came_after_it_was_closed_are_shown_with_what_to_do(story):
    story.happened(completes("carol", outcome=acts.Outcome.PARTLY), gathers("asha", "ruth", "sam", "tess"))

    people = section(read(story), "people")

    assert "1 person has come into the group since it was closed , and it does not reach them." in people
    assert f"responsibilities/new?group={who.Group('frail')}" in read(story).content.decode()


def test_the_record_says_on_how_many_and_never_on_whom_or_why(story):
    story.happened(reports_on("carol", id_of("sam"), reached=acts.Reached.EXCEPTION, because="His son rings him"))

    history = text_of(read(story, address=f"/teams/{TEAM}/history"))

    assert "reported on “Ring Ruth after her fall” for 1 person of the group: an exception" in history
    assert "His son rings him" not in history


def test_the_page_takes_as_many_queries_however_many_people_are_in_the_group(story):
    few = queries_of(story.as_("carol"), PAGE)

    story.happened(gathers("asha", "ruth", "sam", "tess"), _reports_on("ruth", "tess"))

    assert queries_of(story.as_("carol"), PAGE) == few


def test_a_page_that_is_not_there_shows_the_last_one(story):
    assert "Ruth Moss" in section(read(story, address=f"{PAGE}?page=9"), "people")


def test_what_is_about_no_group_has_no_such_part(story):
    story.happened(asks("asha", "once"), takes_on("carol", "once"))

    assert "How far it has reached" not in text_of(read(story, address=PAGE.replace("ring", "once")))


def test_an_empty_group_says_what_to_do(story):
    story.happened(releases("asha", id_of("ruth")), releases("asha", id_of("sam")))
    story.happened(asks("asha", "again", group="frail"))

    people = section(read(story, address=PAGE.replace("ring", "again")), "people")

    assert "Nobody is in the group. Put somebody in, or gather it again" in people
    story.happened(includes("asha", id_of("ruth")))
    assert "Ruth Moss" in section(read(story, address=PAGE.replace("ring", "again")), "people")


# ---- on the page of the group, of the person, and of the review --------------------------------------------------


DECISION = (lambda s: replace(proposes("carol")(s), group=who.Group("frail")), *EVERYONE_CONSENTS, agrees("asha"))


def decided(story):
    """A decision about the group, and what follows from it taken on."""
    story.happened(*DECISION, takes_on("carol", "visit"))
    return story


def test_the_group_shows_how_far_each_responsibility_has_reached(story):
    story.happened(reports_on("carol", id_of("ruth")))
    page = read(story, address=f"/teams/{TEAM}/groups/frail")

    assert "Ring Ruth after her fall How far it has reached 1 of 2 done · 1 not started" in section(
        page, "held-heading"
    )
    assert 'class="mh-reach__part mh-reach__part--done"' in page.content.decode()
    assert re.search(r"Ruth Moss.*Done of what is held for the group 1 of 1 ", section(page, "people-heading"))


def test_the_group_says_so_where_nothing_was_said_of_anybody(story):
    page = read(story, address=f"/teams/{TEAM}/groups/frail")

    assert "Nothing said of any of the 2 people yet" in section(page, "held-heading")


def test_the_group_takes_as_many_queries_however_many_responsibilities_reach_how_far(story):
    decided(story)
    few = queries_of(story.as_("carol"), f"/teams/{TEAM}/groups/frail")

    story.happened(asks("asha", "more", group="frail"), takes_on("carol", "more"))
    story.happened(reports_on("carol", id_of("ruth")), reports_on("carol", id_of("sam"), responsibility="visit"))

    assert queries_of(story.as_("carol"), f"/teams/{TEAM}/groups/frail") == few


def test_the_person_s_page_says_what_was_decided_for_people_like_them_and_whether_it_is_done(story):
    decided(story)
    said = {"responsibility": "visit", "reached": acts.Reached.EXCEPTION, "because": "Wants to see nobody"}
    story.happened(reports_on("carol", id_of("ruth"), **said))

    lines = section(read(story, address=f"/teams/{TEAM}/people/{id_of('ruth')}"), "decided-heading")

    assert re.search(r"Ring Ruth after her fall.*Not started.*Asked by Asha Rahman.*Carol Jones", lines)
    assert re.search(
        r"Visit each person once a week For them An exception Wants to see nobody Carol Jones.*"
        r"Shall one of us visit each week on behalf of all\? 2 March 2026 Who holds it Carol Jones",
        lines,
    )
    assert "Wants to see nobody" not in section(
        read(story, address=f"/teams/{TEAM}/people/{id_of('sam')}"), "decided-heading"
    )


def test_the_person_s_page_says_what_does_not_reach_them(story):
    story.happened(completes("carol", outcome=acts.Outcome.PARTLY), gathers("asha", "ruth", "sam", "tess"))

    lines = section(read(story, address=f"/teams/{TEAM}/people/{id_of('tess')}"), "decided-heading")

    assert "Does not reach them It was closed before they came into the group" in lines


def test_the_person_s_page_takes_as_many_queries_however_much_was_decided(story):
    address = f"/teams/{TEAM}/people/{id_of('ruth')}"
    few = queries_of(story.as_("carol"), address)

    decided(story)
    story.happened(reports_on("carol", id_of("ruth")), reports_on("carol", id_of("ruth"), responsibility="visit"))

    assert queries_of(story.as_("carol"), address) == few


def test_a_review_sets_how_many_people_were_reached_beside_what_was_expected(story):
    decided(story)
    story.happened(reports_on("carol", id_of("ruth"), responsibility="visit"))

    page = read(story, address=f"/teams/{TEAM}/proposals/visits/review")

    expected = section(page, "expected")
    assert "Responsibilities done 0 of 1" in expected
    assert "People for whom all of it is done 1 of 2" in expected
    assert "1 of 2 done · 1 not started" in expected
    assert "Moss" not in text_of(page)


def test_a_review_of_what_is_about_no_group_counts_nobody(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("asha"), takes_on("carol", "visit"))
    story.happened(completes("carol", "visit"))

    expected = section(read(story, address=f"/teams/{TEAM}/proposals/visits/review"), "expected")

    assert "Responsibilities done 1 of 1" in expected
    assert "People for whom" not in expected
