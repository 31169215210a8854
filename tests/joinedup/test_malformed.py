"""Nothing that a file holds stops a load, and nothing in it is lost without a word."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.records.fhir import shapes
from joinedup.records.fhir.reader import KEPT, Reader
from joinedup.records.fhir.rows import Rows
from joinedup.records.parts import SCHEMAS
from joinedup.records.store import Store
from tests.joinedup.making import bundle, contact, load_into, patient, rows, to, write

WORDS = sorted(
    {field.encode_name for shape in shapes.Shape.__subclasses__() for field in msgspec.structs.fields(shape)}
    - {"resourceType"}
)
"""The names of every part of FHIR that is read."""


def store_of(folder: Path, *sources: Path) -> Store:
    load_into(folder / "store", *sources)
    return Store(folder / "store")


def aside(store: Store) -> list[tuple[str, str]]:
    return [(each.position, each.reason) for each in store.set_aside()]


def test_a_bad_line_is_set_aside_and_the_lines_around_it_are_kept(tmp_path: Path) -> None:
    write(tmp_path / "a.ndjson", patient("p"), '{"resourceType": "Patient", "id": ', contact("e"))

    store = store_of(tmp_path, tmp_path / "a.ndjson")

    ((position, reason),) = aside(store)
    assert position == "line 2"
    assert reason.startswith("not readable")
    assert (store.counts()["patients"], store.counts()["contacts"]) == (1, 1)


def test_a_bad_entry_does_not_spoil_its_bundle(tmp_path: Path) -> None:
    made = bundle(patient("p"), contact("e"))
    made["entry"].insert(1, {"resource": {"resourceType": "Patient", "id": 7}})
    made["entry"].insert(2, "not an entry")
    write(tmp_path / "a.json", made)

    store = store_of(tmp_path, tmp_path / "a.json")

    assert [position for position, _ in aside(store)] == ["entry[1]", "entry[2]"]
    assert (store.counts()["patients"], store.counts()["contacts"]) == (1, 1)


def test_a_value_of_the_wrong_type_sets_the_resource_aside_and_says_where(tmp_path: Path) -> None:
    write(tmp_path / "a.ndjson", patient("p", name={"family": 7}), patient("q"))

    store = store_of(tmp_path, tmp_path / "a.ndjson")

    ((position, reason),) = aside(store)
    assert position == "line 1"
    assert "$.name" in reason
    assert rows(store, "patients", "patient") == [("Patient/q",)]
    assert [(each.resource_type, each.outcome) for each in store.counted()] == [
        ("Patient", "kept"),
        ("Patient", "set aside"),
    ]


def test_one_thing_where_fhir_has_a_list_is_kept_and_doubted(tmp_path: Path) -> None:
    write(tmp_path / "a.json", patient("p", name={"family": "Ash"}))

    store = store_of(tmp_path, tmp_path / "a.json")

    assert rows(store, "patients", "family_name") == [("Ash",)]
    assert [each.doubt for each in store.doubts()] == [
        "name is one thing where FHIR has a list: taken as a list of one"
    ]


def test_a_date_that_is_none_is_left_out_and_the_rest_kept(tmp_path: Path) -> None:
    write(tmp_path / "a.ndjson", patient("p", birthDate="27/05/1940"), contact("e", "soon"))

    store = store_of(tmp_path, tmp_path / "a.ndjson")

    assert rows(store, "patients", "patient", "born_on") == [("Patient/p", None)]
    assert rows(store, "contacts", "contact", "started_at") == [("Encounter/e", None)]
    assert {each.doubt for each in store.doubts()} == {
        "birthDate is not a date and was left out",
        "period.start is not a date and was left out",
    }


def test_a_compressed_file_that_ends_too_early_keeps_what_came_before(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(patient(f"p{n}", text={"div": "x" * n})) for n in range(5000))
    whole = gzip.compress(lines.encode())
    (tmp_path / "a.ndjson.gz").write_bytes(whole[: len(whole) // 2])

    store = store_of(tmp_path, tmp_path / "a.ndjson.gz")

    ((position, reason),) = aside(store)
    assert position.startswith("after line ")
    assert "ends too early" in reason
    assert 0 < store.counts()["patients"] < 5000
    assert [each.outcome for each in store.sources()] == ["read in part"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.json", b"", "the file is empty"),
        ("blank.ndjson", b"\n \n", "the file is empty"),
        ("broken.json", b'{"resourceType": "Patient",\n "id": "p"', "not readable"),
        ("text.json", b"Dear colleague,\n", "not readable"),
        ("wide.json", '{"resourceType": "Patient"}'.encode("utf-16"), "UTF-16"),
        ("latin.json", b'{"resourceType": "Patient", "name": [{"family": "J\xe9r\xf4me"}]}', "not readable"),
        ("zipped.json", b"PK\x03\x04whatever", "zip archive"),
        ("gone.json.gz", gzip.compress(b"{}" * 999, mtime=0)[:9], "damaged or ends too early"),
        ("number.json", b"42", "not readable"),
        ("null.json", b"null", "not readable"),
        ("manifest.json", b'{"transactionTime": "2024-01-01T00:00:00Z", "output": []}', "not a FHIR resource"),
        ("odd.json", b'{"resourceType": "../../etc/passwd"}', "not the name"),
        ("surrogate.json", b'{"resourceType": "Patient", "id": "\\ud800"}', "not readable"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_is_set_aside_with_the_reason(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    write(tmp_path / "good.json", patient("p"))

    store = store_of(tmp_path, tmp_path / name, tmp_path / "good.json")

    ((_, said),) = aside(store)
    assert reason in said
    assert store.counts()["patients"] == 1


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + b"%s\n%s\n",
        b"%s\r\n%s\r\n",
        b"%s\n%s",
        b"\n\n%s\n\n  \n%s\n\n",
    ],
    ids=["byte order mark", "CR LF", "no last newline", "blank lines"],
)
def test_lines_are_read_however_they_begin_and_end(tmp_path: Path, content: bytes) -> None:
    one, two = json.dumps(patient("p")).encode(), json.dumps(contact("e")).encode()
    (tmp_path / "a.ndjson").write_bytes(content % (one, two))

    store = store_of(tmp_path, tmp_path / "a.ndjson")

    assert aside(store) == []
    assert (store.counts()["patients"], store.counts()["contacts"]) == (1, 1)


def test_a_byte_order_mark_before_one_document_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(patient("p"), indent=2).encode())

    assert store_of(tmp_path, tmp_path / "a.json").counts()["patients"] == 1


def test_a_bundle_may_stand_on_a_line_and_inside_a_bundle(tmp_path: Path) -> None:
    write(
        tmp_path / "a.ndjson",
        bundle(patient("p"), bundle(contact("e"), {"resourceType": "Encounter", "id": 7})),
        contact("f"),
    )

    store = store_of(tmp_path, tmp_path / "a.ndjson")

    assert store.counts()["contacts"] == 2
    assert [position for position, _ in aside(store)] == ["line 1, entry[1], entry[1]"]


def test_lines_in_a_file_named_json_and_a_list_of_resources_are_read_too(tmp_path: Path) -> None:
    write(tmp_path / "lines.json", patient("p"), contact("e"))
    write(tmp_path / "list.json", [patient("q"), contact("f")])

    store = store_of(tmp_path, tmp_path / "lines.json", tmp_path / "list.json")

    assert (store.counts()["patients"], store.counts()["contacts"]) == (2, 2)


def test_one_document_over_several_lines_in_a_file_named_ndjson_is_set_aside_by_line(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_text(json.dumps(patient("p"), indent=2))

    store = store_of(tmp_path, tmp_path / "a.ndjson")

    assert len(aside(store)) > 2
    assert store.counts()["patients"] == 0


@pytest.mark.parametrize("number", ["1e999", "-1e999", "9" * 400, "1" + "0" * 5000, "0.1e-9999"])
def test_huge_numbers_are_no_harm_where_nobody_looks_and_set_aside_where_somebody_does(
    tmp_path: Path, number: str
) -> None:
    decile = f'{{"url": "https://example.org/deprivation-decile", "valueInteger": {number}}}'
    write(
        tmp_path / "a.ndjson",
        f'{{"resourceType": "Patient", "id": "p", "multipleBirthInteger": {number}}}',
        f'{{"resourceType": "Patient", "id": "q", "extension": [{decile}]}}',
        patient("r"),
    )

    store = store_of(tmp_path, tmp_path / "a.ndjson")

    kept = {key for (key,) in rows(store, "patients", "patient")}
    assert kept >= {"Patient/r"}
    assert len(kept) + len(aside(store)) == 3


@pytest.mark.parametrize("depth", [50, 5_000, 200_000])
def test_deep_nesting_does_not_overflow(tmp_path: Path, depth: int) -> None:
    deep = '{"resourceType": "Patient", "id": "p", "extension": [' + '{"extension": [' * depth + "]}" * depth + "]}"
    unseen = '{"resourceType": "Basic", "id": "b", "x": ' + "[" * depth + "]" * depth + "}"
    write(tmp_path / "a.ndjson", deep, unseen, patient("q"))

    store = store_of(tmp_path, tmp_path / "a.ndjson")

    assert ("Patient/q",) in rows(store, "patients", "patient")
    assert (
        sum(each.number for each in store.counted())
        + len([each for each in store.set_aside() if "Patient" not in each.reason])
        >= 3
    )


def test_bundles_within_bundles_without_end_are_set_aside(tmp_path: Path) -> None:
    made = patient("p")
    for _ in range(30):
        made = bundle(made)
    write(tmp_path / "a.json", made)

    ((_, reason),) = aside(store_of(tmp_path, tmp_path / "a.json"))

    assert "bundles inside bundles" in reason


def test_an_entry_that_asks_for_a_deletion_is_said_not_to_be_applied(tmp_path: Path) -> None:
    made = bundle(patient("p"), type="transaction")
    made["entry"].append({"request": {"method": "DELETE", "url": "Patient/p"}})
    write(tmp_path / "a.json", made)

    ((position, reason),) = aside(store_of(tmp_path, tmp_path / "a.json"))

    assert position == "entry[1]"
    assert "deletions are not applied" in reason


def test_nulls_in_lists_are_allowed_as_fhir_allows_them(tmp_path: Path) -> None:
    made = patient("p", name=[None, {"family": "Ash", "given": [None, "Jo"]}])
    write(tmp_path / "a.json", made)

    store = store_of(tmp_path, tmp_path / "a.json")

    assert rows(store, "patients", "family_name", "given_names") == [("Ash", "Jo")]


def test_types_that_go_into_no_table_are_counted_by_file(tmp_path: Path) -> None:
    write(tmp_path / "a.ndjson", {"resourceType": "Observation", "id": "o"}, {"resourceType": "Observation", "id": "n"})

    counted = store_of(tmp_path, tmp_path / "a.ndjson").counted()

    assert [(each.resource_type, each.number, each.outcome) for each in counted] == [("Observation", 2, "counted only")]


def test_files_that_are_not_records_by_their_names_are_passed_over_and_named(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.json", patient("p"))
    (tmp_path / "in" / "readme.md").write_text("# Read me")

    sources = store_of(tmp_path, tmp_path / "in").sources()

    assert [(Path(each.source).name, each.outcome) for each in sources] == [
        ("a.json", "read"),
        ("readme.md", "passed over"),
    ]


def test_excerpts_and_reasons_hold_nothing_about_a_person(tmp_path: Path) -> None:
    secret = "Cholmondeley"
    broken = f'{{"resourceType": "Patient", "name": "{secret}", "{secret}-key with blanks": 1}}'
    write(tmp_path / "a.ndjson", broken, f'{{"name": "{secret}"', f'["{secret}"]', f'"{secret}"', patient("p"))

    found = store_of(tmp_path, tmp_path / "a.ndjson").set_aside()

    assert len(found) == 4
    assert secret not in repr(found)


def test_an_odd_failure_in_one_resource_takes_back_its_rows_and_goes_on() -> None:
    rows = Rows()
    reader = Reader(rows)
    decile = '{"url": "https://example.org/deprivation-decile", "valueInteger": 1.5e300}'

    reader.document(f'{{"resourceType": "Patient", "id": "p", "extension": [{decile}]}}'.encode(), "line 1")
    reader.document(json.dumps(contact("e", subject=to("Patient/p"))).encode(), "line 2")

    assert len(rows.by_table["contacts"]) == 1


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8)),
    lambda inside: st.one_of(st.lists(inside, max_size=3), st.dictionaries(st.sampled_from(WORDS), inside, max_size=4)),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.sampled_from(sorted(KEPT)), st.dictionaries(st.sampled_from(WORDS), anything, max_size=6))
def test_no_resource_at_all_stops_the_reader_and_each_is_kept_or_set_aside(kind: str, fields: dict[str, Any]) -> None:
    rows = Rows()
    reader = Reader(rows)

    reader.document(json.dumps(fields | {"resourceType": kind}).encode(), "line 1")
    rows.gather_references()

    outer = sum(number for (_, _, contained, _), number in reader.counts.items() if not contained)
    assert outer == 1 or rows.by_table["set_aside"]
    for table, listed in rows.by_table.items():
        pa.Table.from_pylist(listed, schema=SCHEMAS[table])
