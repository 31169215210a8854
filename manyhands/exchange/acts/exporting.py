"""
Acts as lines of JSON, for `joinedup load`: identifiers, choices, days and numbers.

Left out are all words, and who the patients are: of a group, how many there were; of one person, the fifth of
deprivation, where the records know it; of a group, in each fifth for how many something was done. What stays says who
did what in which role for which organisation, and so how leading is shared; it is still about people, and to be kept
as such.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, get_type_hints

import msgspec

from manyhands import acts, who
from manyhands.exchange.records import fifths_of
from manyhands.log.read import brought_forward, read
from manyhands.people.models import Organisation
from manyhands.pictures import reach
from manyhands.rules.folding import fold
from manyhands.rules.standing import Standing

NAME_OF = {kind: name for name, kind in acts.NAMES.items()}
OF_EVERY_ACT = {field.name for field in fields(acts.Act)}


def exported(team: who.Team) -> Iterator[bytes]:
    """A line for each act of a team, oldest first."""
    standing, reaching = brought_forward(team, fold), brought_forward(team, reach.fold)
    roles = standing.roles
    sectors = dict(Organisation.objects.values_list("id", "sector"))
    entries = list(read(team))
    named = {patient for entry in entries if (patient := _patient(entry.act)) is not None}
    fifths = fifths_of(named.union(*(stays for stays in reaching.stays.values())))
    for entry in entries:
        act = entry.act
        role = roles.get(act.in_role) if act.in_role is not None else None
        line: dict[str, Any] = {
            "team": act.team,
            "number": entry.number,
            "at": act.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "act": NAME_OF[type(act)],
            "by": act.by,
            "for_organisation": act.for_organisation,
            "in_role": act.in_role,
            "role_kind": role.kind if role else None,
            "sector": sectors.get(act.for_organisation) or None,
            "deprivation_fifth": fifths.get(_patient(act) or who.Patient("")),
            "about": {name: said for name, said in _said(act) if name not in OF_EVERY_ACT},
        }
        if isinstance(act, acts.Complete):
            line["about"] |= _reached(act, standing, reaching, fifths)
        yield msgspec.json.encode(line)


def _reached(
    act: acts.Complete, standing: Standing, reaching: reach.Reaching, fifths: dict[who.Patient, int]
) -> dict[str, object]:
    """Of a responsibility about a group that was closed: in each fifth of deprivation, for how many it was done."""
    reached = reach.reach(reaching, standing.responsibilities[act.responsibility], act.at)
    counted: dict[str, dict[str, int]] = {}
    for line in reached.lines if reached else ():
        if line.patient in fifths and line.gone is None and line.reached is not acts.Reached.EXCEPTION:
            told = counted.setdefault(str(fifths[line.patient]), {"done": 0, "of": 0})
            told["of"] += 1
            told["done"] += line.reached is acts.Reached.DONE
    return {"reached_by_fifth": counted} if counted else {}


def _patient(act: acts.AnyAct) -> who.Patient | None:
    """The one patient that an act is about, if it is about one."""
    patient: who.Patient | None = getattr(act, "patient", None)
    return patient


def _said(thing: Any) -> Iterator[tuple[str, object]]:
    """The fields of an act, or of what is in one, without words and patients."""
    hints = get_type_hints(type(thing))
    for each in fields(thing):
        if hints[each.name] is acts.Words:
            continue
        value = getattr(thing, each.name)
        if each.name in ("patient", "patients"):
            yield "patients", len(value) if isinstance(value, tuple) else int(value is not None)
        elif value is not None:
            yield each.name, _plain(value)


def _plain(value: Any) -> object:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return dict(_said(value))
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, datetime | date) else value
