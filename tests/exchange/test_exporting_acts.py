"""Acts for analysts: who did what in which role, without words and without patients."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from joinedup.records.load import load
from joinedup.records.store import Store
from manyhands import acts
from manyhands.__main__ import main
from manyhands.exchange.acts import exported
from tests.cast import TEAM, asks, completes, consents, gathers, objects, proposes, reports_on, takes_on
from tests.workspace.workplace import Workplace, workplace


@pytest.fixture
def story(db: None) -> Workplace:
    return workplace()


def happened(story: Workplace) -> list[dict[str, object]]:
    story.happened(gathers("asha", "ruth", "sam"), proposes("carol"), consents("asha"), objects("dev"), asks("asha"))
    return [json.loads(line) for line in exported(TEAM)]


def test_every_act_is_a_line_with_who_in_which_role_for_whom(story: Workplace) -> None:
    lines = happened(story)

    assert [line["number"] for line in lines] == list(range(1, len(story.recorded) + 1))
    proposed = next(line for line in lines if line["act"] == "propose")
    assert (proposed["by"], proposed["in_role"], proposed["role_kind"]) == ("carol", "matron", "nurse")
    assert proposed["about"]["proposal"] == "visits"
    assert proposed["about"]["terms"]["affected"] == ["practice", "nursing", "council"]


def test_nothing_that_anybody_wrote_and_no_patient_is_in_it(story: Workplace) -> None:
    lines = happened(story)

    said = json.dumps(lines)
    written = [words for entry in story.recorded for words in _words(entry.act)]
    assert len(written) > 10
    assert not [words for words in written if words in said]
    assert "ruth" not in said
    assert next(line for line in lines if line["act"] == "gather")["about"]["patients"] == 2


def _words(thing: object) -> list[str]:
    if isinstance(thing, tuple):
        return [words for each in thing for words in _words(each)]
    if not hasattr(thing, "__dataclass_fields__"):
        return []
    from typing import get_type_hints

    hints = get_type_hints(type(thing))
    found = []
    for name in thing.__dataclass_fields__:
        value = getattr(thing, name)
        found += [value] if hints[name] is acts.Words and value else _words(value)
    return found


def test_what_is_exported_is_loaded(story: Workplace, tmp_path: Path) -> None:
    happened(story)
    out = tmp_path / "acts.ndjson"

    ran = CliRunner().invoke(main, ["export-acts", str(TEAM), "--out", str(out)])
    load([str(out)], tmp_path / "store")

    assert ran.exit_code == 0, ran.output
    with Store(tmp_path / "store") as store:
        rows = store.query("SELECT number, kind, person, role_kind, about FROM acts").to_pylist()
    assert [row["number"] for row in rows] == list(range(1, len(story.recorded) + 1))
    assert json.loads(next(row["about"] for row in rows if row["kind"] == "object"))["objection"] == "lone-visits"


def test_a_team_that_is_not_there_is_answered_with_those_that_are(story: Workplace) -> None:
    ran = CliRunner().invoke(main, ["export-acts", "nowhere"])

    assert ran.exit_code == 1
    assert f"There is no team nowhere. There are: {TEAM}." in ran.output


def test_a_line_that_is_no_act_is_set_aside_and_the_rest_goes_on(story: Workplace, tmp_path: Path) -> None:
    happened(story)
    good = list(exported(TEAM))
    (tmp_path / "acts.ndjson").write_bytes(b"\n".join([good[0], b'{"team": 1}', b"not json", good[1]]))

    load([str(tmp_path / "acts.ndjson")], tmp_path / "store")

    with Store(tmp_path / "store") as store:
        assert [each.position for each in store.set_aside()] == ["line 2", "line 3"]
        assert store.query("SELECT count(*) AS n FROM acts")["n"][0].as_py() == 2


def test_of_a_group_it_is_said_in_each_fifth_for_how_many_it_was_done_and_of_nobody_who(
    story: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("manyhands.exchange.acts.exporting.fifths_of", lambda those: dict.fromkeys(those, 1))
    story.happened(gathers("asha", "ruth", "sam"), asks("asha", "round", group="frail"))
    story.happened(takes_on("carol", "round"), reports_on("carol", "ruth", responsibility="round"))
    story.happened(completes("carol", "round", acts.Outcome.PARTLY))

    lines = [json.loads(line) for line in exported(TEAM)]

    assert lines[-1]["about"]["reached_by_fifth"] == {"1": {"done": 1, "of": 2}}
    assert "ruth" not in json.dumps(lines)
