"""
Any measure, month by month, of everybody, of a team or another at a level, or of a group of people: to be charted.

    contacts, people, hand-offs, in pieces    as in measures/series.py; of one at a level, those of contacts with it
    coc, upc, secon, mmci                     mean over people with at least 2 contacts in the month, by organisation
    care density                              mean over people seen by at least 2 practitioners in the month
    returns                                   to and fro between organisations, begun and ended within the month
    referrals, refused                        asked in the month; of each 100 of them, refused by now
    wait                                      median days that those had waited who were first seen in the month
    admissions, unplanned admissions, falls   begun in the month; days with a fall on record

Of one at a level, all but the first four are those of the people who had any contact with it in the whole window.

Unit      as `UNITS` says
Better    as `BETTER` says; None where neither is
Needs     what each measure needs; over at least 13 months for limits to be trusted (measures/xmr.py)
Source    each measure's own, asked of one month at a time
Beware    a month is short for continuity, and few people make a wild series. Who was referred lately may yet be
          refused. A group gathered for how its people were doing looks better later by itself (before_and_after.py)
Example   in May, of 3 people with 2 contacts or more, COC was 0, 0.5 and 1: coc 0.5
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

import pyarrow.compute as pc

from joinedup.engines.tongue import Engine
from joinedup.measures import admissions, care_density, continuity, falls, referrals, returns, series, xmr
from joinedup.measures.asking import Level, NotInTheseRecords, Window, numbers_of
from joinedup.period import months_before, spoken
from joinedup.records.store import Store

Name = Literal[
    "contacts",
    "people",
    "hand-offs",
    "in pieces",
    "coc",
    "upc",
    "secon",
    "mmci",
    "care density",
    "returns",
    "referrals",
    "refused",
    "wait",
    "admissions",
    "unplanned admissions",
    "falls",
]
NAMES: tuple[Name, ...] = get_args(Name)

UNITS: dict[Name, str] = {
    "contacts": series.UNITS["contacts"],
    "people": series.UNITS["people"],
    "hand-offs": series.UNITS["hand-offs"],
    "in pieces": series.UNITS["in pieces"],
    "coc": "mean COC of people with at least 2 contacts in the month",
    "upc": "mean UPC of people with at least 2 contacts in the month",
    "secon": "mean SECON of people with at least 2 contacts in the month",
    "mmci": "mean MMCI of people with at least 2 contacts in the month",
    "care density": "mean care density of people seen by at least 2 practitioners in the month",
    "returns": "returns between organisations within the month",
    "referrals": "referrals asked for, a month",
    "refused": "referrals refused by now, for each 100 asked for in the month",
    "wait": "median days waited by those first seen in the month after a referral",
    "admissions": "admissions to hospital, a month",
    "unplanned admissions": "unplanned admissions to hospital, a month",
    "falls": "days with a fall on record, of all people, a month",
}
HIGHER: tuple[Name, ...] = ("coc", "upc", "secon", "mmci")
LOWER: tuple[Name, ...] = ("hand-offs", "in pieces", "returns", "refused", "wait", "unplanned admissions", "falls")
BETTER: dict[Name, xmr.Better | None] = {
    name: "higher" if name in HIGHER else "lower" if name in LOWER else None for name in NAMES
}


@dataclass(frozen=True)
class Charted:
    """A series: `values` over `months`, None in a month in which there is nothing to tell it by."""

    name: str
    of: str
    """Of whom: “everybody”, the one at a level, or how many people."""
    months: tuple[date, ...]
    values: tuple[float | None, ...]
    window: Window

    @property
    def known(self) -> list[tuple[date, float]]:
        """The months that have a value."""
        return [(at, value) for at, value in zip(self.months, self.values, strict=True) if value is not None]

    def chart(
        self, target: float | None = None, recalculate_from: Collection[date] = (), better: xmr.Better | None = None
    ) -> xmr.Chart:
        """
        The XmR chart. New limits begin with the first month on or after each day of `recalculate_from`. `better`: what
        to aim for, where it is not as `BETTER` says. Raises NotInTheseRecords for a day outside the chart.
        """
        months = [at for at, _ in self.known]
        places = []
        for day in recalculate_from:
            place = sum(at < day for at in months)
            if not 0 < place < len(months):
                first, last = (f"{at:%B %Y}" for at in (months[1], months[-1])) if len(months) > 1 else ("none", "none")
                raise NotInTheseRecords(
                    f"Limits cannot be worked out again from {spoken(day)}. They can from the months {first} to {last}."
                )
            places.append(place)
        values = [value for _, value in self.known]
        return xmr.chart(values, months, better or _better(self.name), target, recalculate_at=places)


def _better(name: str) -> xmr.Better | None:
    return next((better for known, better in BETTER.items() if known == name), None)


EngineOf = Callable[[Store], Engine]


def charted(
    store: Store,
    name: Name,
    by: Level = "organisation",
    one: str | None = None,
    people: Collection[str] | None = None,
    within_months: int | None = 36,
    as_at: date | None = None,
    engine: EngineOf | None = None,
) -> Charted:
    """
    A measure in each whole month up to `as_at`: of everybody, of `one` at a level by its name or key, or of `people` by
    their keys; of both, of what those people had to do with that one.

    `engine` makes an engine for a store. Raises NotInTheseRecords for a one or people that the records have not.
    """
    window = Window.of(store, within_months, as_at)
    number = None if one is None else int(numbers_of(store, by, [one])[0].as_py())
    whom = "everybody" if one is None else one
    if people is not None:
        group = "1 person" if len(people) == 1 else f"{len(people):,} people"
        whom = group if one is None else f"{one}, {group}"
    with _among(store, people) as those:
        if name in series.NAMES:
            found = series.monthly(
                those, by, within_months, window.as_at, engine and engine(those), for_each=number is not None
            )
            return Charted(name, whom, found.months, tuple(found.values(name, number)), window)
        months = series.monthly(those, by, within_months, window.as_at, for_each=False).months
        with _among(those, None if number is None else _met_by(those, by, number, window)) as these:
            values = _values(name, these, months, engine and engine(these), within_months, window.as_at)
    return Charted(name, whom, months, tuple(values), window)


@contextmanager
def _among(store: Store, people: Collection[str] | None) -> Iterator[Store]:
    """The store with only these people in it; the store itself for everybody."""
    if people is None:
        yield store
        return
    with store.only(people) as those:
        yield those


def _met_by(store: Store, by: Level, number: int, window: Window) -> list[str]:
    """The people with any contact with one at a level in the window."""
    sql = (
        f"SELECT patient FROM patients WHERE number IN (SELECT patient FROM visits WHERE {by} = $number"
        " AND started_at >= $since AND started_at < $until)"
    )
    found: list[str] = store.query(sql, number=number, **window.values())["patient"].to_pylist()
    return found


def _values(
    name: Name, store: Store, months: tuple[date, ...], engine: Engine | None, within: int | None, as_at: date
) -> list[float | None]:
    if name in ("referrals", "refused", "wait"):
        return _of_referrals(name, months, referrals.referrals(store, within, as_at, engine))
    return [_in_month(name, store, months_before(month, -1) - timedelta(days=1), engine) for month in months]


def _in_month(name: Name, store: Store, last: date, engine: Engine | None) -> float | None:
    """A measure in the month that ends with a day."""
    if name in continuity.MEASURES:
        return continuity.measure(store, "organisation", 1, last, 2, engine).mean(name)
    if name == "care density":
        return care_density.care_density(store, "practitioner", 1, last, engine=engine).mean
    if name == "returns":
        return float(returns.returns(store, "organisation", 31, 1, last, engine).returns)
    if name == "falls":
        fallen = pc.sum(falls.falls(store, 1, last, engine).table["falls"]).as_py()
        return None if fallen is None else float(fallen)
    stays = admissions.admissions(store, 1, last, engine)
    return float(stays.total("admissions" if name == "admissions" else "unplanned")) if stays.told else None


def _of_referrals(name: Name, months: tuple[date, ...], found: referrals.Referrals) -> list[float | None]:
    """From the referrals of all months at once, as they stand at the end of the window."""
    rows = found.of("month seen" if name == "wait" else "month asked").to_pylist()
    of = {row["to_key"]: row for row in rows}
    values: list[float | None] = []
    for month in months:
        row = of.get(month.isoformat())
        if name == "referrals":
            values.append(float(row["asked"]) if row else 0.0)
        elif row is None:
            values.append(None)
        else:
            values.append(100 * row["refused"] / row["asked"] if name == "refused" else row["seen_median_days"])
    return values
