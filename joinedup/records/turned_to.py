"""
Who turns to whom, as people said when they were asked: lists of ties and of those who are tied.

    ties        from, to, and perhaps relation: `from` answered, `to` is whom they named
    members     id, and perhaps a place (department, office, town) and a standing (level, status, role)

The file says which network it is: `law_advice_edges.csv` holds "law advice", and `law_nodes.csv` those who are in every
network of "law". With a column `relation` a file holds several: `doctors_edges.csv` with "advice" is "doctors advice".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from joinedup.records import contact_tables, delimited
from joinedup.records.files import Unreadable

if TYPE_CHECKING:
    from joinedup.records.parts import File
    from joinedup.records.sheets import Sheets

_TIES = {"from", "to"}
_OF_TIES = re.compile(r"[_ -](edges|ties|arcs|links)$", re.IGNORECASE)
_OF_MEMBERS = re.compile(r"[_ -](nodes|members|actors|people)$", re.IGNORECASE)
_PLACES = ("place", "organisation", "team", "dept", "department", "office", "city", "town", "site")
_STANDINGS = ("standing", "role", "profession", "level", "status", "position")
_WHOLE = re.compile(r"(-?[0-9]+)\.0+")
Columns = dict[str, list[str]]


def list_of(path: Path, header: Iterable[str]) -> str | None:
    """'ties' or 'members' for a file with this name and first row; None when it is neither."""
    names = {each.strip().lower() for each in header}
    if names >= _TIES:
        return "ties"
    return "members" if "id" in names and _OF_MEMBERS.search(_stem(path)) else None


def read(file: File, sheets: Sheets, seen: Callable[[int], None]) -> None:
    """Write the ties, or the members, of a file. Raises Unreadable for a file that is neither."""
    kind = list_of(file.path, contact_tables.header(file.path, file.mapping))
    if kind is None:
        raise Unreadable("neither ties (columns from and to) nor members (a column id, in a file called …_nodes)")
    mapping = file.mapping
    for some in delimited.rows(file.path, sheets.set_aside, seen, mapping.delimiter, mapping.encoding):
        columns = {name.strip().lower(): [_same(each) for each in values] for name, values in some.columns.items()}
        (_ties if kind == "ties" else _members)(file.path, some.numbers, columns, sheets)


def _ties(path: Path, numbers: list[int], columns: Columns, sheets: Sheets) -> None:
    of = _OF_TIES.sub("", _stem(path)).replace("_", " ")
    relations = columns.get("relation", [""] * len(numbers))
    rows: dict[str, tuple[str, str, str]] = {}
    for number, answered, named, relation in zip(numbers, columns["from"], columns["to"], relations, strict=True):
        if not answered or not named:
            sheets.set_aside(f"line {number}", f"“{'from' if not answered else 'to'}” is empty")
            continue
        network = f"{of} {relation}".strip()
        key = f"{network}/{answered}>{named}"
        if key in rows:
            sheets.doubt(f"line {number}", key, "the same tie stands in the file before, and counts once")
        rows.setdefault(key, (network, answered, named))
    listed = list(rows.items())
    sheets.add_new(
        "turned_to",
        {
            "tie": sheets.key("turned_to", pa.array([key for key, _ in listed], pa.string())),
            "network": pa.array([network for _, (network, _, _) in listed], pa.string()),
            "answered": pa.array([answered for _, (_, answered, _) in listed], pa.string()),
            "named": pa.array([named for _, (_, _, named) in listed], pa.string()),
        },
    )


def _members(path: Path, numbers: list[int], columns: Columns, sheets: Sheets) -> None:
    of = _OF_MEMBERS.sub("", _stem(path)).replace("_", " ")
    kept = []
    for at, number in enumerate(numbers):
        if columns["id"][at]:
            kept.append(at)
        else:
            sheets.set_aside(f"line {number}", "“id” is empty")

    def first(names: tuple[str, ...]) -> pa.Array:
        found = next((columns[name] for name in names if name in columns), [""] * len(numbers))
        return pa.array([found[at] or None for at in kept], pa.string())

    members = [columns["id"][at] for at in kept]
    sheets.add_new(
        "network_members",
        {
            "network_member": sheets.key("network_members", pa.array([f"{of}/{one}" for one in members], pa.string())),
            "networks": pa.array([of] * len(kept), pa.string()),
            "member": pa.array(members, pa.string()),
            "at_place": first(_PLACES),
            "standing": first(_STANDINGS),
        },
    )


def _stem(path: Path) -> str:
    """
    The name of a file without its endings.

    >>> _stem(Path("ht_advice_edges.csv.gz"))
    'ht_advice_edges'
    """
    return path.name.split(".")[0]


def _same(value: str) -> str:
    """
    A value as it is written in every file: a number of a person is often 7 in one and 7.0 in another.

    >>> _same(" 7.0 "), _same("7.5"), _same("x")
    ('7', '7.5', 'x')
    """
    value = value.strip()
    whole = _WHOLE.fullmatch(value)
    return whole[1] if whole else value
