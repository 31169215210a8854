"""The two teams' year told on other days, over other records, and in a place of very few."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from demo import workspace
from demo.place import PRIORY_TEAM
from joinedup.records.load import load
from manyhands import who
from manyhands.exchange.records import opening
from manyhands.log.read import read
from manyhands.people.models import Organisation, Patient
from manyhands.rules.folding import fold
from tests.demo.conftest import Export

TODAY = date(2026, 11, 23)
PRIORY = who.Team(PRIORY_TEAM.key)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("today", [date(2026, 11, 21), date(2026, 11, 22), date(2027, 3, 1), date(2028, 12, 27)])
def test_the_year_can_be_told_on_any_day(loaded: Path, settings: Any, today: date) -> None:
    settings.RECORDS = loaded
    opening.forget()

    workspace.furnish(today, ours=True)

    assert max(entry.act.at for entry in read(PRIORY)).date() < today


def test_over_other_peoples_records_nothing_is_made_up_about_anybody(
    tmp_path: Path, hathermere: Export, settings: Any
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for kind in ("Patient", "Condition", "Encounter", "Organization", "Practitioner"):
        (other / f"{kind}.ndjson").symlink_to(hathermere.folder / f"{kind}.ndjson")
    load([str(other)], tmp_path / "store")
    settings.RECORDS = tmp_path / "store"
    opening.forget()

    workspace.furnish(TODAY, ours=False)

    standing = fold(read(PRIORY))
    assert standing.groups[who.Group("pe-in-pieces")].patients
    assert standing.groups[who.Group("pe-list")].patients
    assert all(held.patient is None for held in standing.responsibilities.values())
    assert not Patient.objects.exclude(what_matters="").exists()
    theirs = {key for record in Organisation.objects.values_list("record", flat=True) for key in record.splitlines()}
    assert theirs  # the teams' organisations stand in for theirs, so that there is somebody to be found


def test_a_place_of_very_few_still_opens(tmp_path: Path, hathermere: Export, settings: Any) -> None:
    few = tmp_path / "few"
    few.mkdir()
    patient = next(one for one in hathermere.of("Patient") if one["birthDate"] > "1990")
    for kind in ("Patient", "Encounter"):
        lines = (hathermere.folder / f"{kind}.ndjson").read_text(encoding="utf-8").splitlines()
        (few / f"{kind}.ndjson").write_text(
            "\n".join(line for line in lines if f'"{patient["id"]}' in line or f"/{patient['id']}" in line)
        )
    load([str(few)], tmp_path / "store")
    settings.RECORDS = tmp_path / "store"
    opening.forget()

    workspace.furnish(TODAY, ours=False)

    assert len(list(read(PRIORY))) > 100
