"""Writing down what somebody says in the room, and confirming it or putting it right, on a proposal's page."""

from manyhands import acts
from tests.cast import COORDINATOR, MATRON, SOCIAL_WORKER, TEAM, agrees, consents, objects, proposes, records
from tests.workspace.reading import section, text_of

PAGE = f"/teams/{TEAM}/proposals/visits"
DEV = f"dev|{SOCIAL_WORKER}"


def read(story, person="carol"):
    answer = story.as_(person).get(PAGE)
    assert answer.status_code == 200
    return answer


def press(story, person, button, **typed):
    answer = story.as_(person).post(f"{PAGE}/{button}", typed)
    story.catch_up()
    return answer


def last(story):
    return story.recorded[-1].act


def puts_right(story, person, stance, because=""):
    number = len(story.recorded)
    typed = {"recorded": number, "do": "correct", f"right-{number}-stance": stance, f"right-{number}": because}
    return press(story, person, "put-right", **typed)


def test_whoever_could_speak_can_be_chosen_and_what_they_say_is_marked(story):
    story.happened(proposes("carol"))
    page = read(story).content.decode()
    assert f'value="{DEV}"' in page
    assert 'value="carol|' not in page

    said = {"said_by": DEV, "stance": "concern", "said-words": "Parking", "version": 1, "in_role": MATRON}
    press(story, "carol", "record-position", **said)

    act = last(story)
    assert (act.by, act.said_by, act.said_in, act.stance) == ("carol", "dev", SOCIAL_WORKER, acts.Stance.CONCERN)
    assert "Recorded by Carol Jones Not confirmed by Dev Patel" in text_of(read(story))


def test_a_condition_and_a_safety_concern_are_written_down_whole(story):
    story.happened(proposes("carol"))
    said = {"said_by": DEV, "stance": "condition", "said-words": "A diary", "said-who": COORDINATOR, "version": 1}

    press(story, "carol", "record-position", **said)
    assert (last(story).fulfilled_by, len(story.standing.conditions)) == (COORDINATOR, 1)
    press(story, "carol", "record-position", **said | {"stance": "object"})

    assert [objection.by for objection in story.standing.objections.values()] == ["dev"]


def test_what_is_missing_is_said_beside_its_box(story):
    story.happened(proposes("carol"))

    nothing = press(story, "carol", "record-position", version=1)
    assert nothing.status_code == 422
    assert "Choose who says it." in text_of(nothing)
    assert "Choose one of the six answers." in text_of(nothing)
    unsaid = press(story, "carol", "record-position", said_by=DEV, stance="object", version=1)

    assert unsaid.status_code == 422
    assert 'id="said-words-error"' in unsaid.content.decode()


def test_whoever_said_it_is_asked_on_my_work_and_on_the_page_and_confirms_in_one_press(story):
    story.happened(proposes("carol"), records("carol", "dev"))
    assert "Carol Jones wrote down" in section(story.as_("dev").get("/"), "confirm")
    number = len(story.recorded)
    assert "that you said Consent as Team manager" in section(read(story, "dev"), f"recorded-{number}")

    press(story, "dev", "put-right", recorded=number, do="confirm")

    assert isinstance(last(story), acts.ConfirmPosition)
    assert "Confirmed by Dev Patel" in text_of(read(story))
    assert "recorded-" not in read(story, "dev").content.decode()


def test_whoever_said_it_puts_it_right_and_what_was_written_down_stays_in_the_history(story):
    story.happened(proposes("carol"), records("carol", "dev"))

    assert puts_right(story, "dev", "").status_code == 422
    assert puts_right(story, "dev", "object").status_code == 422
    puts_right(story, "dev", "object", "Alone after dark")

    assert isinstance(last(story), acts.CorrectPosition)
    page = text_of(read(story))
    assert "Corrected Put right by Dev Patel" in page
    assert "Every answer ever given (2)" in page


def test_put_right_to_a_safety_concern_after_agreeing_a_review_opens_and_everyone_is_asked(story):
    story.happened(proposes("carol"), consents("asha"), consents("carol"), records("carol", "dev"))
    number = len(story.recorded)
    story.happened(agrees("asha"))
    assert "it opens a review of the decision at once" in text_of(read(story, "dev"))

    typed = {"recorded": number, "do": "correct", f"right-{number}-stance": "object"}
    press(story, "dev", "put-right", **typed | {f"right-{number}": "Alone after dark"})

    assert "Does it still work?" in section(story.as_("carol").get("/"), "to-review")
    review = text_of(story.as_("asha").get(f"{PAGE}/review"))
    assert "put right on 2 March 2026 what had been written down for them in the room" in review
    assert "Not safe Dev Patel" in review
    assert "Taken to its review" in text_of(read(story))


def test_an_answer_already_open_as_a_safety_concern_is_written_down_under_its_name(story):
    story.happened(proposes("carol"), objects("dev"))
    said = {"said_by": DEV, "stance": "object", "said-words": "Still", "version": 1}

    press(story, "carol", "record-position", **said)

    assert last(story).objection == "lone-visits"


def test_nobody_puts_right_what_was_written_down_for_another(story):
    story.happened(proposes("carol"), records("carol", "dev"))

    answer = press(story, "ines", "put-right", recorded=len(story.recorded), do="confirm")

    assert answer.status_code == 422
    assert "who alone can say whether it is what they said" in text_of(answer)
    for wrong in ("", "x", "99", "٣", "1" * 30):
        assert press(story, "dev", "put-right", recorded=wrong, do="correct").status_code == 422
