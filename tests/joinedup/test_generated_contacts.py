"""The contacts that the benchmarks are run on: in any number, and spread as the demo's are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.measures.contacts import store_of
from demo.records import Wanted, write
from joinedup.records.load import load
from joinedup.records.store import Store

PEOPLE = 1_500
CONTACTS = 114_000
"""Six counties of so many people, nearly: the last is not left half empty."""
EACH = {
    "contacts of each person": "SELECT count(*) AS n FROM visits GROUP BY patient",
    "organisations of each person": "SELECT count(DISTINCT organisation) AS n FROM visits GROUP BY patient",
    "practitioners of each person": "SELECT count(DISTINCT practitioner) AS n FROM visits GROUP BY patient",
    "people of each practitioner": "SELECT count(DISTINCT patient) AS n FROM visits GROUP BY practitioner",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("generated")


@pytest.fixture(scope="module")
def generated(home: Path) -> Iterator[Store]:
    with Store(store_of(CONTACTS, home, PEOPLE, whole=True)) as store:
        yield store


@pytest.fixture(scope="module")
def demo_of_another_seed(home: Path) -> Iterator[Store]:
    write(Wanted(PEOPLE, seed=7), home / "another", processes=1)
    load([str(home / "another")], home / "another-store")
    with Store(home / "another-store") as store:
        yield store


@pytest.mark.parametrize("what", EACH)
def test_they_are_spread_as_those_of_the_demo_are(generated: Store, demo_of_another_seed: Store, what: str) -> None:
    def spread(store: Store) -> NDArray[np.float64]:
        return np.quantile(store.query(EACH[what])["n"].to_numpy(), [0.1, 0.25, 0.5, 0.75, 0.9, 0.99])

    assert spread(generated) == pytest.approx(spread(demo_of_another_seed), rel=0.25, abs=3)  # seeds differ so


def test_there_are_as_many_as_were_asked_for_and_the_last_persons_are_not_cut_short(generated: Store) -> None:
    largest = int(np.max(generated.query(EACH["contacts of each person"])["n"].to_numpy()))

    assert CONTACTS <= generated.counts()["visits"] < CONTACTS + largest


def test_each_persons_lie_together_in_time_and_are_numbered_in_order(generated: Store) -> None:
    rows = generated.query("SELECT ordinal, patient, started_at FROM visits")
    patient, started = rows["patient"].to_numpy(), rows["started_at"].to_numpy()

    assert np.array_equal(rows["ordinal"].to_numpy(), np.arange(len(patient)))
    assert np.all((np.diff(patient) > 0) | ((np.diff(patient) == 0) & (np.diff(started).astype(np.int64) >= 0)))


def test_every_number_stands_for_somebody_and_counties_share_no_practitioner(generated: Store) -> None:
    sql = """
        SELECT count(*) FILTER (WHERE p.number IS NULL OR o.number IS NULL) AS nobody,
               count(*) FILTER (WHERE left(replace(p.key, 'Practitioner/', ''), 5) IS DISTINCT FROM
                                      left(replace(o.key, 'Organization/', ''), 5)) AS elsewhere
        FROM visits v
        LEFT JOIN numbers p ON p.level = 'practitioner' AND p.number = v.practitioner
        LEFT JOIN numbers o ON o.level = 'organisation' AND o.number = v.organisation
    """

    assert generated.query(sql).to_pylist() == [{"nobody": 0, "elsewhere": 0}]


def test_a_whole_store_has_the_contacts_and_referrals_of_the_people_in_it(generated: Store) -> None:
    sql = """
        SELECT (SELECT count(*) FROM contacts) AS contacts,
               (SELECT count(DISTINCT contact) FROM contacts) AS keys,
               (SELECT count(*) FROM referrals WHERE patient NOT IN (SELECT patient FROM patients)) AS of_nobody,
               (SELECT count(*) FROM tasks WHERE referral IS NOT NULL
                    AND referral NOT IN (SELECT referral FROM referrals)) AS of_no_referral
    """
    (found,) = generated.query(sql).to_pylist()

    assert found["contacts"] == found["keys"] >= generated.counts()["visits"]
    assert found["of_nobody"] == found["of_no_referral"] == 0


def test_asked_again_they_are_the_same(generated: Store, home: Path) -> None:
    assert store_of(CONTACTS, home, PEOPLE, whole=True) == generated.path
