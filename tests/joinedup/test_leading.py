"""How widely leading is shared, how far it reaches, who follows, and what is carried out: on planted truths."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.__main__ import joinedup
from joinedup.engines.embedded import Embedded
from joinedup.engines.tongue import statement
from joinedup.measures import follow_through, leading, leading_shared, reach, who_leads
from joinedup.measures.asking import NotInTheseRecords
from joinedup.measures.leading_and_following import leading_and_following
from joinedup.measures.leading_over_time import monthly
from joinedup.measures.shares import hill
from joinedup.records.store import Store
from joinedup.release.nested import Place, nested
from joinedup.release.protecting import Cell, bounds
from joinedup.release.tables import THRESHOLD
from tests.joinedup.made_up_acts import PEOPLE, Team, busy, loaded, team_of
from tests.joinedup.on_engines import EACH_ENGINE, EVERYTHING, on_duckdb, on_spark

YEAR_END = date(2025, 12, 31)


def led_by(tmp_path: Path, leaders: list[str]) -> Store:
    team = team_of(PEOPLE)
    for number, person in enumerate(leaders):
        team.does(person, "raise", matter=f"m{number}")
    return loaded(tmp_path, team)


def of_persons(store: Store) -> dict[str, float]:
    with store:
        table = leading_shared.leading_shared(store, "person", None, YEAR_END).table
    return next(row for row in table.to_pylist() if row["way"] == "raises")


# ---- how widely it is shared: planted ----------------------------------------------------------------------------


def test_where_one_person_does_everything_the_effective_number_is_one_and_narrower_than_chance(tmp_path):
    found = of_persons(led_by(tmp_path, ["p3"] * 60))

    assert found["effective"] == found["effective_2"] == 1
    assert found["as_narrow"] == 0.001
    assert found["low"] > 8


def test_where_it_is_shared_evenly_the_effective_number_is_that_of_the_members(tmp_path):
    found = of_persons(led_by(tmp_path, PEOPLE * 5))

    assert found["effective"] == pytest.approx(len(PEOPLE))
    assert found["among"] == len(PEOPLE)
    assert found["as_narrow"] == 1


def test_where_it_falls_to_anybody_it_is_about_chance(tmp_path):
    found = of_persons(led_by(tmp_path, random.Random(7).choices(PEOPLE, k=60)))

    assert found["low"] <= found["effective"] <= found["high"]
    assert found["by_chance"] == pytest.approx(found["effective"], rel=0.1)


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_of_times_that_fall_to_anybody_few_in_a_hundred_are_outside_what_chance_gives(seed):
    drawn = random.Random(seed)
    outside = 0
    for _ in range(40):
        times = Counter(drawn.choices(range(9), k=40))
        found = leading_shared.shared([times[n] for n in range(9)], [1] * 9, draws=199, seed=drawn.randrange(1 << 30))
        outside += not found.low - 1e-9 <= found.effective <= found.high + 1e-9
    assert outside <= 9  # of 40 at 1 in 20; more than 9 by chance once in 40,000 or so


@given(st.lists(st.integers(0, 30), min_size=1, max_size=20).filter(any))
def test_the_effective_number_is_the_formula_and_lies_between_one_and_how_many_led(times):
    found = leading_shared.shared(times, [1] * len(times), draws=9)

    assert found.effective == pytest.approx(leading_shared.plainly(times))
    assert found.effective == pytest.approx(hill(times, 1))
    assert 1 - 1e-9 <= found.effective_2 <= found.effective + 1e-9 <= sum(map(bool, times)) + 2e-9


def test_organisations_with_more_members_are_expected_to_lead_more():
    alike = leading_shared.shared([30, 10], [3, 1])

    assert alike.low <= alike.effective <= alike.high
    assert leading_shared.shared([30, 10], [1, 1]).as_narrow < 0.01


def test_a_store_without_acts_says_what_to_load(shipped):
    with pytest.raises(NotInTheseRecords, match="manyhands export-acts"):
        leading.leading(shipped("nhs-ods"))


# ---- the ways, against the plain reading -------------------------------------------------------------------------


def everything() -> Team:
    """Every way of leading, with the odd things: recorded by another, said again, taken back, chaired by a second."""
    team = team_of(PEOPLE[:6])
    team.does("p0", "raise", matter="m")
    team.proposes("p1", "x", ["health-0", "care-1"], ("r1", "r2"))
    team.does("p2", "object", proposal="x", objection="o")
    comment = team.does("p3", "comment", proposal="x")
    spoken = team.does(
        "p0", "record-position", proposal="x", stance="concern", said_by="p4", said_in="r-p4", said_for="health-0"
    )
    position = team.does("p2", "consent", proposal="x")
    team.does("p2", "be-moved", proposal="x", position=position, entry=comment)
    team.does("p2", "be-moved", proposal="x", position=position, entry=spoken)
    other = team.does("p3", "consent-if", proposal="x")
    team.does("p3", "be-moved", proposal="x", position=other, person="p5")
    last = team.does("p4", "stand-aside", proposal="x")
    team.does("p4", "be-moved", proposal="x", position=last, visited_on="2025-01-01")
    team.does("p1", "agree", proposal="x")
    team.does("p2", "take-on", responsibility="r1")
    team.does("p2", "complete", responsibility="r1", outcome="partly-done")
    team.does("p5", "complete", responsibility="r2", outcome="not-done")
    team.does("p0", "attend", meeting="t", person="p0", part="chairs")
    team.does("p0", "attend", meeting="t", person="p5", part="records", role="r-p5")
    team.does("p5", "attend", meeting="t", person="p3", part="chairs")
    team.does("p5", "not-there", meeting="t", person="p3")
    return team


@EACH_ENGINE
def test_every_way_is_found_as_the_plain_reading_has_it(tmp_path, on):
    team = everything()
    told = [(line["act"], line["by"], {k: str(v) for k, v in line["about"].items()}) for line in team.lines]
    expected = Counter(leading.plainly(told))
    with loaded(tmp_path, team) as store:
        tables = {"acts": store.query("SELECT * FROM acts")}

    rows = on(statement("leading"), tables, **EVERYTHING)
    assert Counter((row["way"], row["person"]) for row in rows) == expected
    moved = [row for row in rows if row["way"] == "moves others"]
    assert {(row["person"], row["profession"], row["sector"]) for row in moved} == {
        ("p4", "doctor", "health"),
        ("p5", "social worker", "care"),
    }
    assert {way for way, _ in expected} == set(leading.WAYS)


def test_who_was_a_member_in_a_window_is_who_had_not_left_before_it(tmp_path):
    team = team_of(PEOPLE[:4])
    team.later(days=40)
    team.does("p1", "leave")
    team.does("p0", "remove", person="p2")
    team.later(days=100)
    team.does("p0", "raise", matter="m")
    with loaded(tmp_path, team) as store:
        early = leading.leading(store, 3, date(2025, 3, 31)).members["person"].to_pylist()
        late = leading.leading(store, 3, date(2025, 6, 30)).members["person"].to_pylist()

    assert (early, late) == (["p0", "p1", "p2", "p3"], ["p0", "p3"])


# ---- reach, following, follow-through ----------------------------------------------------------------------------


def test_reach_is_the_share_that_goes_beyond_ones_own_organisation(tmp_path):
    with loaded(tmp_path, busy()) as store:
        found = reach.reach(store, None, YEAR_END)

    assert found.share("proposals") == 0.75
    assert found.share("responsibilities") == 0.5
    assert reach.plainly([("a", ["a"]), *[("a", ["a", "b"])] * 3]) == 0.75


def test_who_leads_in_one_thing_and_follows_in_another_is_counted_once(tmp_path):
    team = team_of(PEOPLE[:6])
    team.proposes("p0", "x", ["care-1"])
    team.proposes("p1", "y", ["care-1"])
    team.does("p0", "consent", proposal="y")
    team.does("p0", "consent", proposal="x")  # one's own proposal is not followed
    team.does("p2", "comment", proposal="x")
    team.does("p3", "record-position", proposal="x", stance="object", said_by="p4", said_in="r-p4", said_for="health-0")
    team.later(days=100)
    team.does("p1", "raise", matter="m")
    with loaded(tmp_path, team) as store:
        found = leading_and_following(store, None, YEAR_END)

    rows = {row["person"]: (row["leads"], row["follows"]) for row in found.table.to_pylist()}
    assert rows == {"p0": (1, 1), "p1": (1, 0), "p2": (0, 1), "p4": (1, 0)}
    assert found.share == 0.25


def test_what_is_carried_out_is_told_by_deprivation_in_the_shape_of_the_study(tmp_path):
    with loaded(tmp_path, busy()) as store:
        found = follow_through.follow_through(store, None, YEAR_END)

    exact = {
        fifth: [row["carried_out"] for row in found.table.to_pylist() if row["fifth"] == fifth] for fifth in range(1, 6)
    }
    assert [round(100 * sum(each) / len(each)) for each in exact.values()] == [75, 78, 82, 82, 85]
    shown = [row["group"] for row in found.released().to_pylist() if row["by"] == "fifth of deprivation"]
    assert shown == ["least deprived", "2nd", "3rd", "4th", "most deprived"]


def test_what_is_held_for_a_group_counts_for_each_person_of_it(tmp_path):
    team = team_of(PEOPLE[:3])
    team.does("p0", "ask", responsibility="visits", group="frail")
    reached = {"1": {"done": 12, "of": 24}, "5": {"done": 30, "of": 40}}
    team.does("p1", "complete", responsibility="visits", outcome="partly-done", reached_by_fifth=reached)
    team.later(days=100)
    team.does("p0", "raise", matter="m")
    with loaded(tmp_path, team) as store:
        found = follow_through.follow_through(store, None, YEAR_END)

    told = follow_through.by_fifth(found.table.to_pylist())
    assert (told[1], told[5]) == ((12, 24), (30, 40))
    shown = {row["group"]: row["share"] for row in found.released().to_pylist()}
    assert shown["least deprived"] == 0.75


def test_a_responsibility_nobody_ever_took_on_counts_as_not_carried_out_after_half_a_year(tmp_path):
    team = team_of(PEOPLE[:3])
    team.proposes("p0", "x", ["care-1"], ("never", "ever"))
    team.does("p0", "agree", proposal="x")
    team.does("p1", "complete", responsibility="ever", outcome="done")
    team.later(days=300)
    team.does("p0", "raise", matter="m")
    with loaded(tmp_path, team) as store:
        soon = follow_through.follow_through(store, None, date(2025, 3, 31))
        late = follow_through.follow_through(store, None, date(2025, 12, 31))

    assert (soon.share(), soon.share("decisions")) == (1.0, None)
    assert (late.share(), late.share("decisions")) == (0.5, 0.0)


def test_professions_are_those_that_had_answered_when_it_was_decided(tmp_path):
    team = team_of(PEOPLE[:6])
    team.proposes("p0", "x", ["care-1"], ("r",))
    team.does("p1", "consent", proposal="x")
    team.does("p4", "consent", proposal="x")
    team.does("p0", "agree", proposal="x")
    team.does("p2", "complete", responsibility="r", outcome="done")
    with loaded(tmp_path, team) as store:
        rows = follow_through.follow_through(store, None, date(2025, 12, 31)).table.to_pylist()

    assert [(row["responsibility"], row["professions"]) for row in rows] == [("r", 2)]


@pytest.mark.spark
@pytest.mark.parametrize("name", ["reach", "leading_and_following", "follow_through", "leading_members"])
def test_both_engines_say_the_same(tmp_path, name):
    with loaded(tmp_path, busy(6)) as store:
        tables = {"acts": store.query("SELECT * FROM acts")}

    found = on_duckdb(statement(name), tables, **EVERYTHING)
    assert found
    assert on_spark(statement(name), tables, **EVERYTHING) == found


def test_a_month_of_too_little_has_no_value_and_the_rest_is_given_in_fives(tmp_path):
    team = team_of(PEOPLE)
    for month in range(15):
        for number in range(3 if month == 4 else 12):
            other = ["care-1"] if number % 4 else ["health-0"]
            team.proposes("p0", f"x{month}-{number}", other)
            team.does(PEOPLE[number], "raise", matter=f"m{month}-{number}")
        team.later(days=30.5)
    team.does("p0", "raise", matter="last")
    with loaded(tmp_path, team) as store:
        months, values, _ = monthly(store, "reach", 36)
        _, shared, _ = monthly(store, "leading shared", 36)

    assert len(months) >= 13
    assert {value for value in values if value is not None} == {75.0}
    assert values.count(None) == 1
    assert all(value is None or value % 5 == 0 for value in shared)


# ---- what cannot be got at ---------------------------------------------------------------------------------------

places = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 3)).map(
        lambda each: Place(f"organisation {each[0]}", f"sector {each[0] // 2}", f"profession {each[1]}")
    ),
    max_size=120,
)


def known_to_an_attacker(shown) -> list[tuple[str, str, int | None]]:
    listed = [("everybody", "everybody", shown.everybody)]
    for by in ("sectors", "organisations", "professions"):
        listed += [(by, unit, people) for unit, people in getattr(shown, by).items()]
    return listed


@settings(deadline=None, max_examples=150)
@given(places)
def test_no_small_number_is_got_by_taking_one_list_from_another(listed):
    """With nothing rounded, the attacker's best day: totals, sectors, organisations and professions together."""
    shown = nested(listed, rounded_to=1)
    of = {place.organisation: place.sector for place in listed}
    counts = {
        "everybody": {"everybody": len(listed)},
        "sectors": Counter(place.sector for place in listed),
        "organisations": Counter(place.organisation for place in listed),
        "professions": Counter(place.profession for place in listed),
    }
    ends = {
        "everybody": lambda unit: ("total", "all"),
        "sectors": lambda unit: ("all", unit),
        "organisations": lambda unit: (of[unit], "places"),
        "professions": lambda unit: ("places", "total"),
    }
    cells = [
        Cell(*ends[by](unit), counts[by][unit], people is None) for by, unit, people in known_to_an_attacker(shown)
    ]
    for at, cell in enumerate(cells):
        if 0 < cell.count < THRESHOLD:
            assert cell.hidden
            least, most = bounds(cells, at)
            assert least == 0
            assert most >= THRESHOLD - 1


def test_an_organisation_is_not_what_its_sector_has_beside_the_others():
    nurses = [Place("trust", "health", "nurse")] * 20
    three = [Place("practice", "health", "nurse")] * 3
    others = [Place("council", "care", "social worker")] * 30

    shown = nested([*nurses, *three, *others], rounded_to=1)

    told = [shown.organisations["trust"], shown.sectors["health"], shown.professions["nurse"]]
    assert shown.organisations["practice"] is None
    assert not (told[0] is not None and (told[1] is not None or told[2] is not None))
    assert not (told[0] is not None and shown.everybody is not None and shown.sectors["care"] is not None)


def test_asking_day_after_day_gives_the_same_until_a_quarter_is_over(tmp_path):
    team = team_of(PEOPLE)
    for number in range(90):
        team.does(PEOPLE[number % 12], "raise", matter=f"m{number}")
        team.later(days=2)
    with loaded(tmp_path, team) as store:
        days = [date(2025, 4, 1) + timedelta(days=after) for after in range(90)]
        told = {str(who_leads.who_leads(store, 12, day).released().to_pylist()) for day in days}
        shared = {str(leading_shared.leading_shared(store, "organisation", 12, day).table.to_pylist()) for day in days}

    assert len(told) == len(shared) == 1


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 60), st.integers(0, 60))
def test_nor_is_one_quarter_what_a_longer_window_has_beside_a_shorter(before, more):
    """Of one list of one: nobody can be certain that a number from 1 to 7 came between two windows."""
    shorter, longer = (nested([Place("o", "s", "p")] * count).everybody for count in (before, before + more))

    def lies(shown: int | None) -> tuple[int, int]:
        if shown is None:
            return 1, THRESHOLD - 1
        return (0, 0) if shown == 0 else (max(THRESHOLD, shown - 2), shown + 2)

    least = lies(longer)[0] - lies(shorter)[1]
    most = lies(longer)[1] - lies(shorter)[0]
    told_itself = shorter == 0  # nothing before: what is hidden is hidden as it is in any one table
    assert told_itself or least <= 0 or most >= THRESHOLD


def test_nothing_that_is_released_has_a_column_or_a_row_of_a_person(tmp_path):
    with loaded(tmp_path, busy()) as store:
        tables = [
            leading_shared.leading_shared(store, "person", None, YEAR_END).released(),
            who_leads.who_leads(store, None, YEAR_END).released(),
            reach.reach(store, None, YEAR_END).released(),
            leading_and_following(store, None, YEAR_END).released(),
            follow_through.follow_through(store, None, YEAR_END).released(),
        ]

    for table in tables:
        assert isinstance(table, pa.Table)
        assert "person" not in table.column_names
        said = {str(value) for column in table.columns for value in column.to_pylist()}
        assert not said & set(PEOPLE)


def test_fewer_times_than_the_threshold_are_not_shown_at_all(tmp_path):
    with led_by(tmp_path, ["p3"] * 7) as store:
        found = leading_shared.leading_shared(store, "organisation", None, YEAR_END)

    assert [row["times"] for row in found.released().to_pylist()] == [None, None]
    assert all(row["effective"] is None for row in found.released().to_pylist())


def test_the_engine_that_is_given_is_asked(tmp_path):
    with loaded(tmp_path, busy(3)) as store:
        asked = Embedded(store)
        assert reach.reach(store, None, YEAR_END, asked).table.equals(reach.reach(store, None, YEAR_END).table)


# ---- as they are asked on the command line -----------------------------------------------------------------------


@pytest.mark.parametrize("command", ["leading", "who-leads", "reach", "leading-and-following", "follow-through"])
def test_each_is_asked_on_the_command_line_and_says_what_is_hidden(tmp_path, command):
    loaded(tmp_path, busy()).close()

    ran = CliRunner().invoke(joinedup, ["measure", command, str(tmp_path / "store"), "--as-at", "2025-12-31"])

    assert ran.exit_code == 0, ran.output
    assert "counts of 1 to 7" in ran.output
    assert not [person for person in PEOPLE if f" {person} " in ran.output]


def test_how_leading_has_moved_is_charted_by_the_nhs_rules(tmp_path):
    team = team_of(PEOPLE)
    for month in range(15):
        for number in range(12):
            team.proposes("p0", f"x{month}-{number}", ["care-1"] if number % 4 or month > 7 else ["health-0"])
        team.later(days=30.5)
    loaded(tmp_path, team).close()
    store = str(tmp_path / "store")

    table = CliRunner().invoke(joinedup, ["chart", store, "reach"])
    picture = CliRunner().invoke(joinedup, ["chart", store, "reach", "--format", "svg"])
    of_one = CliRunner().invoke(joinedup, ["chart", store, "reach", "--of", "the trust"])

    assert "Reach each month, all teams" in table.output
    assert "improvement" in table.output
    assert "<svg" in picture.output
    assert of_one.exit_code == 2
    assert "leave out --of" in of_one.output
