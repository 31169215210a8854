"""Long files of lines are read many lines at once; what comes of it is what reading them one by one gives."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinedup.records import blocks, parts
from tests.joinedup.conftest import HERE, shared_folder
from tests.joinedup.making import NHS, condition, contact, organisation, patient, to

Rows = dict[str, Counter[Any]]

PATIENT = patient(
    "p1",
    "9434765919",
    name=[{"use": "official", "family": "Hale", "given": ["Ann", "Jo"]}, {"use": "old", "text": "Ann Pike"}],
    gender="female",
    address=[{"use": "home", "postalCode": "ZZ1 1ZZ", "line": ["1 High Street"]}],
    generalPractitioner=[to("Organization/o")],
    meta={"lastUpdated": "2024-01-02T03:04:05Z"},
    maritalStatus={"text": 'said "so" \\ and more', "coding": [{"code": "M"}]},
)
CONTACT = contact(
    "e1",
    "2024-03-01T09:00:00+01:00",
    period={"start": "2024-03-01T09:00:00+01:00", "end": "2024-03-01T09:30:00.5+01:00"},
    type=[{"coding": [{"system": "http://snomed.info/sct", "code": "185317003", "display": "Telephone"}]}],
    participant=[{"individual": to("Practitioner/d1") | {"display": "Dr Roy"}}, {"individual": to("RelatedPerson/r")}],
    serviceProvider=to("Organization/o"),
    basedOn=[to("ServiceRequest/s1")],
    length={"value": 12.5, "unit": "min"},
)
CONDITION = condition("c1", onsetDateTime="2011-02-03", abatementDateTime="2012-02-03", recordedDate="2011-02-04")
CLAIM = {"resourceType": "Claim", "id": "k1", "patient": to("Patient/p1"), "total": {"value": 10.25}, "note": "é\u20ac"}
APPOINTMENT = {
    "resourceType": "Appointment",
    "id": "a1",
    "status": "booked",
    "start": "2024-05-01T10:00:00Z",
    "end": "2024-05-01T10:10:00Z",
    "participant": [{"actor": to("Patient/p1")}, {"actor": to("Location/l1")}],
}
KINDS = [PATIENT, CONTACT, CONDITION, CLAIM, APPOINTMENT, organisation("o", "The Practice", "A81001")]

TOKENS = [
    b'"', b"\\", b"\\u0041", b"\\n", b"\n", b"\r", b"\x00", b"\xff", b"\xef\xbb\xbf", b" ", b"\t", b",", b":", b"{",
    b"}", b"[", b"]", b"null", b"true", b"1e400", b"-0", b"00", b"12345678901234567890123456789", b"2024-02-30",
    b"2024", b"2024-13-01", b"24:00:00", b"-00:00", b".123456789", "é€😀".encode(), b"\xc3", b"Patient/",
    b"ServiceRequest", b"#", b"?", b"?identifier=x|y", b"/_history/1", b"urn:uuid:", b'"reference":"Patient/q"',
    b'"id":"again",', b'"resourceType":"Patient",', b"Bundle", b'"contained":[{"resourceType":"Patient","id":"i"}],',
    b"9434765918", NHS.encode(), NHS.lower().encode(), b"https://fhir.example/", b"\xc2\xa0", b"\x7f", b"'",
    b"0001-01-01", b"9999-12-31",
]  # fmt: skip


def lines_of(*resources: Any, many: int = 3) -> list[bytes]:
    """Lines of the same kinds, with other values in each, as one system would write them."""
    return [
        json.dumps(_numbered(resource, number), separators=(",", ":"), ensure_ascii=False).encode()
        for resource in resources
        for number in range(many)
    ]


def _numbered(resource: Any, number: int) -> Any:
    return resource | {"id": f"{resource['id']}-{number}"}


def rows_of(path: Path, into: Path, at_once: bool) -> Rows:
    """All rows of all tables that reading a file gives. A place, which is only an order, is its rank."""
    file = parts.File(path, path.name, 3, "d", path.stat().st_size, True)
    with pytest.MonkeyPatch.context() as patching:
        patching.setattr(blocks, "LONG_FILE", 0 if at_once else 1 << 60)
        patching.setattr(blocks, "LONG_PACKED_FILE", 0 if at_once else 1 << 60)
        part = parts.write([file], into)
    tables = {table.stem: pq.read_table(table).to_pylist() for table in part.glob("*.parquet")}
    places = sorted({row["place"] for row in tables.get("identities", [])})
    rank = {place: number for number, place in enumerate(places)}
    rows: Rows = {"references": _referred(tables.pop("references", []), rank)}
    for name, listed in tables.items():
        for row in listed:
            if "place" in row:
                row["place"] = rank[row["place"]]
        rows[name] = Counter(tuple(row.items()) for row in listed)
    return rows


def _referred(listed: list[dict[str, Any]], rank: dict[int, int]) -> Counter[Any]:
    """Each reference once, however many batches of rows it was met in: how often, and who holds it first."""
    times: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], tuple[int, str]] = {}
    for row in listed:
        key = row["reference"], row["from_type"]
        times[key] += row["times"]
        here = rank.get(row["place"], -1), row["from_key"]
        first[key] = min(first.get(key, here), here)
    return Counter({(key, first[key]): number for key, number in times.items()})


def both(folder: Path, content: bytes, name: str = "records.ndjson") -> tuple[Rows, Rows]:
    parts._LINES.clear()
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    return rows_of(folder / name, folder / "one", True), rows_of(folder / name, folder / "two", False)


def learnt() -> int:
    """How many lines were read by a pattern since `both` began."""
    return sum(lines.matched for lines in parts._LINES.values())


def test_lines_of_one_kind_are_read_by_the_pattern_of_the_first(tmp_path: Path) -> None:
    at_once, one_by_one = both(tmp_path, b"\n".join(lines_of(*KINDS, many=40)))

    assert at_once == one_by_one
    assert learnt() > 150


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_done_to_lines_the_rows_are_those_of_reading_one_by_one(
    tmp_path: Path, data: st.DataObject
) -> None:
    lines = lines_of(*KINDS)
    for _ in range(data.draw(st.integers(1, 40))):
        line = data.draw(st.sampled_from(lines))
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.integers(0, len(line)))
            gone = data.draw(st.integers(0, 6))
            line = line[:at] + data.draw(st.sampled_from(TOKENS)) + line[at + gone :]
        lines.append(line)
    end = data.draw(st.sampled_from([b"\n", b"\r\n"]))

    at_once, one_by_one = both(tmp_path, end.join(lines) + data.draw(st.sampled_from([b"", b"\n", b"\r\n\r\n"])))

    assert at_once == one_by_one


AWKWARD = st.text(max_size=12) | st.sampled_from([
    "", " ", "  x ", "x\u00a0", "Patient/p", "ServiceRequest/q", "#x", "2024-02-29", "2023-02-29", "2024", "é", "😀",
    "\u2028", '"', "\\", "/", "\n", "a" * 200, "9434765919", "943 476 5919", "9434765918", "PTRES", "official", "\x7f",
    "null", "2024-02-29T24:00:00Z", "2024-02-29T10:00", "2024-02-29T10:00:00.1234567Z", "2024-02-29T10:00:00-23:59",
])  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_values_stand_in_lines_the_rows_are_those_of_reading_one_by_one(
    tmp_path: Path, data: st.DataObject
) -> None:
    lines = lines_of(*KINDS)
    for _ in range(data.draw(st.integers(1, 40))):
        resource = json.loads(json.dumps(data.draw(st.sampled_from(KINDS))))
        _replace(resource, data)
        compact = data.draw(st.booleans())
        made = json.dumps(resource, ensure_ascii=data.draw(st.booleans()), separators=(",", ":") if compact else None)
        lines.append(made.encode("utf-8", "replace"))

    at_once, one_by_one = both(tmp_path, b"\n".join(lines))

    assert at_once == one_by_one


def _replace(value: Any, data: st.DataObject) -> None:
    """Put another value somewhere in a resource, or change the order of its keys."""
    if isinstance(value, dict) and data.draw(st.integers(0, 3)) == 0:
        order = data.draw(st.permutations(list(value)))
        kept = dict(value)
        value.clear()
        value.update((key, kept[key]) for key in order)
    key = data.draw(st.sampled_from(range(len(value)) if isinstance(value, list) else sorted(value)))
    if isinstance(value[key], dict | list) and value[key] and data.draw(st.integers(0, 4)):
        _replace(value[key], data)
    else:
        value[key] = data.draw(AWKWARD | st.sampled_from([None, True, 0, 1.5, 10**30, [], {}]))


def test_marks_and_ends_of_lines_and_packing_make_no_difference(tmp_path: Path) -> None:
    lines = lines_of(*KINDS, many=9)
    for name, content in (
        ("bom.ndjson", b"\xef\xbb\xbf" + b"\n".join(lines)),
        ("crlf.ndjson", b"\r\n".join([*lines, b"", b"  ", *lines])),
        ("packed.ndjson.gz", gzip.compress(b"\n".join(lines))),
        ("blank.ndjson", b"\n\n \n" + lines[0] + b"\n\n" + lines[1]),
        ("nothing.ndjson", b"\n \n\n"),
        ("damaged.ndjson.gz", gzip.compress(b"\n".join(lines * 400))[:-3000]),
        ("bad.ndjson", b"\n".join([*lines, b'{"resourceType":"Patient"', b"[]", b"7", b"\xff\xfe{}", *lines])),
    ):
        at_once, one_by_one = both(tmp_path, content, name)

        assert at_once == one_by_one, name
        assert ("set_aside" in at_once) == (name in ("nothing.ndjson", "damaged.ndjson.gz", "bad.ndjson"))


def test_a_line_longer_than_a_block_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "BLOCK", 1 << 10)
    long = json.dumps(CLAIM | {"note": "x" * 20_000}).encode()
    lines = [*lines_of(*KINDS, many=5), long, *lines_of(CONTACT), long]

    at_once, one_by_one = both(tmp_path, b"\n".join(lines))
    packed, unpacked = both(tmp_path, gzip.compress(b"\n".join(lines)), "packed.ndjson.gz")

    assert at_once == one_by_one
    assert packed == unpacked


def test_what_was_gathered_for_a_part_that_was_broken_off_goes_into_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    (tmp_path / "records.ndjson").write_bytes(b"\n".join(lines_of(CONTACT, many=30)))
    file = parts.File(tmp_path / "records.ndjson", "records.ndjson", 0, "d", 1, True)
    monkeypatch.setattr(blocks, "LONG_FILE", 0)
    monkeypatch.setattr(blocks, "LONG_PACKED_FILE", 0)

    with pytest.raises(KeyboardInterrupt):
        parts.write([file], tmp_path / "broken", stop)

    (tmp_path / "other.ndjson").write_bytes(b"\n".join(lines_of(CONDITION, many=30)))
    rows = rows_of(tmp_path / "other.ndjson", tmp_path / "next", True)

    assert "contacts" not in rows
    assert sum(rows["conditions"].values()) == 30


FOLDERS = (
    "fhir-bulk-ndjson", "fhir-careteam-careplan", "fhir-ecare-plan", "fhir-nhs-bars", "fhir-older-multimorbid",
    "fhir-r4-official-examples", "fhir-social-referral", "fhir-transfer-of-care",
)  # fmt: skip


@pytest.mark.parametrize("folder", ["fhir-ecare-plan", "fhir-nhs-bars", "fhir-bulk-ndjson"])
def test_the_shipped_records_as_lines_give_the_rows_of_reading_one_by_one(folder: str, tmp_path: Path) -> None:
    at_once, one_by_one = both(tmp_path, _as_lines(HERE / "data" / folder))

    assert at_once == one_by_one


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_records_of_a_whole_set_as_lines_give_the_rows_of_reading_one_by_one(folder: str, tmp_path: Path) -> None:
    content = _as_lines(shared_folder(folder)).replace(b"urn:uuid:", b"Thing/")  # else every line would be unusual

    at_once, one_by_one = both(tmp_path, content)

    assert at_once == one_by_one


def _as_lines(folder: Path) -> bytes:
    """Every resource of a set, in bundles or not, as a line."""
    lines: list[bytes] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix not in (".json", ".ndjson", ".gz"):
            continue
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        if ".ndjson" in path.name:
            lines += content.splitlines()
            continue
        try:
            read = json.loads(content)
        except ValueError:
            continue
        entries = read.get("entry", []) if isinstance(read, dict) and read.get("resourceType") == "Bundle" else None
        for resource in [read] if entries is None else [entry.get("resource") for entry in entries]:
            lines.append(json.dumps(resource, ensure_ascii=len(lines) % 2 == 0).encode())
    return b"\n".join(lines)
