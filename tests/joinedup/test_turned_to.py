"""Who turns to whom: read from lists of ties and of members, and said of networks and places."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.engines.tongue import statement
from joinedup.measures.asking import NotInTheseRecords
from joinedup.measures.turned_to import plainly, turned_to
from joinedup.records.load import load
from joinedup.records.store import Store
from tests.joinedup.conftest import Opened
from tests.joinedup.on_engines import on_duckdb, on_spark

Ties = list[tuple[str, str]]
MANAGERS = {"ht advice": (21, 190, 90, 144, 29, 18), "ht friends": (21, 102, 46, 64, 16, 10)}
EVERYBODY = MANAGERS | {
    "ht reports": (21, 20, 0, 4, 20, 7),
    "law advice": (71, 892, 350, 192, None, 37),
    "law cowork": (71, 1104, 756, 253, None, 31),
    "law friends": (71, 575, 352, 82, None, 22),
    "physicians advice": (246, 480, 62, 0, None, 20),
    "physicians discussion": (246, 309, 38, 0, None, 8),
    "physicians friendship": (246, 310, 68, 0, None, 7),
}


def said(table: pa.Table) -> dict[str, tuple[int | None, ...]]:
    names = ("members", "ties", "returned", "crossing", "along_lines", "most_sought")
    return {row["network"]: tuple(row[name] for name in names) for row in table.to_pylist()}


def opened(folder: Path, **files: str) -> Store:
    (folder / "in").mkdir()
    for name, text in files.items():
        (folder / "in" / f"{name}.csv").write_text(text, encoding="utf-8")
    load([str(folder / "in")], folder / "store", lambda *_: None, 1)
    return Store(folder / "store")


def test_the_managers_ask_and_befriend_as_krackhardt_found(shipped: Opened) -> None:
    found = turned_to(shipped("networks-advice"))

    assert said(found.table).items() >= MANAGERS.items()
    density = dict(zip(*found.table.select(["network", "density"]).to_pydict().values(), strict=True))
    assert density["ht advice"] == pytest.approx(0.452, abs=5e-4)
    assert density["ht friends"] == pytest.approx(0.243, abs=5e-4)


def test_the_lawyers_and_the_physicians_are_as_published_and_no_tie_crosses_towns(whole: Opened) -> None:
    store = whole("networks-advice")

    assert said(turned_to(store).table) == EVERYBODY
    asked = store.query("SELECT network, named FROM turned_to").to_pylist()
    sought = Counter((row["network"], row["named"]) for row in asked)
    assert [sought["ht advice", each] for each in ("2", "18", "21", "7", "1")] == [18, 15, 15, 13, 13]
    assert [sought["law advice", each] for each in ("26", "13", "17", "24")] == [37, 34, 26, 26]
    towns = store.query("SELECT at_place, count(*) AS n FROM network_members WHERE networks = 'physicians' GROUP BY 1")
    assert sorted(towns["n"].to_pylist()) == [35, 44, 50, 117]


def test_ties_within_and_between_places_make_up_all_ties_whose_places_are_known(shipped: Opened) -> None:
    found = turned_to(shipped("networks-advice"))

    ties: Counter[str] = Counter()
    crossing: Counter[str] = Counter()
    for row in found.places.to_pylist():
        ties[row["network"]] += row["ties"]
        crossing[row["network"]] += row["ties"] if row["from_place"] != row["to_place"] else 0
    assert ties == {network: row[1] for network, row in said(found.table).items()}
    assert crossing == {network: row[3] for network, row in said(found.table).items()}


def test_without_members_nothing_is_said_of_places_and_without_formal_lines_nothing_of_them(tmp_path: Path) -> None:
    with opened(tmp_path, asks_edges="from,to\na,b\nb,a\na,c\n") as store:
        assert said(turned_to(store).table) == {"asks": (3, 3, 2, None, None, 1)}


def test_members_whom_nobody_named_count_too(tmp_path: Path) -> None:
    with opened(tmp_path, x_asks_edges="from,to\n1,2\n", x_nodes="id,office\n1.0,A\n2.0,B\n3.0,B\n") as store:
        assert said(turned_to(store).table) == {"x asks": (3, 1, 0, 1, None, 1)}


def test_one_file_can_hold_several_networks(tmp_path: Path) -> None:
    with opened(tmp_path, gp_edges="FROM,TO,RELATION\n1,2,advice\n2,1,advice\n1,2,lunch\n") as store:
        assert said(turned_to(store).table) == {
            "gp advice": (2, 2, 2, None, None, 1), "gp lunch": (2, 1, 0, None, None, 1),
        }  # fmt: skip


def test_what_cannot_be_read_is_set_aside_with_its_line_and_a_tie_twice_counts_once(tmp_path: Path) -> None:
    with opened(tmp_path, t_edges="from,to\n1,2\n,2\n1,\n1,2\n3,3\n1\n", t_nodes="id,town\n1,A\n,A\n") as store:
        aside = store.query("SELECT source, position, reason FROM set_aside ORDER BY source, position").to_pylist()

        assert [(row["position"], row["reason"]) for row in aside if row["source"].endswith("t_edges.csv")] == [
            ("line 3", "“from” is empty"), ("line 4", "“to” is empty"),
            ("line 7", "1 fields where the header has 2"),
        ]  # fmt: skip
        assert [(row["position"], row["reason"]) for row in aside if row["source"].endswith("t_nodes.csv")] == [
            ("line 3", "“id” is empty")
        ]
        assert said(turned_to(store).table)["t"][1] == 1
        assert store.query("SELECT count(*) AS n FROM doubts")["n"][0].as_py() == 1


def test_loading_the_lists_again_changes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path, t_edges="from,to\n1,2\n") as store:
        before = store.query("SELECT * FROM turned_to").to_pylist()

    load([str(tmp_path / "in")], tmp_path / "store", lambda *_: None, 1)

    with Store(tmp_path / "store") as store:
        assert store.query("SELECT * FROM turned_to").to_pylist() == before


def test_records_without_ties_say_so(shipped: Opened) -> None:
    with pytest.raises(NotInTheseRecords, match="does not say who turns to whom"):
        turned_to(shipped("eventlog-sepsis"))


def tables_of(ties: Ties, members: str) -> dict[str, pa.Table]:
    return {
        "turned_to": pa.table(
            {
                "network": pa.array(["n asks"] * len(ties), pa.string()),
                "answered": pa.array([one for one, _ in ties], pa.string()),
                "named": pa.array([other for _, other in ties], pa.string()),
            }
        ),
        "network_members": pa.table(
            {
                "networks": pa.array(["n"] * len(members), pa.string()),
                "member": pa.array(list(members), pa.string()),
                "at_place": pa.array([None] * len(members), pa.string()),
            }
        ),
    }


NAMES = st.sampled_from("ABCDE")


@given(st.lists(st.tuples(NAMES, NAMES), max_size=25).filter(lambda ties: any(one != other for one, other in ties)))
def test_the_query_gives_what_counting_tie_by_tie_gives(ties: Ties) -> None:
    (found,) = on_duckdb(statement("turned_to"), tables_of(ties, "ABCDE"))

    judged = plainly(ties, 5)
    assert (found["ties"], found["returned"], found["most_sought"]) == (
        judged["ties"], judged["returned"], judged["most_sought"],
    )  # fmt: skip
    assert found["ties"] ** 2 / found["squares"] == pytest.approx(judged["effective_sought"])


@pytest.mark.spark
def test_the_same_networks_on_spark(shipped: Opened) -> None:
    store = shipped("networks-advice")
    tables: dict[str, Any] = {name: store.query(f"SELECT * FROM {name}") for name in ("turned_to", "network_members")}

    for name in ("turned_to", "turned_to_places"):
        assert on_spark(statement(name), tables) == on_duckdb(statement(name), tables)
