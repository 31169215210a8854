"""Rows being gathered from resources: lists by table, each row stamped with where in the reading order it came from."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from joinedup.records import when
from joinedup.records.fhir.naming import Around, as_given, said
from joinedup.records.fhir.shapes import Coding, Concept, Period, Reference

Row = dict[str, Any]

SNOMED = "http://snomed.info/sct"
ICD10 = ("http://hl7.org/fhir/sid/icd-10", "urn:oid:2.16.840.1.113883.6.3", "urn:oid:2.16.840.1.113883.6.90")


class Rows:
    """
    Where a resource's rows go. `around` and `place` are those of the resource in hand; a place grows with the
    reading order over all sources, so that the first read can be told from the second.
    """

    def __init__(self) -> None:
        self.by_table: dict[str, list[Row]] = defaultdict(list)
        self.references: dict[tuple[str, str], list[Any]] = {}
        self.around = Around("")
        self.place = 0
        self.source = 0
        self.position = ""
        self.kind = ""

    def add(self, table: str, row: Row) -> None:
        row["place"] = self.place
        self.by_table[table].append(row)

    def take_back(self) -> None:
        """Forget the rows of the resource in hand."""
        for listed in self.by_table.values():
            while listed and listed[-1].get("place") == self.place:
                listed.pop()

    def doubt(self, what: str) -> None:
        self.by_table["doubts"].append(
            {"source": self.source, "position": self.position, "record": self.around.key, "doubt": what}
        )

    def refer(self, reference: Reference | None, expected: str) -> str | None:
        """The key or name that a reference means. One that gives only an identifier is noted here to be resolved."""
        text = said(reference, expected, self.around)
        if text is not None and reference is not None and not reference.reference:
            self.refers_to(text)
        return text

    def refers_to(self, text: str) -> None:
        """Note a reference, once for each type that holds it, with how often and where first."""
        met = self.references.get((text, self.kind))
        if met is None:
            self.references[text, self.kind] = [self.around.key, self.place, 1]
        else:
            met[2] += 1

    def gather_references(self) -> None:
        """Make rows of the references noted since the last time."""
        self.by_table["references"] += [
            {"reference": text, "from_type": kind, "from_key": key, "place": place, "times": times}
            for (text, kind), (key, place, times) in self.references.items()
        ]
        self.references.clear()

    def first(self, references: list[Reference | None] | None, expected: str) -> tuple[str | None, str | None]:
        """The first reference that says anything: what it means, and what the record itself says."""
        for reference in references or ():
            text = self.refer(reference, expected)
            if text or as_given(reference):
                return text, as_given(reference)
        return None, None

    def prefer(self, references: list[Reference | None], expected: str) -> str | None:
        """What the first reference to the expected type means, where several types may be listed together."""
        listed = [self.refer(each, expected) for each in references]
        return next((text for text in listed if text and expected in text), None) or next(filter(None, listed), None)

    def moment(self, text: str | None, what: str) -> datetime | None:
        at = when.moment(text)
        if at is None and text is not None:
            self.doubt(f"{what} is not a date and was left out")
        return at

    def day(self, text: str | None, what: str) -> date | None:
        on, known_to = when.day(text)
        if on is None and text is not None:
            self.doubt(f"{what} is not a date and was left out")
        elif known_to in ("year", "month"):
            self.doubt(f"{what} is known only to the {known_to}: taken as its first day")
        return on

    def period(self, period: Period | None, what: str) -> tuple[datetime | None, datetime | None]:
        if period is None:
            return None, None
        start, end = self.moment(period.start, f"{what}.start"), self.moment(period.end, f"{what}.end")
        same_day = period.end is not None and len(period.end) <= 10 and start and end and end.date() == start.date()
        if start and end and end < start and not same_day:
            self.doubt(f"{what} ends before it starts")
        return start, end


def codings(concept: Concept | None) -> list[Coding]:
    return [] if concept is None else [coding for coding in concept.coding or () if coding is not None]


def chosen(concept: Concept | None) -> Coding:
    """The coding to use where one is wanted: SNOMED CT where there is one, else the first with a code."""
    listed = concept.coding if concept is not None else None
    if not listed:
        return _NO_CODING
    if len(listed) == 1 and listed[0] is not None:
        return listed[0] if listed[0].code else _NO_CODING
    for coding in listed:
        if coding is not None and coding.system == SNOMED and coding.code:
            return coding
    return next((coding for coding in listed if coding is not None and coding.code), _NO_CODING)


_NO_CODING = Coding()


def code(concept: Concept | None) -> str | None:
    return chosen(concept).code


def words(concept: Concept | None) -> str | None:
    """What a person would read: the text, else the words of the chosen coding, else of any, else the code."""
    if concept is None:
        return None
    if concept.text:
        return concept.text
    coding = chosen(concept)
    return coding.display or next((each.display for each in codings(concept) if each.display), None) or coding.code


def first(listed: list[Concept | None] | None) -> Concept | None:
    """The first concept that says anything."""
    for each in listed or ():
        if each is not None and (each.text or codings(each)):
            return each
    return None
