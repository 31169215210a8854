"""The people found beside everybody: counted rightly, compared rightly, and shown so that nobody can be told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from joinedup.finding.compared import NOT_RECORDED, compared
from joinedup.finding.people import People, find_by
from joinedup.finding.rule_file import parsed
from joinedup.measures.groups import GROUPS
from joinedup.release.intervals import Z
from joinedup.release.of_groups import OfGroups, of_groups
from joinedup.release.ratios import ratio_to_everybody
from tests.joinedup.making import contact, loaded, organisation, patient, to
from tests.joinedup.test_rule_files import rule

SEEN = '[[all]]\nmeasure = "organisations"\nat_least = 1\n'


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> People:
    """200 people, half of them women: 60 of the women and 20 of the men are seen. Ten more women have died."""
    records = [organisation("practice"), contact("last", "2024-12-31", subject=to("Patient/nobody"))]
    for number in range(210):
        woman = number % 2 == 0 or number >= 200
        died = {"deceasedDateTime": "2024-06-01"} if number >= 200 else {}
        records.append(
            patient(f"p{number}", gender="female" if woman else "male", birthDate=f"{1930 + number % 60}-05-01", **died)
        )
        if number < (120 if woman else 40) or number >= 200:
            who = to(f"Patient/p{number}")
            records.append(
                contact(f"e{number}", "2024-12-01", subject=who, serviceProvider=to("Organization/practice"))
            )
    store = loaded(tmp_path_factory.mktemp("people"), *records)
    return find_by(store, parsed(rule(SEEN), "my.toml"), date(2024, 12, 31))


def test_those_found_stand_beside_everybody_alive_in_each_group(people: People) -> None:
    table = compared(people, threshold=1, rounded_to=1).table

    rows = {(row["what"], row["of_which"]): row for row in table.to_pylist()}
    everybody, women, men = (rows[key] for key in (("everybody",) * 2, ("sex", "female"), ("sex", "male")))
    assert [(row["found"], row["everybody"], row["share"]) for row in (everybody, women, men)] == [
        (80, 200, 0.4),
        (60, 100, 0.6),
        (20, 100, 0.2),
    ]
    assert (women["ratio"], men["ratio"], everybody["ratio"]) == (pytest.approx(1.5), pytest.approx(0.5), None)
    assert women["ratio_low"] < 1.5 < women["ratio_high"]
    assert men["ratio_high"] < 1
    for what in GROUPS:
        of = [row for (kind, _), row in rows.items() if kind == what]
        assert (sum(row["found"] for row in of), sum(row["everybody"] for row in of)) == (80, 200)
    assert rows["ethnicity", NOT_RECORDED]["everybody"] == 200


def test_small_counts_are_hidden_with_what_would_give_them_away_and_the_rest_is_rounded(people: People) -> None:
    found = compared(people)

    shown = [row[name] for row in found.table.to_pylist() for name in ("found", "everybody")]
    assert all(count is None or count % 5 == 0 for count in shown)
    assert "Counts of 1 to 7 are hidden" in found.said[3]
    hidden = [row for row in found.table.to_pylist() if row["found"] is None]
    assert all(row["share"] is None and row["ratio"] is None for row in hidden)


def test_a_total_that_must_be_hidden_in_one_table_is_hidden_in_all(tmp_path: Path) -> None:
    who = patient("p", birthDate="1930-01-01")
    met = contact("e", "2024-12-01", serviceProvider=to("Organization/practice"))
    store = loaded(tmp_path, who, organisation("practice"), met, *(patient(f"q{n}") for n in range(40)))

    found = compared(find_by(store, parsed(rule(SEEN), "my.toml")))

    assert [row["found"] for row in found.table.to_pylist() if row["found"]] == []
    assert found.table["found"][0].as_py() is None


PAIRS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=4)


@settings(max_examples=300, deadline=None)
@given(made=PAIRS)
def test_no_small_count_can_be_worked_out_of_what_is_shown_of_groups(made: list[tuple[int, int]]) -> None:
    """By trying every table that fits what is shown, before rounding: each small count could be any small one."""
    so, there = [one for one, _ in made], [one + others for one, others in made]
    shown = of_groups(so, there, threshold=4, rounded_to=1)
    most = max(there) + 4

    fits = []
    for guess in _tables(shown, most):
        one, many = [o for o, _ in guess], [m for _, m in guess]
        if shown.all_so in (None, sum(one)) and shown.all_there in (None, sum(many)):
            fits.append((one, many))

    assert (so, there) in fits
    for group in range(len(made)):
        of_each = {
            "so": (so[group], {one[group] for one, _ in fits}),
            "others": (there[group] - so[group], {many[group] - one[group] for one, many in fits}),
            "there": (there[group], {many[group] for _, many in fits}),
        }
        for count, could in of_each.values():
            if 0 < count < 4:
                assert set(range(4)) <= could


def _tables(shown: OfGroups, most: int) -> Iterator[list[tuple[int, int]]]:
    """Every table of (so, there) that agrees with what is shown of each group, up to a most."""
    each = []
    for one, many in zip(shown.so, shown.there, strict=True):
        of = range(most + 1) if one is None else [one]
        out_of = range(most + 1) if many is None else [many]
        each.append([(o, m) for o in of for m in out_of if o <= m])
    room = 1
    for choices in each:
        room *= len(choices)
    assume(room <= 300_000)
    yield from map(list, product(*each))


@given(made=PAIRS)
def test_what_is_shown_of_groups_is_what_is_so(made: list[tuple[int, int]]) -> None:
    so, there = [one for one, _ in made], [one + others for one, others in made]

    shown = of_groups(so, there, rounded_to=1)

    assert all(one in (None, true) for one, true in zip(shown.so, so, strict=True))
    assert all(one in (None, true) for one, true in zip(shown.there, there, strict=True))
    assert shown.all_so in (None, sum(so))
    assert shown.hidden == [*shown.so, *shown.there, shown.all_so, shown.all_there].count(None)


@pytest.mark.parametrize(("so", "there"), [([2], [1]), ([-1], [1]), ([1], [1, 2])])
def test_more_cannot_be_so_than_there_are(so: list[int], there: list[int]) -> None:
    with pytest.raises(ValueError):
        of_groups(so, there)


GROUP = st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 200), st.integers(0, 200))


@given(of=GROUP)
def test_a_ratio_lies_within_its_interval_and_is_one_for_everybody(of: tuple[int, int, int, int]) -> None:
    found, others, here, there = of
    group, everybody, of_all = found + here, found + here + others + there, found + others

    ratio = ratio_to_everybody(found, group, of_all, everybody)

    if not group or not of_all:
        assert ratio is None
    else:
        assert ratio is not None
        assert ratio.value == pytest.approx(found * everybody / (group * of_all))
        assert 0 <= ratio.low <= ratio.value <= ratio.high
    whole = ratio_to_everybody(of_all, everybody, of_all, everybody)
    assert whole is None or (whole.value, whole.low, whole.high) == pytest.approx((1.0, 1.0, 1.0), abs=1e-6)


def test_the_interval_holds_the_true_ratio_in_about_95_of_100_samples() -> None:
    chance = np.random.default_rng(2026)
    group, rest, here, there = 300, 1_200, 0.2, 0.1
    true = here / ((group * here + rest * there) / (group + rest))
    held = 0
    for found, others in zip(chance.binomial(group, here, 2_000), chance.binomial(rest, there, 2_000), strict=True):
        ratio = ratio_to_everybody(int(found), group, int(found + others), group + rest)
        assert ratio is not None
        held += ratio.low <= true <= ratio.high

    assert pytest.approx(1.96, abs=1e-3) == Z
    assert 0.935 < held / 2_000 < 0.965
