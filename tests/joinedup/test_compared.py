"""The people found beside everybody: counted rightly, compared rightly, and shown so that nobody can be told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.finding.compared import NOT_RECORDED, compared
from joinedup.finding.people import People, find_by
from joinedup.finding.rule_file import parsed
from joinedup.measures.groups import GROUPS
from joinedup.release.intervals import Z
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
        if found:
            assert ratio.low is not None
            assert ratio.high is not None
            assert ratio.low <= ratio.value <= ratio.high
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
        assert ratio.low is not None
        assert ratio.high is not None
        held += ratio.low <= true <= ratio.high

    assert pytest.approx(1.96, abs=1e-3) == Z
    assert 0.935 < held / 2_000 < 0.965
