"""What `import joinedup` gives an analyst, in a notebook or a script."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas
import polars
import pyarrow as pa
import pytest

import joinedup
from joinedup.__main__ import joinedup as commands
from joinedup.asked_in_python import measured, options_of
from joinedup.cli.leading import OF_TEAMS
from joinedup.measures import continuity, hand_offs
from joinedup.records.generations import StoreNotFound
from joinedup.records.sources import NothingThere
from tests.joinedup.making import condition, contact, organisation, patient, to, write

PEOPLE = 12
WHERE = ("surgery", "hospital", "surgery", "charity")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve people who go to the surgery, the hospital, the surgery and, the first nine, the charity."""
    made = tmp_path_factory.mktemp("python")
    people = [f"p{number}" for number in range(PEOPLE)]
    visits = [
        contact(
            f"{who}-{step}",
            f"2024-0{step + 1}-0{1 + number % 9}T09:00:00Z",
            subject=to(f"Patient/{who}"),
            serviceProvider=to(f"Organization/{place}"),
        )
        for number, who in enumerate(people)
        for step, place in enumerate(WHERE)
        if place != "charity" or number < 9
    ]
    ill = [condition(f"{who}-{code}", code, f"Patient/{who}") for who in people for code in ("1", "2")]
    places = [organisation(place, place.capitalize()) for place in sorted(set(WHERE))]
    write(made / "records.ndjson", *(patient(who) for who in people), *places, *visits, *ill)
    return made


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[joinedup.OpenStore]:
    joinedup.load(folder / "records.ndjson", into=folder / "store")
    with joinedup.open_store(folder / "store") as opened:
        yield opened


def test_importing_joinedup_reads_nothing_that_takes_time() -> None:
    asked = "import sys, joinedup; print(sorted({'duckdb', 'pyarrow', 'numba', 'click', 'pandas'} & set(sys.modules)))"

    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout

    assert said.strip() == "[]"


def test_everything_that_joinedup_says_it_has_is_there_and_says_what_it_is_for() -> None:
    for name in joinedup.__all__:
        assert getattr(joinedup, name).__doc__, name

    assert set(joinedup.__all__) <= set(dir(joinedup))
    with pytest.raises(AttributeError, match="joinedup has no nothing"):
        joinedup.nothing  # noqa: B018 (the asking is what is tried)


def test_loading_says_what_was_loaded_and_loading_again_changes_nothing(folder: Path, tmp_path: Path) -> None:
    done = joinedup.load(folder / "records.ndjson", into=tmp_path / "store")

    again = joinedup.load(folder / "records.ndjson", into=tmp_path / "store")

    assert (done.rows["patients"], done.changed, again.changed) == (PEOPLE, True, False)


def test_a_measure_is_what_the_command_line_gives_and_says_what_goes_with_it(store: joinedup.OpenStore) -> None:
    answer = store.measure("continuity", by="organisation", within="24 months", minimum=4)

    expected = continuity.measure(store.store, "organisation", 24, None, 4)
    assert answer.arrow().equals(expected.table)
    assert answer.said[0].startswith("Continuity by organisation")
    assert "3 with fewer left out" in answer.said[0]
    assert answer.scores()["COC"] == pytest.approx(expected.mean("coc"))


def test_an_answer_is_arrow_pandas_or_polars_as_asked(store: joinedup.OpenStore) -> None:
    answer = store.measure("hand-offs")

    expected = [row["times"] for row in hand_offs.hand_offs(store.store).between.to_pylist()]
    assert isinstance(answer.arrow(), pa.Table)
    assert answer.arrow()["times"].to_pylist() == expected
    assert isinstance(answer.pandas(), pandas.DataFrame)
    assert list(answer.pandas()["times"]) == expected
    assert isinstance(answer.polars(), polars.DataFrame)
    assert answer.polars()["times"].to_list() == expected
    assert polars.DataFrame(answer)["times"].to_list() == expected
    assert len(answer) == len(expected)


def test_days_and_windows_are_taken_as_text_or_as_values(store: joinedup.OpenStore) -> None:
    words = store.measure("continuity", within="2 months", as_at="2024-03-31")

    values = store.measure("continuity", within=2, as_at=date(2024, 3, 31))

    assert words.arrow().equals(values.arrow())
    assert words.said != store.measure("continuity").said


def test_every_measure_can_be_asked_by_the_name_it_has_on_the_command_line(store: joinedup.OpenStore) -> None:
    needs = {"before-and-after": {"what": "contacts", "on": "2024-03-01"}}

    of_acts = [command.name for command in OF_TEAMS]

    for name in store.measures():
        if name in ("memberships", "before-and-after", "turned-to", *of_acts):
            with pytest.raises(ValueError, match=r"holds no (memberships|acts)|months|turns to whom"):
                store.measure(name, **needs.get(name, {}))
            continue

        answer = store.measure(name)
        assert answer.said, name
        assert answer._repr_html_().startswith("<p>"), name


def test_what_cannot_be_understood_says_what_can(store: joinedup.OpenStore) -> None:
    with pytest.raises(joinedup.NotUnderstood, match=r"“closeness” is no measure. Measures are: .*continuity"):
        store.measure("closeness")
    with pytest.raises(joinedup.NotUnderstood, match=r"continuity has no option level. It has: minimum, within"):
        store.measure("continuity", level="team")
    with pytest.raises(joinedup.NotUnderstood, match="within: “long” is not a length of time"):
        store.measure("continuity", within="long")
    with pytest.raises(joinedup.NotUnderstood, match="before-and-after needs what"):
        store.measure("before-and-after", on="2024-03-01")
    with pytest.raises(joinedup.NotUnderstood, match="are for shared patients"):
        store.network(kind="alike", at_least=3)
    with pytest.raises(joinedup.NotUnderstood, match=r"“ducks” is no engine. Engines are duckdb, spark"):
        joinedup.open_store(store.store.path, engine="ducks")  # type: ignore[arg-type]
    with pytest.raises(StoreNotFound, match="There is no store"):
        joinedup.open_store(store.store.path / "nowhere")
    with pytest.raises(NothingThere, match="no file or folder"):
        joinedup.load(store.store.path / "nowhere", into=store.store.path / "another")
    with pytest.raises(joinedup.NotUnderstood, match="Say what to load"):
        joinedup.load(into=store.store.path / "another")


def test_drill_and_network_take_the_options_of_the_command_line(store: joinedup.OpenStore) -> None:
    tied = store.network(at_least=10).pandas()
    left = store.drill(by="organisation").pandas().set_index("organisation")

    assert list(tied["between"]) == ["Hospital – Surgery"]
    assert list(tied["shared"]) == [PEOPLE]
    assert left.loc["Surgery", "known"] == PEOPLE


def test_find_takes_a_rule_and_sets_the_people_found_beside_everybody(store: joinedup.OpenStore) -> None:
    found = store.find(rule="care-in-pieces").arrow()
    beside = store.find(rule="care-in-pieces", compare=True).arrow()

    assert found.column_names[0] == "patient"
    assert found.column_names[-1] == "reason"
    assert (beside["what"][0].as_py(), "patient" in beside.column_names) == ("everybody", False)
    with pytest.raises(joinedup.NotUnderstood, match="aged cannot go with rule"):
        store.find(rule="care-in-pieces", aged=70)


def test_find_gives_each_person_with_the_reason(store: joinedup.OpenStore) -> None:
    found = store.find(aged=80, conditions=2, organisations=3)

    assert len(found) == 9
    assert found.pandas()["reason"].str.startswith("Aged 83, with 2 conditions").all()
    assert len(store.find(aged=99)) == 0


def test_a_chart_shows_itself_and_is_written_as_svg_or_png(store: joinedup.OpenStore, tmp_path: Path) -> None:
    chart = store.chart("contacts", target=5, better="higher")

    assert chart._repr_svg_().startswith("<svg")
    assert len(chart.table) >= 2
    assert chart.write(tmp_path / "contacts.svg").read_text(encoding="utf-8") == chart.svg
    assert chart.write(tmp_path / "contacts.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(ValueError, match=r"is written as .svg or .png, not as “contacts.gif”"):
        chart.write(tmp_path / "contacts.gif")


def test_a_report_is_one_page_and_shows_itself_in_a_frame(store: joinedup.OpenStore, tmp_path: Path) -> None:
    page = store.report("Our <place>")

    assert page.write(tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "Our &lt;place&gt;" in page.html
    assert page._repr_html_().startswith("<iframe")
    assert "<!DOCTYPE" not in page._repr_html_()


def test_what_is_released_shows_no_small_count_and_no_other_number(store: joinedup.OpenStore) -> None:
    answer = store.measure("hand-offs")

    shown = answer.released("people", threshold=10, rounded_to=1)

    assert shown.arrow().column_names[0] == "between"
    assert "median_days" not in shown.arrow().column_names
    assert all(count is None or count >= 10 for count in shown.arrow()["people"].to_pylist())
    assert "Counts of 1 to 9 are not shown" in shown.said[0]
    with pytest.raises(ValueError, match="no longer the whole answer"):
        shown.measure_report()
    with pytest.raises(ValueError, match="“persons” is no column of counts"):
        answer.released("persons")
    with pytest.raises(ValueError, match="about one person"):
        store.measure("continuity").released("contacts")


def test_every_option_of_a_command_has_one_name_in_python() -> None:
    for command in (*measured().values(), *(commands.commands[name] for name in ("drill", "network", "chart"))):
        assert all(name.isidentifier() for name in options_of(command)), command.name
        assert not {"store", "form", "out", "engine"} & set(options_of(command))
