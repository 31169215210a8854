"""
Lists of the NHS Organisation Data Service: organisations, what they are part of, and memberships over time.

    organisations   the 27-field lists (etr, epraccur and their kin), which have no header
    practice map    each practice with its network, commissioner, integrated care system and region (a header)
    members         which practice belonged to which primary care network from when to when (a header)

Which of them a file is shows in its columns. An organisation is known by its code, so that these lists, and records of
care that hold the codes, become one organisation each; what several lists say of it is taken together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa

from joinedup.records import contact_tables, delimited
from joinedup.records.files import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

    from joinedup.records.parts import File
    from joinedup.records.sheets import Sheets

FIELDS = 27
PRACTICE, NETWORK = "GP practice", "Primary care network"
MEMBERSHIP = "practice of a primary care network"
UNALLOCATED = "U"
"""What the practice map says of a practice that is in no network."""

_CODE = re.compile(r"[A-Z0-9]{1,9}")
_DAY = re.compile(r"[0-9]{8}|")
_SETTINGS = {
    "0": "Other prescribing setting", "1": "Walk-in centre", "2": "Out-of-hours service",
    "3": "Walk-in centre and out-of-hours service", "4": PRACTICE, "8": "Public health service",
    "9": "Community health service", "10": "Hospital service", "11": "Optometry service",
    "12": "Urgent and emergency care", "13": "Hospice", "14": "Care home", "15": "Border force",
    "16": "Young offender institution", "17": "Secure training centre", "18": "Secure children's home",
    "19": "Immigration removal centre", "20": "Court", "21": "Police custody",
    "22": "Sexual assault referral centre", "24": "Other justice setting", "25": "Prison",
}  # fmt: skip
_MAP = {"practice_code", "pcn_code"}
_MEMBERS = {"partner organisation code", "pcn code", "practice to pcn relationship start date"}
_UPWARDS = (
    ("practice", PRACTICE, ("practice_code",), ("practice_name",)),
    ("network", NETWORK, ("pcn_code",), ("pcn_name",)),
    ("place", "Sub-ICB location", ("sub_icb_location_code", "ccg_code"), ("sub_icb_location_name", "ccg_name")),
    ("system", "Integrated care system", ("icb_code", "stp_code"), ("icb_name", "stp_name")),
    ("region", "NHS England region", ("comm_region_code",), ("comm_region_name",)),
)
"""The practice map from the practice upwards, with the names that its columns have had."""


def list_of(header: Iterable[str]) -> str | None:
    """Which list a file with this first row is; None when it is none of them."""
    first = [each.strip() for each in header]
    names = {each.lower() for each in first}
    if names >= _MEMBERS:
        return "members"
    if names >= _MAP:
        return "practice map"
    if len(first) == FIELDS and _CODE.fullmatch(first[0]) and _DAY.fullmatch(first[10]) and _DAY.fullmatch(first[11]):
        return "organisations"
    return None


def read(file: File, sheets: Sheets, seen: Callable[[int], None]) -> None:
    """Write the organisations of a list, and the memberships. Raises Unreadable for a file that is none of them."""
    kind = list_of(contact_tables.header(file.path, file.mapping))
    if kind is None:
        raise Unreadable("none of the lists of the Organisation Data Service that are known: its columns tell none")
    known = _Known(kind, sheets)
    if kind == "organisations":
        names = [str(number) for number in range(1, FIELDS + 1)]
        for row in _rows(file, sheets, seen, names):
            _organisation(row, known)
    else:
        for row in _rows(file, sheets, seen, None):
            (_mapped if kind == "practice map" else _member)(row, known)
    known.write()


@dataclass
class _Row:
    number: int
    values: dict[str, str]

    def get(self, *names: str) -> str:
        return next((value for name in names if (value := self.values.get(name, "").strip())), "")


def _rows(file: File, sheets: Sheets, seen: Callable[[int], None], header: list[str] | None) -> Iterator[_Row]:
    mapping = file.mapping
    lines = delimited.rows(file.path, sheets.set_aside, seen, mapping.delimiter, mapping.encoding, header)
    for some in lines:
        columns = {name.strip().lower(): values for name, values in some.columns.items()}
        for at, number in enumerate(some.numbers):
            yield _Row(number, {name: values[at] for name, values in columns.items()})


@dataclass
class _Organisation:
    """What a list says of one organisation."""

    name: str = ""
    type: str = ""
    part_of: str = ""
    postcode: str = ""
    active: bool | None = None
    told: bool = False


@dataclass
class _Known:
    """The organisations and memberships met so far: what is said first of each is kept."""

    kind: str
    sheets: Sheets
    organisations: dict[str, _Organisation] = field(default_factory=dict)
    memberships: list[tuple[str, str, date, date | None]] = field(default_factory=list)

    def tell(self, code: str, told: bool = True, active: bool | None = None, **said: str) -> None:
        known = self.organisations.setdefault(code, _Organisation())
        known.told |= told
        known.active = active if known.active is None else known.active
        for name, value in said.items():
            if value and not getattr(known, name):
                setattr(known, name, value)

    def code(self, row: _Row, *names: str) -> str | None:
        """The code in a column; None, with the row set aside, where it is none."""
        code = row.get(*names).upper()
        if _CODE.fullmatch(code):
            return code
        self.sheets.set_aside(f"line {row.number}", f"“{names[0]}” is no organisation code", "")
        return None

    def write(self) -> None:
        sheets, listed = self.sheets, sorted(self.organisations.items())
        for told in (False, True):
            rows = [(code, said) for code, said in listed if said.told == told]
            sheets.add(
                "organisations",
                {
                    "organisation": self._keys([code for code, _ in rows]),
                    "name": pa.array([said.name or None for _, said in rows], pa.string()),
                    "ods_code": pa.array([code for code, _ in rows], pa.string()),
                    "type": pa.array([said.type or None for _, said in rows], pa.string()),
                    "part_of": self._keys([said.part_of or None for _, said in rows]),
                    "postcode": pa.array([said.postcode or None for _, said in rows], pa.string()),
                    "active": pa.array([said.active for _, said in rows], pa.bool_()),
                },
                told,
            )
        sheets.add(
            "memberships",
            {
                "membership": sheets.key(
                    "memberships",
                    pa.array(
                        [f"{member}-{of}-{start:%Y%m%d}" for member, of, start, _ in self.memberships], pa.string()
                    ),
                ),
                "member": self._keys([member for member, *_ in self.memberships]),
                "member_of": self._keys([of for _, of, *_ in self.memberships]),
                "type": pa.repeat(MEMBERSHIP, len(self.memberships)),
                "started_on": pa.array([start for *_, start, _ in self.memberships], pa.date32()),
                "ended_on": pa.array([end for *_, end in self.memberships], pa.date32()),
            },
        )

    def _keys(self, codes: list[str] | list[str | None]) -> pa.Array:
        """Keys of this kind of list, so that what another list says of the same code is taken together with it."""
        named = [None if code is None else f"{self.kind.replace(' ', '-')}.{code}" for code in codes]
        return self.sheets.key("organisations", pa.array(named, pa.string()))


def _organisation(row: _Row, known: _Known) -> None:
    code = known.code(row, "1")
    if code is None:
        return
    setting, status, parent = row.get("26"), row.get("13"), row.get("15", "4").upper()
    trust = not setting and not status
    known.tell(
        code,
        name=row.get("2"),
        type="NHS trust" if trust else _SETTINGS.get(setting, ""),
        part_of=parent if parent != code else "",
        postcode=row.get("10"),
        active=status == "A" if status else not row.get("12"),
    )
    if parent and parent != code:
        known.tell(parent, told=False)


def _mapped(row: _Row, known: _Known) -> None:
    if known.code(row, "practice_code") is None:
        return
    chain = [(kind, row.get(*codes).upper(), row.get(*names)) for _, kind, codes, names in _UPWARDS]
    chain = [each for each in chain if each[1] and each[1] != UNALLOCATED]
    for at, (kind, code, name) in enumerate(chain):
        above = chain[at + 1][1] if at + 1 < len(chain) else ""
        postcode = row.get("practice_postcode") if at == 0 else ""
        known.tell(code, name=name, type=kind, part_of=above, postcode=postcode)


def _member(row: _Row, known: _Known) -> None:
    member, of = known.code(row, "partner organisation code"), known.code(row, "pcn code")
    if member is None or of is None:
        return
    start = _day(row.get("practice to pcn relationship start date"))
    written = row.get("practice to pcn relationship end date")
    end = _day(written)
    if start is None:
        known.sheets.set_aside(f"line {row.number}", "the start of the membership is no date as YYYYMMDD", "")
        return
    if written and end is None:
        known.sheets.set_aside(f"line {row.number}", "the end of the membership is no date as YYYYMMDD", "")
        return
    if end is not None and end < start:
        known.sheets.doubt(f"line {row.number}", f"{member}-{of}", "the membership ends before it starts")
    for code, kind, name, above in ((member, PRACTICE, "partner", "practice"), (of, NETWORK, "pcn", "pcn")):
        place = row.get(f"{above} parent sub icb location code").upper()
        known.tell(code, name=row.get(f"{name} name"), type=kind, part_of=place)
        if place:
            known.tell(place, name=row.get(f"{above} parent sub icb location name"), type="Sub-ICB location")
    known.memberships.append((member, of, start, end))


def _day(text: str) -> date | None:
    """
    A day written YYYYMMDD.

    >>> _day("20191001"), _day("2019"), _day("20191331")
    (datetime.date(2019, 10, 1), None, None)
    """
    try:
        return date.fromisoformat(text) if len(text) == 8 and text.isdecimal() else None
    except ValueError:
        return None
