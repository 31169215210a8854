"""The report of a place: one page that needs nothing else, shows nobody small, and says how it was worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demo import records
from joinedup.engines.tongue import statement
from joinedup.measures import hand_offs, in_pieces, series
from joinedup.records.load import load
from joinedup.records.store import Store
from joinedup.report import boundaries, over_time, page, pieces
from joinedup.report.pictures import between
from tests.joinedup.making import Resource, contact, loaded, organisation, patient, to
from tests.joinedup.on_engines import EVERYTHING, on_duckdb, on_spark


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("place")
    records.write(records.Wanted(600), folder / "records", processes=1)
    load([str(folder / "records")], folder / "store")
    with Store(folder / "store") as store:
        yield store


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.met: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met.append((tag, dict(attrs)))


def tags(html: str) -> list[tuple[str, dict[str, str | None]]]:
    reading = _Tags()
    reading.feed(html)
    return reading.met


def test_the_page_needs_nothing_else_and_runs_nothing(place: Store) -> None:
    met = tags(page.page(place, "Hathermere"))

    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in met}
    assert not [attributes for _, attributes in met if any(name.startswith("on") for name in attributes)]
    assert all((attributes.get("href") or "#").startswith("#") for _, attributes in met)


def test_every_picture_has_a_title_and_a_description_and_every_table_a_caption(place: Store) -> None:
    html = page.page(place, "Hathermere")

    pictures = re.findall(r"<svg.*?</svg>", html)
    assert len(pictures) >= 4
    assert all('role="img"' in each and "<title>" in each and "<desc>" in each for each in pictures)
    assert html.count("<table>") == html.count("<caption>")


def test_nobody_is_named_unless_it_is_asked_for_with_the_caution(place: Store) -> None:
    names = [name for name in place.query("SELECT name FROM practitioners")["name"].to_pylist() if name]
    patients = place.query("SELECT family_name FROM patients")["family_name"].to_pylist()

    usual, asked = page.page(place, "Hathermere"), page.page(place, "Hathermere", practitioners=True)

    assert not [name for name in names if name in usual]
    assert [name for name in names if name in asked]
    assert "named practitioners" in asked
    assert not [name for name in set(patients) if f">{name}<" in asked]


def test_no_count_of_people_under_the_threshold_is_shown(place: Store) -> None:
    html = page.page(place, "Hathermere")
    tables = re.findall(r"<table><caption>(?:In pieces|People by|Referrals|Rows in).*?</table>", html)
    counts = [
        cell
        for table in tables
        for row in re.findall(r"<tr>(?:(?!</tr>).)*</tr>", table)
        for cell in re.findall(r'<td class="n">([^<]+)</td>', row)[:2]
    ]
    numbers = [int(each.replace(",", "")) for each in counts if re.fullmatch(r"[\d,]+", each)]

    assert len(numbers) > 20
    assert not [each for each in numbers if 0 < each < 10]
    assert "[c]" in counts
    assert "Counts of 1 to 7 are not shown" in html


def test_the_methods_are_the_measures_own_words(place: Store) -> None:
    html = page.page(place, "Hathermere")

    assert "Bice and Boxerman 1977" in html
    assert "blind to order and reason" in html


def test_a_place_without_contacts_is_said_to_have_none(tmp_path: Path) -> None:
    with loaded(tmp_path, patient("p")) as store:
        html = page.page(store, "Nowhere & <Nobody>")

    assert "Nowhere &amp; &lt;Nobody&gt;" in html
    assert "Nobody has a contact in this time" in html
    assert "no chart, for want of" in html


def test_the_map_says_the_busiest_ways_in_words() -> None:
    names = {"elms": "The Elms", "mary": "St Mary's"}
    arrows = [between.Arrow("mary", "elms", 3, None), between.Arrow("elms", "mary", 12, 50.0)]

    drawn = between.draw(names, {"elms": "practice"}, arrows, "A place", "median wait")

    assert "The Elms to St Mary&#x27;s, 12 times, median wait 50 days; St Mary&#x27;s to The Elms, 3 times" in drawn


def test_a_map_of_forty_keeps_every_name_apart_and_is_the_same_each_time() -> None:
    names = {f"o{number}": f"Organisation {number}" for number in range(40)}
    arrows = [
        between.Arrow(f"o{number}", f"o{(number * 7 + 1) % 40}", number + 1, number * 3.0) for number in range(40)
    ]

    drawn = between.draw(names, {}, arrows, "A place", "median wait")

    heights = sorted(
        float(y) for x, y in re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>Organisation', drawn) if float(x) < 490
    )
    assert len(heights) == 20
    assert min(after - before for before, after in pairwise(heights)) >= 30
    assert drawn == between.draw(names, {}, list(reversed(arrows)), "A place", "median wait")


def test_a_boundary_that_few_crossed_is_not_shown_nor_is_one_left_out_alone(tmp_path: Path) -> None:
    people = [f"p{number}" for number in range(30)]

    def seen(who: str, by: str, at: str) -> Resource:
        return contact(f"{who}-{by}", at, subject=to(f"Patient/{who}"), serviceProvider=to(f"Organization/{by}"))

    visits = [seen(who, "elms", "2024-01-01T09:00:00Z") for who in people]
    visits += [
        seen(who, "mary" if number < 12 else "lodge" if number < 27 else "oaks", "2024-01-05T09:00:00Z")
        for number, who in enumerate(people)
    ]
    made = map(organisation, ("elms", "mary", "lodge", "oaks"))
    with loaded(tmp_path, *map(patient, people), *made, *visits) as store:
        found = boundaries.listed(hand_offs.hand_offs(store))

    assert [(row["to_number_key"], row["people"]) for row in found] == [("Organization/lodge", 15)]


def test_groups_too_small_to_show_are_taken_together_and_never_one_alone() -> None:
    ages = [("0 to 17", 0, 90), ("18 to 39", 9, 80), ("75 to 84", 20, 50), ("85 and over", 5, 40)]

    assert pieces.gathered(ages) == [("0 to 17", 0, 90), ("18 to 39", 9, 80), ("75 and over", 25, 90)]
    assert pieces.others_together([("Irish", 3, 60), ("Indian", 9, 80), ("British", 90, 900)]) == [
        ("British", 90, 900),
        ("all others", 12, 140),
    ]
    assert pieces.others_together([("female", 30, 60), ("male", 20, 50)]) == [("female", 30, 60), ("male", 20, 50)]


def test_a_month_from_which_few_could_be_told_is_left_out_of_the_charts() -> None:
    months = (date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1))
    row = {"number": None, "contacts": 50, "steps": 40, "hand_offs": 20}
    table = pa.Table.from_pylist(
        [
            {**row, "month": months[0], "people": 43, "in_pieces": 3},
            {**row, "month": months[1], "people": 40, "in_pieces": 10},
            {**row, "month": months[2], "people": 5, "in_pieces": 0},
        ]
    )
    found = series.Monthly(table, "organisation", months)

    assert over_time.safe(found, "in pieces") == [None, 25.0, None]
    assert over_time.safe(found, "people") == [45.0, 40.0, None]


met = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4)), max_size=40)


def counted(on: Any, made: list[tuple[int, int]]) -> list[dict[str, Any]]:
    visits = pa.table(
        {
            "patient": pa.array([who for who, _ in made], pa.int32()),
            "organisation": pa.array([by for _, by in made], pa.int32()),
            "sector": pa.array([by % 2 for _, by in made], pa.int32()),
            "started_at": pa.array([EVERYTHING["since"].replace(year=2024)] * len(made), pa.timestamp("us", tz="UTC")),
        }
    )
    numbers = range(6)
    patients = pa.table(
        {
            "number": pa.array(numbers, pa.int32()),
            "gender": ["female", "male", None] * 2,
            "ethnicity": ["any"] * 6,
            "deprivation_decile": pa.array([1, 2, 3, None, 9, 10], pa.int64()),
            "born_on": pa.array(
                [EVERYTHING["since"].date().replace(year=1940 + n, month=6) for n in numbers], pa.date32()
            ),
        }
    )
    as_at = EVERYTHING["since"].date().replace(year=2024, month=3)
    rows = on(statement("in_pieces"), {"visits": visits, "patients": patients}, as_at=as_at, **EVERYTHING)
    return list(rows)


def are_as_plainly(on: Any, made: list[tuple[int, int]]) -> None:
    seen = [len({by for who, by in made if who == each}) for each in range(6)]
    expected = in_pieces.plainly(number for number in seen if number)

    found = counted(on, made)

    everybody = [(row["people"], row["in_pieces"]) for row in found if row["what"] == "everybody"]
    assert everybody == ([expected] if expected[0] else [])
    for what in ("organisations", "age", "ethnicity"):
        assert sum(row["people"] for row in found if row["what"] == what) == expected[0]
    sectors = {(who, by % 2) for who, by in made}
    assert sum(row["people"] for row in found if row["what"] == "sector") == len(sectors)


@settings(deadline=None)
@given(met)
def test_people_in_pieces_are_the_plain_count_in_every_grouping(made: list[tuple[int, int]]) -> None:
    are_as_plainly(on_duckdb, made)


@pytest.mark.spark
def test_people_in_pieces_are_the_same_on_spark() -> None:
    made = [(n % 6, (n * n) % 5) for n in range(40)]

    are_as_plainly(on_spark, made)
    by_age = {row["of_which"]: row["people"] for row in counted(on_spark, made) if row["what"] == "age"}
    assert by_age == {"75 to 84": 6}
