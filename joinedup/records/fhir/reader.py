"""
One FHIR document (a resource or a bundle, as bytes) into rows.

Every resource met is counted by type; those of the types in `KEPT` become rows of the tables; all of them are noted
under their names, so that references to them resolve. What does not fit is set aside with its position and the reason,
and reading goes on. Nothing here raises on bad input.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from joinedup.records import when
from joinedup.records.fhir import dealings, people, plans, shapes
from joinedup.records.fhir.naming import Around, called, names_of
from joinedup.records.fhir.rows import Rows
from joinedup.records.fhir.unreadable import (
    BAD_JSON,
    TYPE,
    identifiers_of,
    listed_where_listed,
    said_of,
    shape_of,
    unescaped,
)

KEPT: dict[str, tuple[type[Any], Callable[[Any, Rows], None]]] = {
    "Patient": (shapes.Patient, people.patient),
    "RelatedPerson": (shapes.RelatedPerson, people.related_person),
    "Practitioner": (shapes.Practitioner, people.practitioner),
    "PractitionerRole": (shapes.PractitionerRole, people.practitioner_role),
    "Organization": (shapes.Organization, people.organization),
    "Location": (shapes.Location, people.location),
    "Flag": (shapes.Flag, people.flag),
    "Encounter": (shapes.Encounter, dealings.encounter),
    "Condition": (shapes.Condition, dealings.condition),
    "Appointment": (shapes.Appointment, dealings.appointment),
    "ServiceRequest": (shapes.ServiceRequest, dealings.service_request),
    "Task": (shapes.Task, dealings.task),
    "CareTeam": (shapes.CareTeam, plans.care_team),
    "CarePlan": (shapes.CarePlan, plans.care_plan),
    "Goal": (shapes.Goal, plans.goal),
}

_HEAD = msgspec.json.Decoder(shapes.Head)
_BUNDLE = msgspec.json.Decoder(shapes.Bundle)
_ENTRY = msgspec.json.Decoder(shapes.Entry)
_DECODERS = {name: msgspec.json.Decoder(shape) for name, (shape, _) in KEPT.items()}

_REFERENCE = re.compile(rb'"reference"\s*:\s*"((?:[^"\\]|\\.)+)"')
_DEEPEST_BUNDLE = 8

KEPT_ROW, COUNTED, SET_ASIDE = "kept", "counted only", "set aside"


class Reader:
    """Reads the documents of one file after another into the same `Rows`."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.system: str | None = None
        """The name given to where the ids of the file in hand come from, if any."""
        self.counts: Counter[tuple[int, str, bool, str]] = Counter()
        """By source, resource type, whether contained in another resource, and what became of it."""
        self.resources = 0
        self.aside = 0

    def document(self, content: bytes, position: str) -> None:
        """A resource, a bundle, or a list of them. `position` is said of it when something is set aside."""
        self._document(content, position, None, {}, 0)

    def set_aside(self, position: str, reason: str, excerpt: str = "") -> None:
        self.aside += 1
        self.rows.by_table["set_aside"].append(
            {"source": self.rows.source, "position": position, "reason": reason, "excerpt": excerpt}
        )

    def _document(
        self, content: bytes, position: str, full_url: str | None, bundle: Mapping[str, str], depth: int
    ) -> None:
        try:
            head = _HEAD.decode(content)
        except BAD_JSON as wrong:
            if content.lstrip()[:1] == b"[" and depth == 0:
                self._listed(content, position, depth)
            else:
                self.set_aside(position, f"not readable: {said_of(wrong)}", shape_of(content))
            return
        if head.resource_type == "Bundle":
            self._bundle(content, head, position, depth)
        elif head.resource_type is None:
            self.set_aside(position, "no resourceType, so not a FHIR resource", shape_of(content))
        elif head.resource_type not in KEPT and not TYPE.fullmatch(head.resource_type):
            self.set_aside(position, "the resourceType is not the name of one", shape_of(content))
        else:
            self._resource(content, head, position, full_url, bundle)

    def _listed(self, content: bytes, position: str, depth: int) -> None:
        try:
            listed = msgspec.json.decode(content, type=list[msgspec.Raw])
        except BAD_JSON as wrong:
            self.set_aside(position, f"not readable: {said_of(wrong)}", shape_of(content))
            return
        for number, each in enumerate(listed):
            self._document(bytes(each), _within(position, f"[{number}]"), None, {}, depth + 1)

    def _bundle(self, content: bytes, head: shapes.Head, position: str, depth: int) -> None:
        if depth >= _DEEPEST_BUNDLE:
            self.set_aside(position, f"bundles inside bundles, more than {_DEEPEST_BUNDLE} deep", "Bundle")
            return
        try:
            raw = _BUNDLE.decode(content).entry or []
        except BAD_JSON as wrong:
            self.set_aside(position, f"not readable: {said_of(wrong)}", shape_of(content))
            return
        self._count("Bundle", False, COUNTED)
        entries: list[tuple[str, shapes.Entry]] = []
        names: dict[str, str] = {}
        for number, each in enumerate(raw):
            where = _within(position, f"entry[{number}]")
            try:
                entry = _ENTRY.decode(each)
            except BAD_JSON as wrong:
                self.set_aside(where, f"not readable: {said_of(wrong)}", shape_of(bytes(each)))
                continue
            if bytes(entry.resource) in (b"", b"null"):
                self._without_resource(entry, where)
                continue
            entries.append((where, entry))
            if entry.full_url:
                names[entry.full_url] = _key_of(entry, self.system)
        for where, entry in entries:
            self._document(bytes(entry.resource), where, entry.full_url, names, depth + 1)

    def _without_resource(self, entry: shapes.Entry, position: str) -> None:
        method = entry.request.method if entry.request else None
        if method == "DELETE":
            self.set_aside(position, "asks for a record to be deleted; deletions are not applied", "DELETE")
        else:
            self.set_aside(position, "an entry without a resource", method or "")

    def _resource(
        self, content: bytes, head: shapes.Head, position: str, full_url: str | None, bundle: Mapping[str, str]
    ) -> None:
        kind = head.resource_type or ""
        rows, this = self.rows, called(kind, head.id, full_url, content, self.system)
        rows.around, rows.position, rows.kind = Around(this.key, this.base or self.system, bundle), position, kind
        kept = self._keep(kind, content, position)
        self._count(kind, False, kept)
        if kept == SET_ASIDE:
            return
        self.resources += 1
        updated = when.moment(head.meta.last_updated) if head.meta else None
        self._note(kind, this.key, this.relative, updated)
        if full_url and full_url != this.key:
            self._name(kind, this.key, full_url)
        self._references(content)
        for number, inner in enumerate(head.contained or ()):
            where = _within(position, f"contained[{number}]")
            self._contained(bytes(inner), where, rows.around, updated, kept == KEPT_ROW)
        rows.place += 1

    def _contained(self, content: bytes, position: str, outer: Around, updated: datetime | None, keep: bool) -> None:
        """A resource inside another goes into its table only when the outer one does: others are its working parts."""
        try:
            head = _HEAD.decode(content)
        except BAD_JSON as wrong:
            self.set_aside(position, f"not readable: {said_of(wrong)}", shape_of(content))
            return
        if head.resource_type is None or not TYPE.fullmatch(head.resource_type) or not head.id:
            self.set_aside(position, "a contained resource without resourceType or id", shape_of(content))
            return
        rows = self.rows
        rows.place += 1
        rows.around, rows.position = Around(f"{outer.key}#{head.id}", outer.base, outer.bundle), position
        kept = self._keep(head.resource_type, content, position) if keep else COUNTED
        self._count(head.resource_type, True, kept)
        if kept != SET_ASIDE:
            self._note(head.resource_type, rows.around.key, None, updated)
        rows.around = outer

    def _keep(self, kind: str, content: bytes, position: str) -> str:
        """Put a resource into its table, or only note its identifiers. What became of it."""
        if kind not in KEPT:
            identifiers = identifiers_of(content)
        else:
            try:
                kept = self._read(kind, content)
                KEPT[kind][1](kept, self.rows)
            except BAD_JSON as wrong:
                self.set_aside(position, f"not readable as {kind}: {said_of(wrong)}", shape_of(content))
                return SET_ASIDE
            except Exception as wrong:  # whatever a file holds, the load goes on; the reason is recorded
                self.rows.take_back()
                reason = f"{kind} holds a value that cannot be kept ({type(wrong).__name__})"
                self.set_aside(position, reason, shape_of(content))
                return SET_ASIDE
            identifiers = kept.identifier
        for name in names_of(kind, identifiers or ()):
            self._name(kind, self.rows.around.key, name)
        return KEPT_ROW if kind in KEPT else COUNTED

    def _read(self, kind: str, content: bytes) -> Any:
        """The resource in its shape; one thing where FHIR has a list is taken as a list of one, and doubted."""
        try:
            return _DECODERS[kind].decode(content)
        except msgspec.ValidationError:
            mended, single = listed_where_listed(KEPT[kind][0], msgspec.json.decode(content))
            if not single:
                raise
            read = msgspec.convert(mended, KEPT[kind][0])
            for name in single:
                self.rows.doubt(f"{name} is one thing where FHIR has a list: taken as a list of one")
            return read

    def _count(self, kind: str, contained: bool, outcome: str) -> None:
        self.counts[self.rows.source, kind, contained, outcome] += 1

    def _note(self, kind: str, key: str, relative: str | None, updated: datetime | None) -> None:
        self.rows.by_table["identities"].append(
            {
                "key": key,
                "resource_type": kind,
                "relative": relative,
                "last_updated": updated,
                "source": self.rows.source,
                "place": self.rows.place,
            }
        )

    def _name(self, kind: str, key: str, name: str) -> None:
        self.rows.by_table["names"].append({"key": key, "resource_type": kind, "name": name, "place": self.rows.place})

    def _references(self, content: bytes) -> None:
        for text in _REFERENCE.findall(content):
            literal = text.decode("utf-8", "replace") if b"\\" not in text else unescaped(text)
            self.rows.refers_to(self.rows.around.means(literal))


def resource_type_of(content: bytes) -> str | None:
    """The type of a resource that has been read."""
    try:
        return _HEAD.decode(content).resource_type
    except BAD_JSON:
        return None


def _key_of(entry: shapes.Entry, system: str | None) -> str:
    content = bytes(entry.resource)
    try:
        head = _HEAD.decode(content)
    except BAD_JSON:
        return entry.full_url or ""
    return called(head.resource_type or "", head.id, entry.full_url, content, system).key


def _within(position: str, part: str) -> str:
    return part if position in ("", "file") else f"{position}, {part}"
