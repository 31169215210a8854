"""Saying what moved one, on a proposal's page."""

from tests.cast import TEAM, amends, comments, consents, is_moved, objects, proposes, resolves
from tests.workspace.reading import has_form, section, text_of

PAGE = f"/teams/{TEAM}/proposals/visits"


def changed(story):
    story.happened(proposes("carol"), objects("dev"), comments("carol"), amends("carol"), resolves("dev"))
    story.happened(consents("dev", version=2))
    return story.standing.number


def press(story, person, **typed):
    answer = story.as_(person).post(f"{PAGE}/moved", typed)
    story.catch_up()
    return answer


def test_only_somebody_who_changed_their_answer_is_asked_what_moved_them(story):
    story.happened(proposes("carol"), objects("dev"))
    assert not has_form(story.as_("dev").get(PAGE), f"{PAGE}/moved")

    story.happened(comments("carol"), amends("carol"), resolves("dev"), consents("dev", version=2))

    assert "Safety concern → became Consent" in section(story.as_("dev").get(PAGE), "moved")
    assert not has_form(story.as_("carol").get(PAGE), f"{PAGE}/moved")


def test_what_was_written_before_it_by_others_can_be_chosen_and_stands_beside_the_answer_for_both(story):
    number = changed(story)
    shown = section(story.as_("dev").get(PAGE), "moved")
    assert "Carol Jones: comment" in shown
    assert "Carol Jones: change of the proposal" in shown
    assert "Dev Patel:" not in shown

    answer = press(story, "dev", position=number, **{f"moved-{number}": f"entry {number - 3}"})

    assert answer.status_code == 302
    for reader in ("dev", "carol"):
        assert "Moved by Carol Jones (comment)" in text_of(story.as_(reader).get(PAGE))
    assert f'value="entry {number - 3}" selected' in story.as_("dev").get(PAGE).content.decode()


def test_a_visit_needs_its_day_and_nobody_who_was_visited(story):
    number = changed(story)
    answer = press(story, "dev", position=number, **{f"moved-{number}": "visit"})
    assert answer.status_code == 422
    assert "Give the day of the visit" in text_of(answer)

    boxes = {f"visited-{number}-day": "1", f"visited-{number}-month": "3", f"visited-{number}-year": "2026"}
    press(story, "dev", position=number, **{f"moved-{number}": "visit"}, **boxes)

    assert "Moved by a visit on 1 March" in text_of(story.as_("asha").get(PAGE))


def test_it_is_taken_back_by_choosing_nothing(story):
    number = changed(story)
    story.happened(is_moved("dev", number, person="carol"))
    assert "Moved by Carol Jones" in text_of(story.as_("asha").get(PAGE))

    press(story, "dev", position=number, **{f"moved-{number}": ""})

    assert "Moved by" not in text_of(story.as_("asha").get(PAGE))


def test_nobody_says_it_for_another_and_whatever_is_pressed_is_answered(story):
    number = changed(story)
    before = story.standing.number

    for typed in (
        {},
        {"position": "x"},
        {"position": str(number), f"moved-{number}": f"entry {number + 5}"},
        {"position": str(number), f"moved-{number}": "entry 99999999999999999999"},
        {"position": str(number), f"moved-{number}": "person esi\0"},
        {"position": str(number), f"moved-{number}": "person dev"},
        {"position": str(number - 1), f"moved-{number - 1}": "person carol"},
    ):
        assert press(story, "dev", **typed).status_code in (302, 422)
    assert press(story, "carol", position=number, **{f"moved-{number}": "person carol"}).status_code == 422
    assert story.standing.number <= before + 1
