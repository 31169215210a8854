"""Everything goes out in open formats and comes in again the same; what was changed on the way does not come in."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.contrib.auth.hashers import is_password_usable
from django.core.management import call_command

from manyhands import who
from manyhands.__main__ import main
from manyhands.access import reads
from manyhands.access.bases import Action
from manyhands.access.models import Sight
from manyhands.exchange.everything import CannotTakeIn, CannotWriteOut, take_in, write_out
from manyhands.exchange.everything.sheets import as_text
from manyhands.exchange.everything.tables import LEFT_OUT, TABLES, WITH_THE_ACTS
from manyhands.log.models import Entry, Wording
from manyhands.log.read import brought_forward
from manyhands.people.models import Patient, Person
from manyhands.pictures import history, proposals
from manyhands.rules.folding import fold
from tests.cast import TEAM, asks, comments, consents, gathers, objects, proposes, takes_on, withholds
from tests.emptying import guards_down
from tests.workspace.workplace import Workplace, workplace

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
ALL = ("acts.ndjson", *(table.file for table in TABLES))


@pytest.fixture
def place() -> Workplace:
    """A team in which a good deal has happened, a text has been withheld, and patients have been seen."""
    story = workplace()
    Patient.objects.create(id="ruth", record="Patient/ruth", family_name="Roe", given_names="Ruth Ann", gender="female")
    Patient.objects.create(id="sam", record="Patient/sam", nhs_number="9990000018", family_name="=cmd()")
    story.happened(
        gathers("asha", "ruth", "sam"), proposes("carol"), consents("asha"), objects("dev"), asks("asha"),
        comments("carol", says="Mrs Green next door heard it"),
    )  # fmt: skip
    story.happened(takes_on("carol"), withholds("asha", len(story.recorded)))
    ruth = reads.Shown(Action.READ, None, who.Patient("ruth"))
    reads.note(who.Person("asha"), TEAM, "/groups", [ruth], story.now)
    return story


@pytest.fixture
def written(place: Workplace, tmp_path: Path) -> Path:
    write_out(tmp_path / "out")
    return tmp_path / "out"


def empty() -> None:
    with guards_down():
        call_command("flush", interactive=False, verbosity=0)


def everything_kept() -> list[object]:
    """Every row there is, but for passwords."""
    kinds = [Entry, Wording, *(table.kind for table in TABLES)]
    rows: list[object] = []
    for kind in kinds:
        names = [f.attname for f in kind._meta.concrete_fields if f.attname not in ("password", "last_login")]
        rows += sorted((kind.__name__, *map(str, row)) for row in kind._default_manager.values_list(*names))
    return rows


def pictures() -> tuple[object, ...]:
    return brought_forward(TEAM, fold), brought_forward(TEAM, history.fold), brought_forward(TEAM, proposals.fold)


def test_what_was_written_out_comes_in_again_with_the_same_rows_and_the_same_pictures(place: Workplace, written: Path):
    rows, seen = everything_kept(), pictures()
    assert Sight.objects.count() == 1
    assert Wording.objects.filter(text=None).exists()
    empty()
    assert everything_kept() == []

    take_in(written)

    assert everything_kept() == rows
    assert pictures() == seen


def test_what_is_written_out_again_after_coming_in_is_the_same_to_the_byte(written: Path, tmp_path: Path):
    empty()
    take_in(written)

    write_out(tmp_path / "again")

    files = sorted(each.relative_to(written) for each in written.rglob("*.*") if each.name != "manifest.json")
    assert len(files) > 20
    for each in files:
        assert (tmp_path / "again" / each).read_bytes() == (written / each).read_bytes()


def test_no_password_goes_out_and_nobody_signs_in_before_a_new_one(written: Path):
    digests = list(Person.objects.values_list("password", flat=True))
    said = "".join(each.read_text(errors="replace") for each in written.rglob("*.*"))
    assert not [each for each in digests if each in said]

    empty()
    take_in(written)

    assert not any(is_password_usable(each.password) for each in Person.objects.all())
    runner = CliRunner()
    set_anew = runner.invoke(main, ["set-password", "asha@example.org", "--password", "forty-two green bicycles"])
    assert set_anew.exit_code == 0, set_anew.output
    assert Person.objects.get(id="asha").check_password("forty-two green bicycles")


def test_words_that_were_withheld_do_not_go_out(written: Path):
    said = "".join(each.read_text(errors="replace") for each in written.rglob("*.*"))

    assert "Mrs Green" not in said


@pytest.mark.parametrize("file", ALL)
def test_a_file_that_was_changed_is_not_taken_in(written: Path, file: str):
    lines = (written / file).read_bytes()
    (written / file).write_bytes(lines + b"{}\n")
    empty()

    with pytest.raises(CannotTakeIn, match=f"{file} is not the file that was written"):
        take_in(written)

    assert everything_kept() == []


def test_an_act_that_was_changed_is_not_taken_in_even_with_a_new_manifest(written: Path):
    lines = (written / "acts.ndjson").read_text().splitlines()
    changed = json.loads(lines[-1])
    changed["by"] = "somebody-else"
    lines[-1] = json.dumps(changed)
    _rewritten(written, "acts.ndjson", "\n".join(lines) + "\n")
    empty()

    with pytest.raises(CannotTakeIn, match=r"entry \d+: its content was changed"):
        take_in(written)

    assert everything_kept() == []


def test_a_team_whose_last_acts_were_cut_off_is_not_taken_in(written: Path):
    lines = (written / "acts.ndjson").read_text().splitlines()
    _rewritten(written, "acts.ndjson", "\n".join(lines[:-3]) + "\n")
    empty()

    with pytest.raises(CannotTakeIn, match=r"it is missing, and so is all up to"):
        take_in(written)


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        ("people.ndjson", "{", "people.ndjson, line 1: "),
        ("people.ndjson", '{"id":"x"}', "people.ndjson, line 1: email, is_active, .*name, .*is missing"),
        ("people.ndjson", "[]", "people.ndjson, line 1: Expected `object`"),
        ("patients.ndjson", '{"id":"x","hat":1}', "patients.ndjson, line 1: hat is not of this table"),
        ("acts.ndjson", '{"team":"t"}', "acts.ndjson, line 1: words is missing"),
        ("acts.ndjson", '{"team":"t","words":{}}', "acts.ndjson, line 1: number is missing"),
    ],
)
def test_what_cannot_be_read_is_named_by_file_line_and_field(written: Path, file: str, line: str, said: str):
    _rewritten(written, file, line + "\n")
    empty()

    with pytest.raises(CannotTakeIn, match=said):
        take_in(written)

    assert everything_kept() == []


def _rewritten(folder: Path, file: str, text: str) -> None:
    from hashlib import sha256

    (folder / file).write_text(text)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][file]["sha256"] = sha256(text.encode()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_nothing_is_taken_in_where_something_is(written: Path):
    rows = everything_kept()

    with pytest.raises(CannotTakeIn, match="There is something here already"):
        take_in(written)

    assert everything_kept() == rows


def test_a_folder_that_is_there_is_not_written_over(written: Path):
    with pytest.raises(CannotWriteOut, match="is there already"):
        write_out(written)


def test_every_table_goes_out_or_is_left_out_for_a_reason(transactional_db: None):
    known = {each._meta.label for each in apps.get_models(include_auto_created=True)}
    out = {table.kind._meta.label for table in TABLES} | WITH_THE_ACTS

    assert known - out - LEFT_OUT.keys() == set(), "write it out in tables.py, or say there why not"
    assert (out | LEFT_OUT.keys()) - known == set()


def test_a_spreadsheet_runs_nothing(written: Path):
    with (written / "sheets" / "patients.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}

    assert rows["sam"]["family_name"] == "'=cmd()"
    assert [as_text(each) for each in ("+1", "-1", "@x", "\tx")] == ["'+1", "'-1", "'@x", "'\tx"]
    assert [as_text(each) for each in ("plain", 7)] == ["plain", 7]


def test_other_systems_read_it_as_fhir(written: Path):
    fhir = pytest.importorskip("fhir.resources.R4B", reason="fhir.resources is an extra")
    del fhir
    from fhir.resources.R4B import get_fhir_model_class

    kinds = {}
    for file in sorted((written / "fhir").glob("*.ndjson")):
        lines = [json.loads(line) for line in file.read_text().splitlines()]
        for each in lines:
            get_fhir_model_class(each["resourceType"]).model_validate(each)
        kinds[file.stem] = len(lines)

    assert kinds["Organization"] == 5
    assert kinds["Patient"] == 2
    assert kinds["Group"] == kinds["Task"] == kinds["CareTeam"] == 1
    assert kinds["PractitionerRole"] >= 5


def test_what_fhir_says_refers_to_what_is_there(written: Path):
    said = [json.loads(line) for file in (written / "fhir").glob("*.ndjson") for line in file.read_text().splitlines()]
    there = {f"{each['resourceType']}/{each['id']}" for each in said}

    assert set(_references(said)) <= there
    task = next(each for each in said if each["resourceType"] == "Task")
    assert (task["status"], task["intent"]) == ("accepted", "order")


def _references(thing: object) -> Iterator[str]:
    if isinstance(thing, list):
        for each in thing:
            yield from _references(each)
    elif isinstance(thing, dict):
        if isinstance(thing.get("reference"), str):
            yield thing["reference"]
        for each in thing.values():
            yield from _references(each)


def test_the_commands_say_what_they_did_and_what_to_do_next(place: Workplace, tmp_path: Path):
    runner = CliRunner()

    out = runner.invoke(main, ["export", str(tmp_path / "out")])
    empty()
    back = runner.invoke(main, ["import", str(tmp_path / "out")])
    again = runner.invoke(main, ["import", str(tmp_path / "out")])

    assert f"{len(place.recorded)} acts" in out.output
    assert "Every chain fits" in back.output
    assert "manyhands set-password" in back.output
    assert again.exit_code == 1
    assert "Nothing was taken in" in again.output
