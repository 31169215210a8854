"""Before and after a decision: known answers, what chance alone gives, and how rarely it is taken for a change."""

from __future__ import annotations

import json
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from demo import records
from joinedup.__main__ import IN_THE_WAY, joinedup
from joinedup.measures import before_and_after as changing
from joinedup.measures import of_each
from joinedup.measures.asking import NotInTheseRecords
from joinedup.measures.before_and_after import TooFew, of_people, of_series
from joinedup.records.load import load
from joinedup.records.store import Store
from tests.joinedup.making import contact, loaded, organisation, patient, to

ROOT = Path(__file__).parents[2]
DARWIN = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
"""Crossed less self-fertilised maize, in eighths of an inch: Fisher 1935, The Design of Experiments, section 17."""

VALUES = st.lists(st.integers(0, 9).map(float), min_size=3, max_size=9)


def test_swapping_gives_what_fisher_worked_out_by_hand_for_darwins_maize() -> None:
    change = of_people([0] * 15, DARWIN)

    assert change.difference * 15 == pytest.approx(314)
    assert (change.p, change.ways, change.exact) == (1726 / 32768, 32768, True)
    assert change.low < change.difference < change.high


def test_a_step_is_found_and_its_interval_holds_it() -> None:
    change = of_series([5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6], [2, 3, 2, 3, 2, 3])

    assert (change.before, change.after, change.difference) == (5.5, 2.5, -3)
    assert (change.p, change.ways, change.least) == (1 / 18, 18, 1 / 18)
    assert -3.5 < change.low < -3 < change.high < -2.5


def test_the_middle_of_the_series_cannot_be_told_from_its_mirror_by_shifts() -> None:
    change = of_series([1, 1, 1, 1], [9, 9, 9, 9])

    assert (change.p, change.least) == (0.25, 0.25)


def test_blocks_are_dealt_out_in_every_way_where_there_are_few() -> None:
    before, after = [1.0, 2, 3, 4, 5, 6], [9.0, 8, 7]

    change = of_series(before, after, chance="blocks", block=3)

    every = [
        np.mean(after) - np.mean(before),
        np.mean(before[3:]) - np.mean([*before[:3], *after]),
        np.mean(before[:3]) - np.mean([*before[3:], *after]),
    ]
    assert change.ways == 3
    assert change.p == sum(abs(each) >= abs(change.difference) - 1e-9 for each in every) / 3


@settings(deadline=None, max_examples=60)
@given(VALUES, VALUES, st.sampled_from(["mean", "median"]))
def test_shifts_are_as_plainly(before: list[float], after: list[float], middle: changing.Middle) -> None:
    change = of_series(before, after, middle)

    assert (change.difference, change.p) == pytest.approx(changing.plainly(before, after, middle))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=8))
def test_swaps_are_as_plainly(pairs: list[tuple[int, int]]) -> None:
    before, after = [one for one, _ in pairs], [other for _, other in pairs]

    change = of_people(before, after)

    assert (change.difference, change.p) == pytest.approx(changing.plainly_swapped(before, after))


@settings(deadline=None, max_examples=40)
@given(VALUES, VALUES)
def test_blocks_of_a_month_are_as_plainly_dealt(before: list[float], after: list[float]) -> None:
    every = [*before, *after]
    ways = [
        np.mean([each for n, each in enumerate(every) if n not in chosen]) - np.mean([every[n] for n in chosen])
        for chosen in combinations(range(len(every)), len(before))
    ]

    change = of_series(before, after, chance="blocks", block=1)

    assert change.p == pytest.approx(np.mean([abs(way) >= abs(change.difference) - 1e-9 for way in ways]))


def hanging_together(rng: np.random.Generator, months: int, by: float) -> Any:
    """A series without any change, each month telling `by` of the next."""
    noise = rng.normal(size=months + 30)
    series = [0.0]
    for each in noise:
        series.append(by * series[-1] + each)
    return np.array(series[-months:])


@pytest.mark.parametrize("by", [0.0, 0.6])
def test_where_nothing_changed_p_by_shifts_is_uniform_however_the_months_hang_together(by: float) -> None:
    rng = np.random.default_rng(11)
    series = [hanging_together(rng, 40, by) for _ in range(1000)]

    found = np.array([of_series_quickly(each[:25], each[25:]) for each in series])

    for share in (0.1, 0.25, 0.5, 0.75):
        # 1,000 throws: 4 standard deviations; p comes in steps of 1 in 40
        assert np.mean(found <= share) == pytest.approx(share, abs=4 * (share * (1 - share) / 1000) ** 0.5 + 1 / 40)


def of_series_quickly(before: Any, after: Any) -> float:
    """p by shifts without the interval, which takes most of the time."""
    given = changing._shifted(np.concatenate([before, after]), len(before), "mean")
    return float(np.mean(np.abs(given) >= abs(given[0]) - 1e-9))


def test_where_nothing_changed_p_by_swaps_is_uniform() -> None:
    rng = np.random.default_rng(12)

    found = np.array([of_people(rng.normal(size=10), rng.normal(size=10)).p for _ in range(300)])

    for share in (0.1, 0.25, 0.5, 0.75):
        assert np.mean(found <= share) == pytest.approx(share, abs=4 * (share * (1 - share) / 300) ** 0.5)


def test_the_interval_holds_what_truly_changed_in_about_95_of_100() -> None:
    rng = np.random.default_rng(13)
    held = 0
    for _ in range(200):
        change = of_people(rng.normal(0, 1, 40), rng.normal(1, 1, 40))
        held += change.low <= 1 <= change.high

    assert 0.9 <= held / 200 <= 0.99


def test_a_seed_gives_the_same_answer_again_and_many_people_are_drawn_at_random() -> None:
    rng = np.random.default_rng(14)
    before, after = rng.normal(size=500), rng.normal(0.3, 1, 500)

    one, again, other = (of_people(before, after, seed=seed) for seed in (1, 1, 2))

    assert one == again
    assert not one.exact
    assert one.ways == 10_000
    assert other.p == pytest.approx(one.p, abs=0.01)


@pytest.mark.parametrize(("before", "after"), [([], []), ([1.0] * 2, [1.0] * 9), ([1.0] * 9, [1.0])])
def test_too_few_on_a_side_are_said_to_be(before: list[float], after: list[float]) -> None:
    with pytest.raises(TooFew, match=f"There are {len(before)} months before the day and {len(after)} after"):
        of_series(before, after)


def test_values_that_never_change_are_no_change() -> None:
    for change in (of_series([4] * 5, [4] * 5), of_people([4] * 5, [4] * 5)):
        assert (change.difference, change.low, change.high, change.p) == (0, 0, 0, 1)


def test_the_month_that_the_day_parts_and_months_without_a_value_are_left_out() -> None:
    months = [date(2024, month, 1) for month in range(1, 7)]

    assert changing.around(months, [1, None, 3, 4, 5, 6], date(2024, 4, 2)) == ([1, 3], [5, 6], [months[1], months[3]])
    assert changing.around(months, [1, None, 3, 4, 5, 6], date(2024, 4, 1)) == ([1, 3], [4, 5, 6], [months[1]])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years of five people: p and q seen less often from 2024 on, the others as before; z dies in between."""
    folder = tmp_path_factory.mktemp("place")
    often = {"p": (6, 2), "q": (6, 3), "r": (5, 5), "s": (6, 6), "z": (6, 0)}
    contacts = [
        contact(
            f"{who}{year}-{number}",
            f"{year}-{1 + 2 * number:02}-{10 + number}T09:00:00Z",
            subject=to(f"Patient/{who}"),
            serviceProvider=to(f"Organization/{'elms' if number % 2 else 'hospital'}"),
        )
        for who, each in often.items()
        for year, times in zip((2023, 2024), each, strict=True)
        for number in range(times)
    ]
    of_r = {"subject": to("Patient/r")}
    ends = [contact("first", "2023-01-01T09:00:00Z", **of_r), contact("last", "2024-12-31T09:00:00Z", **of_r)]
    people = [patient(who, deceasedDateTime="2024-02-01") if who == "z" else patient(who) for who in often]
    with loaded(folder, *people, organisation("elms"), organisation("hospital"), *contacts, *ends) as store:
        assert store.counts()["contacts"] == 47
    return folder / "store"


def test_each_person_has_a_value_before_and_one_after_but_for_those_who_died(place: Path) -> None:
    with Store(place) as store:
        found = of_each.of_each(store, "contacts", date(2024, 1, 1), 12)
        continuity = of_each.of_each(store, "secon", date(2024, 1, 1), 12)

    assert (found.before, found.after, found.left_out) == (
        {"Patient/p": 6, "Patient/q": 6, "Patient/r": 5, "Patient/s": 6},
        {"Patient/p": 2, "Patient/q": 3, "Patient/r": 5, "Patient/s": 6},
        1,
    )
    assert continuity.after["Patient/p"] == 0


def test_records_that_do_not_reach_so_far_say_how_far_they_do(place: Path) -> None:
    with (
        Store(place) as store,
        pytest.raises(NotInTheseRecords, match="18 whole months before 1 July 2024 and 6 from it on"),
    ):
        of_each.of_each(store, "contacts", date(2024, 7, 1), 12)


@pytest.mark.parametrize("name", of_each.NAMES)
def test_every_measure_of_a_person_can_be_asked(place: Path, name: of_each.Name) -> None:
    with Store(place) as store:
        found = of_each.of_each(store, name, date(2024, 1, 1), 12)

    assert found.before.keys() == found.after.keys()
    assert len(found.before) + found.left_out == 5


def run(*words: str) -> Result:
    return CliRunner().invoke(joinedup, ["measure", "before-and-after", *words])


def test_the_command_says_what_differs_and_what_chance_would_do(place: Path) -> None:
    found = run(str(place), "contacts", "--on", "2024-01-01")

    assert found.exit_code == 0, found.output
    assert "contacts a month, of everybody, before and from 1 January 2024 on" in found.output
    assert "lower" in found.output
    assert "of 24 ways of moving the months round" in found.output


def test_a_group_is_compared_with_everybody_else_and_with_those_alike_before(tmp_path: Path) -> None:
    times = {"a": (6, 2), "b": (6, 3), "c": (6, 1), "d": (6, 4), "e": (6, 5), "f": (6, 6), "g": (1, 9)}
    contacts = [
        contact(f"{who}{year}-{n}", f"{year}-{1 + n:02}-01T09:00:00Z", subject=to(f"Patient/{who}"))
        | {"serviceProvider": to("Organization/elms")}
        for who, sides in times.items()
        for year, number in zip((2023, 2024), sides, strict=True)
        for n in range(number)
    ]
    last = contact("last", "2024-12-31T09:00:00Z", subject=to("Patient/nobody"))
    loaded(tmp_path, *map(patient, [*times, "nobody"]), organisation("elms"), *contacts, last).close()
    (tmp_path / "group.txt").write_text("Patient/a\nPatient/b\nPatient/c\n", encoding="utf-8")

    found = run(
        *(str(tmp_path / "store"), "contacts", "--on", "2024-01-01", "--per", "person", "--format", "json"),
        *("--people", str(tmp_path / "group.txt")),
    )

    rows = {row["of"]: row for row in json.loads(found.stdout)["rows"]}
    assert {whom: (row["before"], row["after"], row["of_before"]) for whom, row in rows.items()} == {
        "3 people": (6, 2, 3),
        "everybody else": (pytest.approx(19 / 5), pytest.approx(24 / 5), 5),
        "of these, alike before": (6, 5, 3),
    }
    assert rows["3 people"]["p"] == 0.25
    assert "Of so few people little can be told." in found.stderr


def test_a_group_of_two_is_too_few(place: Path, tmp_path: Path) -> None:
    (tmp_path / "group.csv").write_text("patient,age\nPatient/p,84\nPatient/q,84\nPatient/nobody,3\n", encoding="utf-8")

    group = run(
        str(place), "contacts", "--on", "2024-01-01", "--per", "person", "--people", str(tmp_path / "group.csv")
    )

    assert group.exit_code == 1
    assert isinstance(group.exception, IN_THE_WAY)
    assert "There are 2 people before the day" in str(group.exception)


def test_what_the_how_to_says_of_the_made_up_town_is_so(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "how-to" / "see-whether-a-decision-changed-anything.md").read_text(encoding="utf-8")
    asked = [line.split()[2:] for line in text.splitlines() if line.startswith("$ .venv/bin/joinedup")]
    records.write(records.Wanted(3000), tmp_path / "records")
    load([str(tmp_path / "records")], tmp_path / "my-store")
    here = {"my-store": str(tmp_path / "my-store"), "group.csv": str(tmp_path / "group.csv")}
    here |= {"hand-offs.svg": str(tmp_path / "hand-offs.svg")}

    for words in asked:
        found = CliRunner().invoke(joinedup, [here.get(word, word) for word in words])

        assert found.exit_code == 0, found.output
        if words[0] == "measure":
            assert found.stdout.strip() in "\n".join(line.rstrip() for line in text.splitlines())
    assert [words[0] for words in asked] == ["find", "measure", "chart", "measure"]


def test_what_is_not_measured_so_is_said_with_what_is(place: Path) -> None:
    found = run(str(place), "in pieces", "--on", "2024-01-01", "--per", "person")

    assert found.exit_code == 2
    assert "“in pieces” is not measured per person. Measured per person are: contacts, organisations" in found.output
