"""A responsibility's page: who holds it right now and why, who held it on a day, and every step; and asking."""

import pytest

from manyhands import acts
from tests.cast import (
    COORDINATOR,
    EVERYONE_CONSENTS,
    FAY_COMES,
    MATRON,
    SOCIAL_WORKER,
    TEAM,
    accepts,
    agrees,
    asks,
    comes_back,
    completes,
    declines,
    gathers,
    goes_away,
    item,
    offers,
    proposes,
    reports,
    takes_on,
)
from tests.workspace.reading import has_form, queries_of, section, text_of

PAGE = f"/teams/{TEAM}/responsibilities/ring"
ASK = f"/teams/{TEAM}/responsibilities/new"
FORM = {
    "what": "Ring Ruth",
    "role": MATRON,
    "deputy": SOCIAL_WORKER,
    "check-day": "20",
    "check-month": "3",
    "check-year": "2026",
    "known": "She says so",
    "in_role": COORDINATOR,
}


def read(story, person="carol", address=PAGE):
    answer = story.as_(person).get(address)
    assert answer.status_code == 200
    return answer


def press(story, person, do, **typed):
    answer = story.as_(person).post(PAGE, {"do": do, **typed})
    story.catch_up()
    return answer


def last(story):
    return story.recorded[-1].act


# ---- asking ------------------------------------------------------------------------------------------------------


def test_something_is_asked_of_a_role_as_it_was_typed(story):
    answer = story.as_("asha").post(ASK, FORM)
    story.catch_up()

    act = last(story)
    assert isinstance(act, acts.Ask)
    assert answer.url == f"/teams/{TEAM}/responsibilities/{act.responsibility}"
    assert (act.what, act.role, act.deputy_role, str(act.first_check_on)) == (
        "Ring Ruth",
        MATRON,
        SOCIAL_WORKER,
        "2026-03-20",
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"what": ""}, "Write what is asked first"),
        ({"known": ""}, "how it will be known to be done"),
        ({"role": ""}, "Choose a role."),
        ({"check-day": "", "check-month": "", "check-year": ""}, "Choose a day for the first check."),
        ({"check-day": "32"}, "write a day that there is"),
        ({"check-year": "2025"}, "is in the past"),
        ({"deputy": MATRON}, "both to hold it and to stand in"),
        ({"role": "nobody"}, "There is no such role"),
        ({"what": "why " * 4000}, "Shorten it to 10,000"),
    ],
)
def test_what_is_in_the_way_of_asking_is_said_and_the_draft_is_kept(story, typed, told):
    answer = story.as_("asha").post(ASK, FORM | typed)

    assert answer.status_code == 422
    assert told in text_of(answer)
    assert "She says so" in text_of(answer) or "known" in typed


@pytest.mark.parametrize("typed", [{"group": "none"}, {"patient": "nobody"}, {"again": "none"}, {"patient": "\0"}])
def test_nothing_is_asked_about_what_this_team_does_not_know(story, typed):
    for answer in (story.as_("asha").get(ASK, typed), story.as_("asha").post(ASK, FORM | typed)):
        assert answer.status_code in (404, 302) if typed == {"patient": "\0"} else answer.status_code == 404


def test_what_was_declined_is_asked_of_another_role_with_what_was_said_before(story):
    story.happened(asks("asha"), declines("carol"))
    assert f"{ASK}?again=ring" in read(story, "asha").content.decode()

    form = read(story, "asha", f"{ASK}?again=ring")
    assert "Ring Ruth after her fall" in text_of(form)
    story.as_("asha").post(ASK, FORM | {"again": "ring", "role": SOCIAL_WORKER, "deputy": COORDINATOR})
    story.catch_up()

    assert (last(story).responsibility, last(story).role) == ("ring", SOCIAL_WORKER)


def test_somebody_without_a_role_is_told_why_they_cannot_ask(story):
    story.happened(*FAY_COMES[:2])

    assert not has_form(read(story, "fay", ASK), ASK)
    assert "you have none in this team yet" in text_of(read(story, "fay", ASK))


# ---- who holds it ------------------------------------------------------------------------------------------------


def test_rs2_who_holds_it_right_now_and_why(story):
    story.happened(asks("asha"), takes_on("carol"))
    assert "Carol Jones , who holds the role." in section(read(story), "holder")

    story.happened(goes_away("carol", days=7))

    told = section(read(story), "holder")
    assert "Dev Patel , as Team manager, standing in for Carol Jones, who is away until 9 March 2026." in told


def test_rs2_who_held_it_on_the_third_of_march(story):
    story.happened(asks("asha"), takes_on("carol"))
    story.later(days=1)
    story.happened(goes_away("carol", days=2))
    story.later(days=5)
    story.happened(completes("carol"))

    def on(day):
        return section(read(story, "asha", f"{PAGE}?on-day={day}&on-month=3&on-year=2026"), "then")

    assert "2 March 2026: Nobody yet : asked of Carol Jones; then Carol Jones , who holds the role." in on(2)
    assert "3 March 2026: Carol Jones , who holds the role; then Dev Patel , as Team manager, standing in" in on(3)
    assert "4 March 2026: Dev Patel , as Team manager, standing in for Carol Jones" in on(4)
    assert "1 March 2026: it was not open" in on(1)


@pytest.mark.parametrize(
    "day", ["on-day=x", "on-day=1&on-month=1&on-year=9999", "on-day=1&on-month=1&on-year=1", "on-day=%00"]
)
def test_a_day_that_is_not_one_is_answered(story, day):
    story.happened(asks("asha"))

    assert story.as_("asha").get(f"{PAGE}?{day}").status_code == 200


def test_an_alarm_stands_at_the_head_while_nobody_present_holds_it(story):
    story.happened(asks("asha"), takes_on("carol"), goes_away("carol"), goes_away("dev"), goes_away("ines"))

    told = text_of(read(story, "asha"))

    assert "Nobody present holds this" in told
    assert "Told: you and Ben Osei." in told


def test_rs9_how_many_could_carry_it_tomorrow(story):
    story.happened(asks("asha"), takes_on("carol"), goes_away("ines"))

    assert "2 people could carry it tomorrow" in section(read(story), "holder")


# ---- taking on, declining, reporting, closing ----------------------------------------------------------------------


def test_the_role_that_was_asked_takes_it_on_and_others_are_told_who_can(story):
    story.happened(asks("asha"))
    assert "This is for the role Community matron to do. Carol Jones can." in text_of(read(story, "dev"))

    assert press(story, "carol", "take-on", in_role=MATRON).url == PAGE

    assert isinstance(last(story), acts.TakeOn)


def test_nobody_is_said_to_hold_what_nobody_has_taken_on(story):
    story.happened(asks("asha"))
    assert "Nobody yet : asked of Carol Jones." in section(read(story), "holder")

    story.happened(takes_on("carol"))

    assert "Carol Jones , who holds the role." in section(read(story), "holder")


def test_declining_needs_a_reason_and_the_box_opens(story):
    story.happened(asks("asha"))

    again = press(story, "carol", "decline", in_role=MATRON)
    assert again.status_code == 422
    assert 'href="#why-decline"' in again.content.decode()
    press(story, "carol", "decline", in_role=MATRON, **{"why-decline": "Nobody on Fridays"})

    told = text_of(read(story))
    assert "Nobody on Fridays" in told
    assert "Nobody : the role that was asked declined" in told


def test_rs19_a_report_says_how_it_is_getting_on_and_makes_it_no_younger(story):
    story.happened(asks("asha"), takes_on("carol"))
    story.later(days=10)

    press(
        story, "dev", "report", in_role=SOCIAL_WORKER, report="No answer yet", progress="cannot-be-done-yet",
        support="yes", **{"next_check-day": "20", "next_check-month": "3", "next_check-year": "2026"},
    )  # fmt: skip

    told = text_of(read(story))
    assert "Cannot be done yet Support needed" in told
    assert "Days in hand 10" in told
    assert "next check 20 March 2026" in told


def test_closing_says_how_it_ended_and_what_happened(story):
    story.happened(asks("asha"), takes_on("carol"))

    assert press(story, "carol", "complete", in_role=MATRON, outcome="done").status_code == 422
    press(story, "carol", "complete", in_role=MATRON, outcome="partly-done", **{"what-happened": "Rung once"})

    told = text_of(read(story))
    assert "Partly done" in told
    assert "Rung once" in told
    assert "It is closed." in told


@pytest.mark.parametrize(
    "typed",
    [
        {"do": ""},
        {"do": "steal"},
        {"do": "report", "progress": "flying", "report": "x", "next_check-day": "99"},
        {"do": "complete", "outcome": "flying", "what-happened": "\0"},
        {"do": "take-on", "in_role": "\0"},
        {"do": "report", "report": "why " * 4000},
    ],
)
def test_whatever_is_pressed_is_answered(story, typed):
    story.happened(asks("asha"), takes_on("carol"))

    assert story.as_("carol").post(PAGE, typed).status_code in (302, 422)


def test_its_history_says_where_it_came_from_and_every_step(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("carol"), takes_on("carol", "visit"))
    story.happened(reports("carol", "visit", says="Two visited"))
    story.happened(offers("carol", "dev", item("responsibility", "visit", MATRON, SOCIAL_WORKER)))
    story.happened(accepts("dev", "responsibility", "visit"))

    page = read(story, "asha", f"/teams/{TEAM}/responsibilities/visit")

    told = section(page, "history")
    for words in (
        "Asked of Community matron",
        "Taken on",
        "Reported: in progress",
        "Two visited",
        "Handed over to Team",
    ):
        assert words in told
    assert "Shall one of us visit each week on behalf of all?" in text_of(page)


def test_a_patient_is_named_only_to_somebody_with_a_reason(story):
    story.happened(gathers("carol"), asks("asha"))
    stands = story.standing.responsibilities["ring"]
    assert stands.patient is None

    story.as_("asha").post(ASK, FORM | {"patient": "ruth"})
    story.catch_up()
    page = read(story, "dev", f"/teams/{TEAM}/responsibilities/{last(story).responsibility}")

    assert "One patient, whom you have no reason to see." in text_of(page)


# ---- who gets what -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "status"), [("asha", 200), ("carol", 200), ("dev", 200), ("esi", 404), ("fay", 404)]
)
def test_its_pages_are_for_members_only(story, person, status):
    story.happened(asks("asha"))

    assert story.as_(person).get(PAGE).status_code == status
    assert story.as_(person).get(ASK).status_code == status
    assert story.as_(person).post(PAGE, {"do": "nothing"}).status_code == (302 if status == 200 else 404)


@pytest.mark.parametrize("which", ["none", "%00", "x" * 300])
def test_a_responsibility_that_is_not_there_is_not_found(story, which):
    assert story.as_("carol").get(f"/teams/{TEAM}/responsibilities/{which}").status_code == 404


def test_the_number_of_queries_does_not_grow_with_its_steps(story):
    story.happened(asks("asha"), takes_on("carol"))
    few = queries_of(story.as_("carol"), PAGE)
    for _ in range(10):
        story.happened(reports("carol"), goes_away("dev", days=1), comes_back("dev"))

    assert queries_of(story.as_("carol"), PAGE) == few
