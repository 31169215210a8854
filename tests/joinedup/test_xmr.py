"""XmR charts: the worked cases of reference/measures.md section 6, and two real NHS series."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.measures import xmr

FROM_R = [
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123, -0.68685285,
    -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314, 0.49785048, -1.96661716,
    0.70135590, -0.47279141,
]  # fmt: skip
SPIKE = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]


def limits(values: list[float], screened: bool = True) -> tuple[float, float, float]:
    point = xmr.chart(values, screened=screened).points[0]
    return point.mean, point.lower, point.upper


def labels(values: list[float]) -> list[str]:
    return [point.label for point in xmr.chart(values).points]


@pytest.mark.parametrize(
    ("values", "screened", "expected"),
    [
        (SPIKE, True, (1.9444, -0.7156, 4.6044)),
        (SPIKE, False, (1.9444, -3.0626, 6.9515)),
        (FROM_R, True, (0.1416238, -3.01138, 3.294627)),
        (FROM_R, False, (0.1416238, -3.01138, 3.294627)),
        ([*FROM_R[:14], 10, *FROM_R[15:]], True, (0.6694159, -2.383666, 3.722497)),
        ([*FROM_R[:14], 10, *FROM_R[15:]], False, (0.6694159, -4.596625, 5.935457)),
        ([5.0] * 15, True, (5, 5, 5)),
    ],
)
def test_limits_are_those_of_the_nhs_tool_screened_and_not(
    values: list[float], screened: bool, expected: tuple[float, float, float]
) -> None:
    assert limits(values, screened) == pytest.approx(expected, abs=5e-5)


def test_one_point_far_away_is_outside_and_no_other() -> None:
    assert [place for place, label in enumerate(labels(SPIKE)) if label != "common cause"] == [4]


def test_seven_rising_are_a_trend_but_for_those_outside() -> None:
    assert labels([1, 2, 3, 4, 5, 6, 7]) == ["outside", *["trend"] * 5, "outside"]
    assert labels([1, 2, 3, 3, 4, 5, 6]) == ["outside", *["common cause"] * 5, "outside"]


def test_seven_on_one_side_are_a_shift_and_a_point_on_the_mean_breaks_it() -> None:
    assert labels([1, 2] * 4 + [-1, -2] * 4) == ["shift"] * 16
    assert "shift" not in labels([1, 2, 1, 0, 1, 2, 1, -1, -2, -1, 0, -1, -2, -1])


@pytest.mark.parametrize(
    ("near", "sides", "expected"),
    [
        ("101", "+++", {0, 2}),
        ("011", "+++", {1, 2}),
        ("110", "+++", {0, 1}),
        ("0010100", "+++++++", {2, 4}),
        ("1001", "++++", set()),
        ("10011", "+++++", {3, 4}),
        ("101", "+-+", set()),
    ],
)
def test_two_of_three_near_the_same_limit_are_flagged_and_only_they(near: str, sides: str, expected: set[int]) -> None:
    assert xmr.two_of_three([each == "1" for each in near], [1 if each == "+" else -1 for each in sides]) == expected


def test_two_near_opposite_limits_are_common_cause() -> None:
    values = [1.0, -1.0] * 7 + [5.5, -5.5]

    assert limits(values)[1:] == pytest.approx((-6.175, 6.175), abs=2e-3)
    assert set(labels(values)) == {"common cause"}


def test_points_that_are_all_equal_are_common_cause() -> None:
    assert set(labels([5.0] * 15)) == {"common cause"}


def test_new_limits_have_rows_of_points_of_their_own() -> None:
    found = xmr.chart([1.0, 2.0] * 8 + [11.0, 12.0] * 8, recalculate_at=[16])

    assert {point.label for point in found.points} == {"common cause"}
    assert (found.points[0].mean, found.points[16].mean) == (1.5, 11.5)


def test_limits_can_be_fixed_by_the_first_points() -> None:
    found = xmr.chart([1.0, 2.0] * 8 + [11.0] * 3, fixed_after=16)

    assert [point.label for point in found.points[16:]] == ["outside"] * 3
    with pytest.raises(ValueError, match="at least 12"):
        xmr.chart([1.0] * 20, fixed_after=11)


def test_few_points_are_said_to_give_trial_limits() -> None:
    assert [xmr.chart([1.0] * n).trial for n in (12, 13)] == [True, False]


@pytest.mark.parametrize(
    ("target", "better", "expected"),
    [
        (5, "higher", "failing"),
        (5, "lower", "passing"),
        (-5, "higher", "passing"),
        (-5, "lower", "failing"),
        (1.5, "lower", "hit and miss"),
        (1.5, None, None),
        (None, "lower", None),
    ],
)
def test_the_target_is_met_always_never_or_by_chance(target: float, better: xmr.Better, expected: str) -> None:
    assert xmr.chart([1.0, 2.0] * 8, target=target, better=better).assurance == expected


def test_high_is_improvement_or_concern_as_higher_is_better_or_not() -> None:
    seen = [xmr.chart([*SPIKE, 10], better=better).variation for better in ("higher", "lower", None)]

    assert seen == ["improvement", "concern", "high"]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40))
def test_every_point_has_limits_about_the_mean_and_turning_the_series_over_turns_nothing_else(
    values: list[float],
) -> None:
    found, turned = xmr.chart(values), xmr.chart([-value for value in values])

    assert all(point.lower <= point.mean <= point.upper for point in found.points)
    assert [point.label for point in found.points] == [point.label for point in turned.points]


HERE = Path(__file__).parent / "data" / "nhs-ae-attendances" / "two-trusts.csv"


def breaches(organisation: str) -> tuple[list[float], list[date]]:
    """Monthly breaches of one trust's major departments before April 2018, in order of month."""
    with HERE.open(encoding="utf-8", newline="") as file:
        listed = sorted(
            (date.fromisoformat(row["period"]), float(row["breaches"]))
            for row in csv.DictReader(file)
            if row["org_code"] == organisation and row["type"] == "1" and row["period"] < "2018-04-01"
        )
    return [value for _, value in listed], [month for month, _ in listed]


@pytest.mark.parametrize(
    ("organisation", "screened", "expected", "flagged"),
    [
        (
            "RRK",
            True,
            (1711.88, 849.79, 2573.96),
            {"2017-01": "outside", **{f"2017-{month:02d}": "shift" for month in range(2, 10)}},
        ),
        ("RRK", False, (1711.88, 749.07, 2674.68), None),
        (
            "RQM",
            True,
            (1545.17, 740.40, 2349.94),
            {"2016-05": "2 of 3", "2016-06": "2 of 3", "2016-12": "outside", "2017-01": "outside"},
        ),
        ("RQM", False, (1545.17, 636.72, 2453.61), None),
    ],
)
def test_two_real_series_have_the_limits_and_labels_that_the_nhs_tool_gives(
    organisation: str, screened: bool, expected: tuple[float, float, float], flagged: dict[str, str] | None
) -> None:
    values, months = breaches(organisation)

    found = xmr.chart(values, months, better="lower", target=1200, screened=screened)

    assert len(values) == 24
    first = found.points[0]
    assert (first.mean, first.lower, first.upper) == pytest.approx(expected, abs=6e-3)
    if flagged is not None:
        marked = {f"{each.on:%Y-%m}": each.label for each in found.points if each.label != "common cause"}
        assert marked == flagged
        assert (found.variation, found.assurance) == ("common cause", "hit and miss")
