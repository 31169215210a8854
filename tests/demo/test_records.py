"""What the generated records promise: the same bytes each time, in flat memory, and sound as FHIR."""

import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from demo.__main__ import main
from demo.days import days_until, summer_time
from demo.nhs_numbers import check_digit, nhs_number
from demo.records import TYPES, Wanted, write
from tests.demo.conftest import Export

REQUIRED = {
    "Organization": ("identifier", "name", "type"),
    "Practitioner": ("identifier", "name"),
    "PractitionerRole": ("practitioner", "organization", "code"),
    "Patient": ("identifier", "name", "gender", "birthDate", "address", "generalPractitioner", "extension"),
    "RelatedPerson": ("patient", "relationship", "name"),
    "Flag": ("status", "code", "subject"),
    "Condition": ("clinicalStatus", "verificationStatus", "category", "code", "subject"),
    "Encounter": ("status", "class", "type", "subject", "participant", "period", "serviceProvider"),
    "ServiceRequest": ("status", "intent", "code", "subject", "authoredOn", "requester", "performer"),
    "Task": ("status", "intent", "code", "for", "authoredOn", "requester", "owner"),
    "CareTeam": ("status", "subject", "participant", "name"),
    "EpisodeOfCare": ("status", "patient", "period", "careManager"),
}
STATUSES = {
    "Flag": {"active", "inactive"},
    "Encounter": {"finished", "in-progress"},
    "ServiceRequest": {"active", "completed", "revoked"},
    "Task": {"accepted", "rejected", "in-progress", "completed", "failed", "cancelled"},
    "CareTeam": {"active", "inactive"},
    "EpisodeOfCare": {"active", "finished"},
}


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("gzipped", [False, True])
def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, gzipped: bool) -> None:
    for name in ("one", "two"):
        write(Wanted(people=300, gzipped=gzipped), tmp_path / name)
    write(Wanted(people=300, gzipped=gzipped, seed=2012), tmp_path / "another")

    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert digests(tmp_path / "one") != digests(tmp_path / "another")


def test_a_resident_is_the_same_whatever_the_size_of_the_place(tmp_path: Path, hathermere: Export) -> None:
    write(Wanted(people=100), tmp_path)

    for kind in ("Patient", "Condition", "Encounter", "Task"):
        fewer = (tmp_path / f"{kind}.ndjson").read_bytes()
        assert fewer
        assert (hathermere.folder / f"{kind}.ndjson").read_bytes().startswith(fewer)


def test_many_neighbourhoods_are_written_in_parts_that_do_not_depend_on_the_number_of_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("demo.records.NEIGHBOURHOODS_IN_A_PART", 1)
    monkeypatch.setattr("demo.records.RESIDENTS", 120)
    for processes in (1, 2):
        write(Wanted(people=300), tmp_path / str(processes), processes)

    assert digests(tmp_path / "1") == digests(tmp_path / "2")
    assert sorted(digests(tmp_path / "1"))[:3] == [f"CareTeam.00{part}.ndjson" for part in range(3)]


def test_writing_again_replaces_what_was_there(tmp_path: Path) -> None:
    write(Wanted(people=50, gzipped=True), tmp_path)
    write(Wanted(people=20), tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == {f"{kind}.ndjson" for kind in TYPES}


MOST_MEMORY = """
import resource, sys
from pathlib import Path
from demo.records import Wanted, write
write(Wanted(people=int(sys.argv[1])), Path(sys.argv[2]), processes=1)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_memory_does_not_grow_with_the_place(tmp_path: Path) -> None:
    def most(people: int) -> int:
        """The most memory held by a process that writes so many, in kB as Linux counts it."""
        asked = [sys.executable, "-c", MOST_MEMORY, str(people), str(tmp_path)]
        return int(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)

    small, large = most(3_000), most(21_000)

    assert large < small * 1.2 + 8_000


def test_every_reference_is_answered_in_the_folder(hathermere: Export) -> None:
    there = {f"{one['resourceType']}/{one['id']}" for one in hathermere.everything()}
    referred = set()
    for kind in hathermere.kinds():
        text = (hathermere.folder / f"{kind}.ndjson").read_text(encoding="utf-8")
        referred.update(re.findall(r'"reference":"([^"]+)"', text))

    assert referred
    assert referred <= there


def test_every_identifier_is_used_once(hathermere: Export) -> None:
    met = Counter((one["resourceType"], one["id"]) for one in hathermere.everything())

    assert met.most_common(1)[0][1] == 1
    assert all(re.fullmatch(r"[A-Za-z0-9.-]{1,64}", id) for _, id in met)


def test_every_resource_has_what_fhir_and_uk_core_require(hathermere: Export) -> None:
    assert set(hathermere.kinds()) == set(REQUIRED) == set(TYPES)
    for one in hathermere.everything():
        kind = one["resourceType"]
        missing = [element for element in ("id", "meta", *REQUIRED[kind]) if not one.get(element)]
        assert not missing, (kind, one["id"], missing)
        if kind in STATUSES:
            assert one["status"] in STATUSES[kind]


def periods(value: Any) -> list[dict[str, str]]:
    if isinstance(value, list):
        return [found for each in value for found in periods(each)]
    if not isinstance(value, dict):
        return []
    here = [value] if "end" in value and "start" in value else []
    return here + [found for each in value.values() for found in periods(each)]


def test_nothing_ends_before_it_starts_and_nothing_has_happened_after_the_last_day(hathermere: Export) -> None:
    for one in hathermere.everything():
        for period in periods(one):
            start, end = datetime.fromisoformat(period["start"]), datetime.fromisoformat(period["end"])
            assert start <= end, one
            assert end.date() <= date(2026, 10, 31), one


def test_nobody_is_met_before_they_were_born_or_after_they_died(hathermere: Export) -> None:
    born = {one["id"]: one["birthDate"] for one in hathermere.of("Patient")}
    died = {one["id"]: one.get("deceasedDateTime", "9999") for one in hathermere.of("Patient")}

    assert sum(day != "9999" for day in died.values()) > 40
    for one in hathermere.of("Encounter"):
        person = one["subject"]["reference"].split("/")[1]
        assert born[person] <= one["period"]["start"][:10] <= died[person][:10], one
    for one in hathermere.of("Condition"):
        person = one["subject"]["reference"].split("/")[1]
        assert born[person] <= one["onsetDateTime"][:10] <= died[person][:10], one


def test_nhs_numbers_are_valid_never_issued_and_different(hathermere: Export) -> None:
    numbers = [one["identifier"][0]["value"] for one in hathermere.of("Patient")]

    assert len(set(numbers)) == len(numbers) == 3000
    assert all(re.fullmatch(r"999\d{7}", number) for number in numbers)
    assert all(check_digit(number[:9]) == int(number[9]) for number in numbers)


def test_nhs_numbers_stay_different_and_never_issued_in_a_large_place() -> None:
    numbers = [nhs_number(which) for which in range(0, 1_000_000, 7)]

    assert len(set(numbers)) == len(numbers)
    assert {number[:3] for number in numbers} == {"999", "998"}
    assert all(check_digit(number[:9]) == int(number[9]) for number in numbers)


@pytest.mark.parametrize(
    ("number", "digit"), [("987654321", 0), ("401023213", 7), ("943476591", 9), ("999000001", 8), ("123456789", 10)]
)
def test_the_check_digit_is_that_of_published_numbers(number: str, digit: int) -> None:
    assert check_digit(number) == digit


def test_no_code_or_postcode_looks_like_a_real_one(hathermere: Export) -> None:
    codes = [one["identifier"][0]["value"] for one in hathermere.of("Organization")]
    postcodes = {one["address"][0]["postalCode"] for one in hathermere.of("Patient")}

    assert all(re.fullmatch(r"ZZ[A-Z]{3}", code) for code in codes)
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"ZH\d \d[ABD-HJLNP-UW-Z]{2}", postcode) for postcode in postcodes)


def test_illnesses_are_coded_twice_in_one_condition(hathermere: Export) -> None:
    for one in hathermere.of("Condition"):
        systems = [coding["system"] for coding in one["code"]["coding"]]
        assert systems == ["http://snomed.info/sct", "http://hl7.org/fhir/sid/icd-10"]
        assert re.fullmatch(r"[A-Z]\d\d(\.\d)?", one["code"]["coding"][1]["code"])


def test_moments_have_the_offset_of_the_british_clock() -> None:
    days = days_until(date(2026, 10, 31))

    assert summer_time(date(2026, 3, 29))
    assert not summer_time(date(2026, 3, 28))
    assert not summer_time(date(2026, 10, 25))
    assert days.moment(days.number - 1, 600) == "2026-10-31T10:00:00+00:00"
    assert days.moment(days.number - 8, 1441) == "2026-10-25T00:01:00+00:00"
    assert days.moment(days.number - 8, 1439) == "2026-10-24T23:59:00+01:00"


def test_the_command_writes_the_records_and_says_how_fast(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["records", "--people", "40", "--into", str(tmp_path)]) == 0

    assert "40 residents" in capsys.readouterr().out
    assert len((tmp_path / "Patient.ndjson").read_text().splitlines()) == 40
    assert json.loads((tmp_path / "Encounter.ndjson").read_text().splitlines()[0])["resourceType"] == "Encounter"


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["records", "--people", "0", "--into", str(tmp_path)]) == 2

    assert "--people has to be at least 1" in capsys.readouterr().err
