"""The page Leading: of the team and its organisations, and of oneself for oneself alone."""

import json
from collections import Counter

import pytest

from joinedup.measures.leading import leading as measured
from joinedup.records.load import load
from joinedup.records.store import Store
from manyhands import acts, who
from manyhands.exchange.acts import exported
from manyhands.exchange.records import can_be_told
from manyhands.pictures import leading
from manyhands.pictures.leading import WAYS
from tests.cast import TEAM, attends, calls_a_meeting, circulates, is_moved, proposes, raises, records, topic
from tests.pictures.test_leading import decided, meets
from tests.workspace.reading import queries_of, section, text_of

PAGE = f"/teams/{TEAM}/leading"
MEETING = f"/teams/{TEAM}/meetings/next"


def test_before_anything_was_done_it_says_what_to_do(story):
    assert "Nothing to show yet" in text_of(story.as_("carol").get(PAGE))


def test_it_says_that_an_organisation_led_and_never_how_often(story):
    decided(story)

    page = section(story.as_("dev").get(PAGE), "ways")

    assert "Riverside Practice Raise matters yes Propose not yet Challenge yes" in page
    assert not any(character.isdigit() for character in page)


@pytest.mark.parametrize(
    ("by", "there"),
    [
        ("organisation", "Community Nursing"),
        ("sector", "Not known"),
        ("profession", "Nurse"),
        ("role", "Community matron"),
    ],
)
def test_it_is_shown_by_organisation_sector_profession_or_role(story, by, there):
    decided(story)

    assert there in section(story.as_("dev").get(f"{PAGE}?by={by}"), "ways")
    assert "Community Nursing" in section(story.as_("dev").get(f"{PAGE}?by=nonsense"), "ways")


def test_how_widely_it_is_shared_stands_beside_chance_once_there_is_enough(story):
    for number in range(12):
        story.happened(raises(("carol", "dev", "ben")[number % 3], f"matter-{number}"))
    story.happened(proposes("carol"))

    page = section(story.as_("asha").get(PAGE), "shared")

    assert "3.0 of 3" in page
    assert "Propose Drawn fewer than 8 times" in page.replace("Way ", "")


def test_nobody_is_named_in_what_is_about_the_team(story):
    decided(story)

    page = story.as_("ines").get(PAGE)

    for part in ("ways", "shared", "across", "carried", "moved-whom"):
        said = section(page, part)
        assert not [name for name in ("Asha", "Ben", "Carol", "Dev", "Ines") if name in said], part


def test_who_moved_whom_is_told_decision_by_decision_by_organisation(story):
    decided(story)

    assert "Riverside Practice was moved by Adult Social Care" in section(story.as_("carol").get(PAGE), "moved-whom")


def test_what_i_did_is_listed_for_me_alone(story):
    decided(story)

    assert "You proposed : Shall one of us visit" in section(story.as_("carol").get(PAGE), "mine")
    assert "You moved somebody" in section(story.as_("dev").get(PAGE), "mine")
    assert "You were moved" in section(story.as_("asha").get(PAGE), "mine")
    assert "You proposed" not in section(story.as_("ben").get(PAGE), "mine")


def test_no_page_and_no_export_sums_what_moved_others_for_a_person(story):
    decided(story)
    story.happened(is_moved("asha", story.standing.number - 4, person=who.Person("carol")))

    lines = [json.loads(line) for line in exported(TEAM)]
    moved = [line["about"] for line in lines if line["act"] == "be-moved"]
    assert all(set(about) <= {"proposal", "position", "entry", "person", "visited_on"} for about in moved)
    for reader in ("asha", "dev", "carol"):
        page = text_of(story.as_(reader).get(PAGE))
        assert "moved 1" not in page
        assert "1 person" not in page


def test_how_many_follow_as_well_is_not_said_where_it_says_who_does_not():
    """12 people of whom 11 do both leave one; 8 of 8 and 8 of 16 leave nobody, or enough."""
    assert [can_be_told(*each) for each in ((11, 12), (8, 8), (8, 16), (0, 9), (3, 20), (2, 2))] == [
        False,
        True,
        True,
        True,
        False,
        False,
    ]


# ---- the chair ---------------------------------------------------------------------------------------------------


def test_the_chair_is_asked_about_at_one_more_than_the_setting_and_nobody_is_stopped(story, settings):
    settings.CHAIRED_RUNNING = 2
    for number in range(2):
        meets(story, "carol", f"m{number}")
    assert "Who would like to chair" not in text_of(story.as_("dev").get(PAGE))
    story.happened(calls_a_meeting("asha", "next"), circulates("asha", topic(item="next"), meeting="next"))
    assert "Who would like to chair" not in text_of(story.as_("dev").get(MEETING))

    story.happened(attends("carol", part=acts.Part.CHAIRS, meeting="next"))  # is not refused

    assert "Carol Jones has chaired 3 meetings running" in text_of(story.as_("dev").get(MEETING))


def test_it_is_not_asked_when_another_takes_the_chair(story, settings):
    settings.CHAIRED_RUNNING = 2
    for number in range(3):
        meets(story, "carol", f"m{number}")
    assert "Who would like to chair the next one?" in text_of(story.as_("dev").get(PAGE))
    story.happened(calls_a_meeting("asha", "next"), circulates("asha", topic(item="next"), meeting="next"))

    story.happened(attends("dev", part=acts.Part.CHAIRS, meeting="next"))

    assert "meetings running" not in text_of(story.as_("dev").get(MEETING))


# ---- as the measures have it -------------------------------------------------------------------------------------


def test_the_page_and_the_measures_of_exported_acts_say_the_same_of_who_led_when(story, tmp_path):
    decided(story)
    meets(story, "carol", "thursday", records_it="dev")
    story.happened(proposes("carol", "late", follows=()))
    story.happened(records("asha", "dev", acts.Stance.CONCERN, proposal="late", because="Parking"))
    (tmp_path / "acts.ndjson").write_bytes(b"\n".join(exported(TEAM)))
    load([str(tmp_path / "acts.ndjson")], tmp_path / "store")

    with Store(tmp_path / "store") as store:
        led = measured(store, None, story.now.date(), by_quarter=False).led.to_pylist()

    mine = leading.fold(story.recorded).done.values()
    assert Counter((row["way"], row["person"], row["organisation"]) for row in led) == Counter(
        (done.way, done.person, done.organisation) for done in mine if done.way in WAYS
    )


def test_it_takes_as_many_queries_however_much_was_done(story):
    decided(story)
    before = queries_of(story.as_("dev"), PAGE)

    for number in range(20):
        story.happened(raises("carol", f"m{number}"))

    assert queries_of(story.as_("dev"), PAGE) == before
