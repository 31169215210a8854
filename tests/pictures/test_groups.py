"""Who is in a group and why, and how its rule and its people changed."""

from dataclasses import replace

from manyhands import acts, who
from manyhands.pictures.groups import GroupStory, fold
from tests.cast import RULE, gathers, includes, releases
from tests.story import Story, with_the_team

FRAIL = who.Group("frail")


def told(*doings: object) -> Story:
    story = with_the_team()
    story.happened(*doings)  # type: ignore[arg-type]
    return story


def frail(story: Story) -> GroupStory:
    return fold(story.recorded).groups[FRAIL]


def test_a_group_keeps_the_rule_and_the_count_that_it_was_gathered_by() -> None:
    group = frail(told(gathers("asha", "ruth", "sam")))

    (version,) = group.versions
    assert (version.number, version.rule, version.called) == (1, RULE, "Frail, and in pieces")
    assert (version.gathered.person, version.gathered.role) == ("asha", "coordinator")
    assert version.entered == ("ruth", "sam")


def test_everyone_in_it_has_the_reason() -> None:
    group = frail(told(gathers("asha", "ruth"), includes("carol", "tess", "Her daughter rang")))

    assert [(place.patient, place.because, place.by_hand) for place in group.places] == [
        ("ruth", "5 conditions, 4 organisations", False),
        ("tess", "Her daughter rang", True),
    ]


def test_who_was_let_go_is_remembered_with_when_by_whom_and_why() -> None:
    story = told(gathers("asha", "ruth", "sam"))
    at = story.now
    story.does(releases("dev", "sam", "Moved away"))

    group = frail(story)

    assert group.patients == ("ruth",)
    (change,) = group.changes
    assert (change.how, change.patient, change.because) == ("released", "sam", "Moved away")
    assert (change.said.person, change.said.at, change.version) == ("dev", at, 1)
    assert group.changed_at == at


def test_gathering_again_says_who_entered_and_who_left() -> None:
    story = told(gathers("asha", "ruth", "sam"), includes("carol", "tess"))
    first = fold(story.recorded).groups[FRAIL].places[0].since
    story.later(days=90)

    story.does(gathers("carol", "ruth", "una", found=14))

    group = frail(story)
    newest = group.versions[-1]
    assert (newest.number, newest.rule.found) == (2, 14)
    assert (newest.entered, newest.left, newest.stayed) == (("una",), ("sam", "tess"), 1)
    assert group.places[0].since == first
    assert group.versions[0].rule.found == 12


def test_somebody_kept_by_hand_when_gathered_again_is_in_by_hand() -> None:
    group = frail(told(gathers("asha", "ruth"), gathers("asha", "sam"), includes("asha", "ruth", "Still unwell")))

    assert [place.patient for place in group.places] == ["sam", "ruth"]
    assert group.places[1].by_hand


def test_a_patient_may_be_in_several_groups() -> None:
    groups = fold(told(gathers("asha", "ruth"), gathers("asha", "ruth", "sam", group="falls")).recorded)

    assert [group.group for group in groups.of(who.Patient("ruth"))] == ["frail", "falls"]
    assert [group.group for group in groups.of(who.Patient("sam"))] == ["falls"]


def test_folding_in_two_goes_gives_what_folding_in_one_gives_and_leaves_the_first_as_it_was() -> None:
    story = told(
        gathers("asha", "ruth", "sam"), includes("carol", "tess"), releases("dev", "sam"), gathers("ben", "ruth")
    )
    for cut in range(len(story.recorded) + 1):
        start = fold(story.recorded[:cut])
        before = fold(story.recorded[:cut])

        assert fold(story.recorded[cut:], start) == fold(story.recorded)
        assert start == before


def test_words_that_were_removed_are_not_in_the_picture() -> None:
    story = told(gathers("asha", "ruth"), includes("carol", "tess", "Her neighbour drinks"))
    recorded = [
        acts.Recorded(entry.number, replace(entry.act, because=acts.WITHHELD))
        if isinstance(entry.act, acts.Include)
        else entry
        for entry in story.recorded
    ]

    assert fold(recorded).groups[FRAIL].places[1].because == acts.WITHHELD
