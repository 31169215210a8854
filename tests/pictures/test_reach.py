"""How far a responsibility about a group has reached: a line for each person, worked out and never written."""

from manyhands import acts, who
from manyhands.pictures import reach as picture
from manyhands.pictures.reach import Counts, Reach
from tests.cast import asks, completes, gathers, includes, releases, reports_on, takes_on
from tests.story import Story, with_the_team

ASKED = (gathers("asha", "ruth", "sam", "tess"), asks("asha", group="frail"), takes_on("carol"))


def told(*doings: object) -> Story:
    story = with_the_team()
    story.happened(*doings)  # type: ignore[arg-type]
    return story


def reached(story: Story, responsibility: str = "ring") -> Reach:
    held = story.standing.responsibilities[who.Responsibility(responsibility)]
    found = picture.reach(picture.fold(story.recorded), held, story.now)
    assert found is not None
    return found


def lines(story: Story) -> list[tuple[str, str, bool, bool]]:
    return [(line.patient, line.reached.value, line.came_later, line.gone is not None) for line in reached(story).lines]


def test_everybody_in_the_group_has_a_line_that_has_not_been_started() -> None:
    story = told(*ASKED)

    assert lines(story) == [(name, "not-started", False, False) for name in ("ruth", "sam", "tess")]
    assert reached(story).counts == Counts(not_started=3)


def test_what_was_said_is_beside_each_name_with_the_reason_and_what_waits_comes_first() -> None:
    story = told(
        *ASKED,
        reports_on("carol", "ruth"),
        reports_on("dev", "tess", reached=acts.Reached.CANNOT, because="No telephone"),
    )

    assert [line.patient for line in reached(story).lines] == ["tess", "sam", "ruth"]
    first = reached(story).lines[0]
    assert first.newest is not None
    assert (first.newest.because, first.newest.by.person, len(first.said)) == ("No telephone", "dev", 1)
    assert reached(story).counts == Counts(done=1, cannot=1, not_started=1)
    assert (reached(story).counts.people, reached(story).counts.open) == (3, 2)


def test_whoever_comes_later_has_a_line_by_themselves_from_then_on() -> None:
    story = told(*ASKED, reports_on("carol", "ruth", "sam", "tess"), includes("dev", "tom"))

    assert lines(story)[0] == ("tom", "not-started", True, False)
    assert reached(story).lines[0].since == story.recorded[-1].act.at


def test_whoever_is_let_go_keeps_their_line_and_counts_apart() -> None:
    story = told(*ASKED, reports_on("carol", "ruth"), releases("asha", "ruth", "Moved to her daughter"))

    last = reached(story).lines[-1]
    assert (last.patient, last.reached, last.is_open) == ("ruth", acts.Reached.DONE, False)
    assert last.gone is not None
    assert (last.gone.let_go, last.gone.because) == (True, "Moved to her daughter")
    assert reached(story).counts == Counts(not_started=2, gone=1)


def test_whoever_the_rule_does_not_find_again_is_gone_and_whoever_it_finds_anew_has_come() -> None:
    story = told(*ASKED, gathers("asha", "ruth", "tom"))

    assert lines(story) == [
        ("ruth", "not-started", False, False),
        ("tom", "not-started", True, False),
        ("sam", "not-started", False, True),
        ("tess", "not-started", False, True),
    ]


def test_whoever_had_left_before_it_was_asked_has_no_line() -> None:
    story = told(gathers("asha", "ruth", "sam"), releases("asha", "sam"), asks("asha", group="frail"))

    assert [line.patient for line in reached(story).lines] == ["ruth"]


def test_whoever_comes_back_has_one_line_with_all_that_was_said() -> None:
    story = told(*ASKED, reports_on("carol", "sam"), releases("asha", "sam"), includes("asha", "sam"))

    assert ("sam", "done", False, False) in lines(story)
    assert len(lines(story)) == 3


def test_when_it_is_closed_its_lines_stay_and_whoever_comes_after_is_not_reached() -> None:
    story = told(*ASKED, reports_on("carol", "ruth"), completes("carol", outcome=acts.Outcome.PARTLY))
    before = lines(story)

    story.happened(includes("dev", "tom"), releases("asha", "sam"))

    assert lines(story) == before
    assert reached(story).after == ("tom",)


def test_what_is_about_one_person_or_about_nobody_has_no_lines() -> None:
    story = told(gathers("asha", "ruth"), asks("asha"))

    held = story.standing.responsibilities[who.Responsibility("ring")]
    assert picture.reach(picture.fold(story.recorded), held, story.now) is None
