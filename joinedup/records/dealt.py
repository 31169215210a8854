"""
Contacts from columns of text: what tables of contacts and event logs have in common.

Each row is one contact (an event, in an event log) of one person. What it says of the person (age, gender, …) may
stand on the first row alone. An age is turned into the year of birth by the day of the row; of “> 89” or “90+” the
least it can be, with a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Mapped
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from joinedup.records.mapping import OF_PEOPLE, Mapping
from joinedup.records.moments import Moments
from joinedup.records.sheets import Columns, Sheets

_GENDERS = {"m": "male", "male": "male", "f": "female", "female": "female", "1": "male", "2": "female"}
_AGE = re.compile(r"(>\s*)?([0-9]{1,3})(?:\.[0-9]*)?\s*(\+)?")


_NO_TIME = "is not a date or time that can be read: say how it is written in a mapping, as reading.time_format"


class Dealt:
    """Takes rows of one file, many at a time, and writes the contacts, and whoever they name."""

    def __init__(self, sheets: Sheets, mapping: Mapping, unit: str = "line") -> None:
        self.sheets, self.mapping, self.unit = sheets, mapping, unit
        self.moments = Moments(mapping.time_format)
        self.described: dict[str, dict[str, Any]] = {}
        self.met: dict[str, None] = {}

    def take(
        self,
        columns: Mapped[str, Sequence[str | None]],
        numbers: list[int],
        others: Mapped[str, Sequence[str | None]] | None = None,
    ) -> None:
        """
        Rows by what they say (mapping.COMMON): each a column of text, with where each row stands in the file. `others`:
        all columns by their own names, for rows to leave out.
        """
        table = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
        table = self._left_in(table.append_column("line", pa.array(numbers, pa.int64())), others or columns)
        text = {name: _trimmed(table[name]) for name in columns}
        patient = text["patient"]
        started, wrong_start = self._moment(text, "started_at", table.num_rows)
        ended, wrong_end = self._moment(text, "ended_at", table.num_rows)
        order, wrong_order = self._order(text, table.num_rows)
        usable = pc.and_(pc.is_valid(patient), pc.invert(pc.or_(wrong_start, wrong_order)))
        self._aside(table["line"], pc.invert(pc.is_valid(patient)), "patient", "is empty: nobody knows whose it is")
        known = pc.is_valid(patient)
        self._aside(table["line"], pc.and_(known, wrong_start), "started_at", _NO_TIME)
        bad_order = pc.and_(pc.and_(known, pc.invert(wrong_start)), wrong_order)
        self._aside(table["line"], bad_order, "order", "is not a whole number")
        for line in table["line"].filter(pc.and_(usable, wrong_end)).to_pylist():
            self.sheets.doubt(f"{self.unit} {line}", "", f"{self._called('ended_at')} is not a date and was left out")
        text = {name: values.filter(usable) for name, values in text.items()}
        started, ended, order = started.filter(usable), ended.filter(usable), order.filter(usable)
        self._write(text, table["line"].combine_chunks().filter(usable), started, ended, order)

    def done(self) -> None:
        """Write what was said of people, once all has been read."""
        self._people([name for name in self.met if name not in self.described], told=False)
        self._people([name for name in self.met if name in self.described], told=True)

    def describe(self, columns: Mapped[str, Sequence[str | None]]) -> None:
        """Rows that say something of people, and of no contact."""
        text = {name: _trimmed(pa.chunked_array([pa.array(values, pa.string())])) for name, values in columns.items()}
        known = pc.is_valid(text["patient"])
        text = {name: values.filter(known) for name, values in text.items()}
        for name in pc.unique(text["patient"]).to_pylist():
            self.met.setdefault(name)
        self._describe(text, pa.nulls(len(text["patient"]), pa.timestamp("us", tz="UTC")))

    def _left_in(self, table: pa.Table, others: Mapped[str, Sequence[str | None]]) -> pa.Table:
        for column, values in self.mapping.leave_out.items():
            if column in others:
                named = pa.array(others[column], pa.string())
                inside = pc.is_in(named, value_set=pa.array(values, pa.string()))
                table = table.append_column(f"left out by {column}", inside)
        marks = [name for name in table.column_names if name.startswith("left out by ")]
        for mark in marks:
            table = table.filter(pc.invert(table[mark]))
        return table.drop_columns(marks)

    def _moment(self, text: Columns, name: str, rows: int) -> tuple[pa.Array, pa.Array]:
        """Moments of a column, and which texts in it are none."""
        if name not in text:
            return pa.nulls(rows, pa.timestamp("us", tz="UTC")), pa.repeat(False, rows)
        found = self.moments.of(text[name])
        return found, pc.and_(pc.is_valid(text[name]), pc.is_null(found))

    def _order(self, text: Columns, rows: int) -> tuple[pa.Array, pa.Array]:
        if "order" not in text:
            return pa.nulls(rows, pa.int64()), pa.repeat(False, rows)
        whole = pc.fill_null(pc.match_substring_regex(text["order"], r"^[0-9]{1,11}$"), False)
        found = pc.if_else(whole, text["order"], pa.scalar(None, pa.string())).cast(pa.int64())
        return found, pc.and_(pc.is_valid(text["order"]), pc.invert(whole))

    def _aside(self, lines: pa.ChunkedArray, which: pa.Array, name: str, why: str) -> None:
        for line in lines.filter(which).to_pylist():
            self.sheets.set_aside(f"{self.unit} {line}", f"{self._called(name)} {why}", "")

    def _called(self, name: str) -> str:
        return f"“{self.mapping.columns.get(name, name)}”"

    def _write(self, text: Columns, lines: pa.Array, started: pa.Array, ended: pa.Array, order: pa.Array) -> None:
        sheets = self.sheets
        people = text["patient"]
        for name in pc.unique(people).to_pylist():
            self.met.setdefault(name)
        self._describe(text, started)
        who: dict[str, pa.Array] = {}
        for level in ("organisation", "practitioner", "team"):
            if level in text:
                blank = self.mapping.blank
                who[level] = pc.fill_null(text[level], blank) if blank is not None else text[level]
        if "organisation" in who:
            sectors = {"sector": text["sector"]} if "sector" in text else {}
            self._named("organisations", "organisation", who["organisation"], sectors)
        if "practitioner" in who:
            professions = {"profession": text["profession"]} if "profession" in text else {}
            self._named("practitioners", "practitioner", who["practitioner"], professions)
        names = (
            text["contact"]
            if "contact" in text and text["contact"].null_count == 0
            else pc.binary_join_element_wise(
                pa.scalar(sheets.file.digest.rpartition(":")[2][:16]), lines.cast(pa.string()), "-"
            )
        )
        columns: Columns = {
            "contact": sheets.key("contacts", names),
            "patient": sheets.key("patients", people),
            "started_at": started,
            "ended_at": ended,
            "sequence": order,
        }
        for name in ("activity", "class", "type", "status"):
            if name in text:
                columns[name] = text[name]
        if "team" in who:
            columns["team"] = who["team"]
        for level, table in (("organisation", "organisations"), ("practitioner", "practitioners")):
            if level in who:
                columns[level] = sheets.key(table, who[level])
                columns[f"{level}_as_given"] = who[level]
        sheets.add("contacts", columns)

    def _named(self, table: str, key: str, names: pa.Array, more: Columns) -> None:
        self.sheets.add_new(table, {key: self.sheets.key(table, names), "name": names, **more})

    def _describe(self, text: Columns, started: pa.Array) -> None:
        about = [name for name in OF_PEOPLE if name in text]
        if not about:
            return
        said = pc.is_valid(text[about[0]])
        for name in about[1:]:
            said = pc.or_(said, pc.is_valid(text[name]))
        where = {name: text[name].filter(said).to_pylist() for name in (*about, "patient")}
        years = pc.year(started).filter(said).to_pylist()
        for number, who in enumerate(where["patient"]):
            mine = self.described.setdefault(who, {})
            for name in about:
                if (value := where[name][number]) is not None and name not in mine:
                    mine[name] = value
                    if name == "age":
                        mine["year"] = years[number]

    def _people(self, names: list[str], told: bool) -> None:
        listed = pa.array(names, pa.string())
        columns: Columns = {"patient": self.sheets.key("patients", listed)}
        columns["nhs_number_state"] = pa.repeat("absent", len(names))
        if told:
            said = [self.described[name] for name in names]
            columns |= self._said(said)
        self.sheets.add("patients", columns, told)

    def _said(self, said: list[dict[str, Any]]) -> Columns:
        born = self.moments.of(pa.array([each.get("born_on") for each in said], pa.string())).cast(
            pa.date32(), safe=False
        )
        ages = [self._age(each.get("age")) for each in said]
        by_age = pa.array(
            [
                f"{each['year'] - age:04d}-01-01" if age is not None and each.get("year") else None
                for each, age in zip(said, ages, strict=True)
            ],
            pa.string(),
        ).cast(pa.date32())
        decile = pa.array([_decile(each.get("deprivation_decile")) for each in said], pa.int64())
        genders = [each.get("gender") for each in said]
        known_to = pc.if_else(pc.is_valid(born), "day", pc.if_else(pc.is_valid(by_age), "year", None))
        return {
            "born_on": pc.coalesce(born, by_age),
            "born_on_known_to": known_to.cast(pa.string()),
            "gender": pa.array(
                [None if each is None else _GENDERS.get(each.strip().lower(), "unknown") for each in genders],
                pa.string(),
            ),
            "ethnicity": pa.array([each.get("ethnicity") for each in said], pa.string()),
            "deprivation_decile": decile,
        }

    def _age(self, text: str | None) -> int | None:
        """Whole years; the least that “> 89” or “90+” can be, with a doubt; none for what is no age, with a doubt."""
        if text is None:
            return None
        found = _AGE.fullmatch(text.strip())
        if found is None:
            self.sheets.doubt("file", "", "an age is no number and was left out")
            return None
        above, age, open_ended = found.groups()
        if above or open_ended:
            self.sheets.doubt("file", "", "an age is only known to be above a limit: the least it can be was taken")
        return int(age) + bool(above)


def _decile(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() and 1 <= int(text) <= 10 else None


def _trimmed(column: pa.ChunkedArray) -> pa.Array:
    """Without blanks around; nothing left is null. “NA” and “?” are values."""
    text = pc.utf8_trim_whitespace(column.combine_chunks())
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
