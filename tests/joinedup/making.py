"""Small FHIR resources and stores for tests, as few words as a test needs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from joinedup.records.load import Loaded, load
from joinedup.records.store import Store

NHS = "https://fhir.nhs.uk/Id/nhs-number"
ODS = "https://fhir.nhs.uk/Id/ods-organization-code"

Resource = dict[str, Any]


def patient(id: str | None = "p", nhs_number: str | None = None, **more: Any) -> Resource:
    made: Resource = {"resourceType": "Patient", "birthDate": "1940-05-27", **more}
    if id:
        made["id"] = id
    if nhs_number:
        made["identifier"] = [{"system": NHS, "value": nhs_number}]
    return made


def contact(id: str, at: str | None = "2024-03-01T09:00:00Z", **more: Any) -> Resource:
    made: Resource = {"resourceType": "Encounter", "id": id, "status": "finished", "subject": to("Patient/p"), **more}
    if at:
        made["period"] = {"start": at}
    return made


def condition(id: str, code: str | None = None, patient: str = "Patient/p", **more: Any) -> Resource:
    coding = [{"system": "http://snomed.info/sct", "code": code or id}]
    return {"resourceType": "Condition", "id": id, "subject": to(patient), "code": {"coding": coding}, **more}


def organisation(id: str, name: str | None = None, ods: str | None = None, **more: Any) -> Resource:
    made: Resource = {"resourceType": "Organization", "id": id, "name": name or id, **more}
    if ods:
        made["identifier"] = [{"system": ODS, "value": ods}]
    return made


def to(reference: str) -> Resource:
    return {"reference": reference}


def bundle(*entries: Resource | tuple[str, Resource], type: str = "collection") -> Resource:
    """A bundle of resources, or of (fullUrl, resource)."""
    made = [
        {"fullUrl": each[0], "resource": each[1]} if isinstance(each, tuple) else {"resource": each} for each in entries
    ]
    return {"resourceType": "Bundle", "type": type, "entry": made}


def write(path: Path, *documents: Any) -> str:
    """One document as JSON; several, or any into a file named .ndjson, as lines. The path, as text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [each if isinstance(each, str) else json.dumps(each) for each in documents]
    path.write_text("\n".join(lines) + ("\n" if len(lines) > 1 else ""), encoding="utf-8")
    return str(path)


def loaded(folder: Path, *documents: Any) -> Store:
    """A store of these documents, each a line of one file."""
    write(folder / "records.ndjson", *documents)
    load([str(folder / "records.ndjson")], folder / "store")
    return Store(folder / "store")


def load_into(store: Path, *sources: str | Path, **more: Any) -> Loaded:
    return load([str(source) for source in sources], store, **more)


def rows(store: Store, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Rows of a table, as tuples of these columns."""
    found = store.query(f"SELECT {', '.join(columns)} FROM {table}")
    return list(zip(*(found.column(number).to_pylist() for number in range(len(columns))), strict=True))


def files_of(store: Path) -> dict[str, bytes]:
    """The current generation's files, byte for byte."""
    with Store(store) as opened:
        return {path.name: path.read_bytes() for path in opened.folder.iterdir()}
