"""
The report of a place: one page that holds everything it shows, needs no scripts, and prints.

    page(store, "Hathermere")      the page, as HTML

It shows how care passes between organisations and how long people wait at each boundary, where care is in pieces, whom
the place could not do without, and how this changed; with the methods, taken from the measures themselves. Counts of
people are released as joinedup/release does; practitioners are named only on asking, and never in a page to hand on.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from importlib.resources import files
from typing import Any

import pyarrow.compute as pc

from joinedup import __version__
from joinedup.engines.common import Engine
from joinedup.measures import continuity, departure, hand_offs, in_pieces, returns, series, waits
from joinedup.measures.asking import Level, Window
from joinedup.period import months_spoken, spoken
from joinedup.records.store import Store
from joinedup.release.tables import THRESHOLD, hide_small, released
from joinedup.report.pictures import bars, between, xmr
from joinedup.report.pictures.drawing import short

MOST_ON_A_MAP = 16
MOST_ARROWS = 40
MOST_ROWS = 12
METHODS = ("hand_offs", "waits", "returns", "in_pieces", "coc", "upc", "secon", "mmci", "departure", "series", "xmr")

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class _Place:
    """What every part of the page is made from."""

    store: Store
    name: str
    within: int | None
    window: Window
    engine: Engine | None


def page(
    store: Store,
    name: str,
    within_months: int | None = 24,
    as_at: date | None = None,
    practitioners: bool = False,
    engine: Engine | None = None,
) -> str:
    """The report of a place over the months up to and including `as_at` (the last contact by default), as HTML."""
    place = _Place(store, name, within_months, Window.of(store, within_months, as_at), engine)
    parts = [
        ("passing", "How care passes between organisations", _passing(place)),
        ("pieces", "Where care is in pieces", _pieces(place)),
        ("without", "Whom the place could not do without", _without(place, practitioners)),
        ("time", "How it changed", _over_time(place)),
        ("methods", "How it was worked out, and what to beware of", _methods()),
        ("read", "What was read", _read(place)),
    ]
    style = files("joinedup.report").joinpath("style.css").read_text(encoding="utf-8")
    period = f"{months_spoken(within_months)} to {spoken(place.window.as_at)}"
    contents = "".join(f'<li><a href="#{key}">{escape(title)}</a></li>' for key, title, _ in parts)
    sections = "".join(
        f'<section id="{key}" aria-labelledby="{key}-h"><h2 id="{key}-h">{escape(title)}</h2>{inside}</section>'
        for key, title, inside in parts
    )
    title = f"How joined up care is: {name}"
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}</style></head><body>'
        f"<header><div><h1>{escape(title)}</h1><p>The {escape(period)}.</p></div></header>"
        f'<main><section><nav aria-label="Contents"><ul>{contents}</ul></nav></section>{sections}</main>'
        f"<footer><p>Made by joinedup {__version__} from generation {escape(store.digest)} of the records. "
        "A picture of a place and its practices, not of anybody in it.</p></footer></body></html>\n"
    )


def _passing(place: _Place) -> str:
    args = (place.within, place.window.as_at)
    organisations = _number_with_contacts(place, "organisation")
    by: Level = (
        "organisation" if organisations <= MOST_ON_A_MAP or not _number_with_contacts(place, "sector") else "sector"
    )
    found = hand_offs.hand_offs(place.store, by, *args, engine=place.engine)
    waited = waits.waits(place.store, *args, engine=place.engine)
    if not found.pairs:
        return (
            "<p>Nobody has two contacts in this time with the organisation recorded: nothing can be said of this.</p>"
        )
    rate = found.rate or 0
    said = (
        f"<p>Of {found.pairs:,} times that a person's contact was followed by another, {found.times:,} ({rate:.0%}) "
        f"were with another {by}; {found.times_in_known_order:,} without those at the same instant, whose order is "
        "not known.</p>"
    )
    return said + _map(place, found, waited, by) + _boundaries(found, waited, by) + _waits(waited) + _returns(place, by)


def _map(place: _Place, found: hand_offs.HandOffs, waited: waits.Waits, by: Level) -> str:
    contacts = place.store.query(
        "SELECT n.number, n.key, coalesce(n.name, n.key) AS name, s.name AS sector, count(*) AS contacts "
        f"FROM visits v JOIN numbers n ON n.level = $level AND v.{by} = n.number "
        "LEFT JOIN numbers s ON n.level = 'organisation' AND s.level = 'sector' AND n.within = s.number "
        "WHERE v.started_at >= $since AND v.started_at < $until GROUP BY ALL ORDER BY contacts DESC, n.number",
        level=by,
        **place.window.values(),
    ).to_pylist()[:MOST_ON_A_MAP]
    contacts.sort(key=lambda row: (row["sector"] or "", -row["contacts"], row["number"]))
    where = {row["number"]: number for number, row in enumerate(contacts)}
    days = _days_by_boundary(waited, by)
    arrows = [
        between.Arrow(
            where[row["from_number"]],
            where[row["to_number"]],
            row["times"],
            days.get((row["from_number_key"], row["to_number_key"])),
        )
        for row in found.between.to_pylist()
        if row["from_number"] in where and row["to_number"] in where and row["people"] >= THRESHOLD
    ][:MOST_ARROWS]
    nodes = [between.Node(row["name"], row["sector"] or "", row["contacts"]) for row in contacts]
    note = f"<p>Ways that fewer than {THRESHOLD} people went are left out; the {MOST_ARROWS} busiest are drawn.</p>"
    return _figure(between.draw(nodes, arrows, f"Hand-offs between {by}s, and waits")) + note


def _days_by_boundary(waited: waits.Waits, by: Level) -> dict[tuple[str, str], float | None]:
    rows = waited.of("boundary" if by == "organisation" else "sector boundary").to_pylist()
    return {(row["from_key"], row["to_key"]): row["median_days"] for row in rows if row["seen"] >= THRESHOLD}


def _boundaries(found: hand_offs.HandOffs, waited: waits.Waits, by: Level) -> str:
    days = _days_by_boundary(waited, by)
    rows = [
        (
            row["from_number_name"] or row["from_number_key"],
            row["to_number_name"] or row["to_number_key"],
            _count(row["times"]),
            _count(row["people"]),
            _days(row["median_days"]),
            _days(days.get((row["from_number_key"], row["to_number_key"]))),
        )
        for row in found.between.to_pylist()
        if row["people"] >= THRESHOLD
    ][:MOST_ROWS]
    head = ("From", "To", "Times", "People", "Median days between", "Median days to be seen after referral")
    return _table(f"The busiest ways between {by}s", head, rows)


def _waits(waited: waits.Waits) -> str:
    rows = []
    for what, kind in (("everybody", "Everybody"), ("sector boundary", ""), ("deprivation fifth", "Deprivation fifth")):
        for row in waited.of(what).to_pylist()[:MOST_ROWS]:
            name = (
                kind
                if what == "everybody"
                else f"{row['from_name']} → {row['to_name']}"
                if not kind
                else (f"{kind} {row['to_key']}{' (most deprived)' if row['to_key'] == '1' else ''}")
            )
            if row["asked"] >= THRESHOLD:
                shown = released([[row["seen"], row["refused"], row["ended_unseen"], row["waiting"]]])
                counts = [_count(shown.total, False), *(_count(each, False) for each in shown.cells[0])]
                enough = row["seen"] >= THRESHOLD
                times = [row[name] if enough else None for name in ("median_days", "ninetieth_days", "km_median_days")]
                rows.append((name, *counts, *map(_days, times)))
    if not rows:
        return "<h3>Waits</h3><p>There is no referral in this time that says when it was made.</p>"
    head = (
        "Referrals",
        "Asked",
        "Seen",
        "Refused",
        "Ended unseen",
        "Still waiting",
        "Median days",
        "90th",
        "KM median",
    )
    note = (
        "<p>Median and 90th are of those who were seen. The KM median (Kaplan and Meier) counts those who were not for "
        "as long as they waited.</p>"
    )
    return _table("How long people waited to be seen, and what came of it", head, rows) + note


def _returns(place: _Place, by: Level) -> str:
    found = returns.returns(place.store, by, returns.WITHIN_DAYS, place.within, place.window.as_at, place.engine)
    rows = [
        (
            row["to_number_name"] or row["to_number_key"],
            row["between_number_name"] or row["between_number_key"],
            _count(row["returns"]),
            _count(row["people"]),
        )
        for row in found.table.to_pylist()
        if row["people"] >= THRESHOLD
    ][:MOST_ROWS]
    title = f"To and fro: back within {found.days} days"
    return _table(title, ("Back to", "From", "Times", "People"), rows) if rows else ""


def _pieces(place: _Place) -> str:
    found = in_pieces.in_pieces(place.store, place.within, place.window.as_at, place.engine)
    everybody = found.of("everybody").to_pylist()
    if not everybody:
        return "<p>Nobody has a contact in this time with the organisation recorded.</p>"
    people, pieces = everybody[0]["people"], everybody[0]["in_pieces"]
    share = f"{_count(pieces)} of them ({pieces / people:.1%})" if pieces >= THRESHOLD else "few of them"
    parts = [f"<p>{_count(people)} people had a contact; {share} with three organisations or more.</p>"]
    spread = found.of("organisations").to_pylist()
    shown = released([[row["people"] for row in spread]])
    listed = [
        (f"{row['of_which']} organisation{'' if row['of_which'] == '1' else 's'}", count, _count(count, False))
        for row, count in zip(spread, shown.cells[0], strict=True)
    ]
    parts.append(_figure(bars.draw(listed, "People by the number of organisations that dealt with them")))
    parts.append(_table("The same as a table", ("Organisations", "People"), [(name, said) for name, _, said in listed]))
    measured = continuity.measure(place.store, "organisation", place.within, place.window.as_at, 3, place.engine)
    if measured.table.num_rows >= THRESHOLD:
        said = ", ".join(f"{name.upper()} {measured.mean(name):.2f}" for name in continuity.MEASURES)
        parts.append(
            f"<p>Continuity by organisation of the {_count(measured.table.num_rows)} people with 3 contacts or more, "
            f"on average: {said}. 1 is always the same.</p>"
        )
    for what in ("age", "sex", "deprivation fifth", "ethnicity"):
        rows = found.of(what).to_pylist()
        if len(rows) > 1:
            parts.append(_by_group(what, rows))
    parts.append(f"<p>{escape(shown.sentence())}</p>")
    return "".join(parts)


def _by_group(what: str, rows: list[dict[str, Any]]) -> str:
    table = released([[row["in_pieces"] for row in rows], [row["people"] - row["in_pieces"] for row in rows]])
    body = []
    for number, row in enumerate(rows):
        hidden = table.cells[0][number] is None or table.column_totals[number] is None
        share = "not shown" if hidden else f"{row['in_pieces'] / row['people']:.0%}"
        body.append(
            (row["of_which"], _count(table.column_totals[number], False), _count(table.cells[0][number], False), share)
        )
    return _table(f"In pieces, by {what}", (f"{what[0].upper()}{what[1:]}", "People", "In pieces", "Share"), body)


def _without(place: _Place, practitioners: bool) -> str:
    said = (
        "If they left: people whom nobody else has dealt with at all; whom nobody else in the same organisation has; "
        "people whose last link between two organisations they are."
    )
    parts = [f"<p>{said}</p>"]
    levels: list[departure.Leaver] = ["team", "profession", "organisation"]
    if practitioners:
        levels.append("practitioner")
    for level in levels:
        found = departure.drill(place.store, level, place.within, place.window.as_at, pairs=False)
        rows = [
            (
                row["number_name"] or row["number_key"],
                _count(row["known"]),
                _count(row["only_theirs"]),
                _count(row["only_in_organisation"]) if "only_in_organisation" in row else "–",
                _count(row["last_links"]),
                f"{row['pieces']:,}",
            )
            for row in found.table.to_pylist()
            if row["known"] >= THRESHOLD
        ][:MOST_ROWS]
        if rows:
            if level == "practitioner":
                parts.append(f'<p class="beware">{escape(departure.CAUTION)}</p>')
            head = (level[0].upper() + level[1:], "People known", "Only theirs", "Only theirs in the organisation")
            parts.append(_table(f"By {level}", (*head, "Last links", "Pieces"), rows))
    if len(parts) == 1:
        return (
            "<p>No team, profession or organisation has dealt with enough people in this time for this to be shown.</p>"
        )
    return "".join(parts)


def _over_time(place: _Place) -> str:
    months = max(place.within or 36, 36)
    found = series.monthly(place.store, "organisation", months, place.window.as_at, place.engine)
    parts = []
    for name in ("hand-offs", "in pieces", "contacts"):
        drawn = found.chart(name)
        if len(drawn.points) < 3:
            continue
        title = f"{name[0].upper()}{name[1:]} each month"
        parts.append(_figure(xmr.draw(drawn, title, series.UNITS[name])))
        rows = [
            (f"{point.on:%B %Y}", short(point.value), point.label, point.variation)
            for point in drawn.points
            if point.on and point.label != "common cause"
        ]
        if rows:
            parts.append(_details(f"{title}: what stands out", ("Month", "Value", "Label", "Variation"), rows))
        if drawn.trial:
            parts.append("<p>Fewer than 13 points: these are trial limits.</p>")
    return "".join(parts) or "<p>There are too few whole months in the records for a chart.</p>"


def _methods() -> str:
    listed = []
    for name in METHODS:
        said = (importlib.import_module(f"joinedup.measures.{name}").__doc__ or "").strip()
        title, _, rest = said.partition("\n")
        listed.append(f"<dt>{escape(title)}</dt><dd><pre>{escape(rest.strip())}</pre></dd>")
    return f"<dl>{''.join(listed)}</dl>"


def _read(place: _Place) -> str:
    counts = place.store.counts()
    kept = ("patients", "contacts", "organisations", "practitioners", "conditions", "referrals")
    rows: Rows = [(name, f"{counts[name]:,}") for name in kept]
    aside = [("set aside", counts["set_aside"]), ("doubtful", counts["doubts"]), ("not resolved", counts["unresolved"])]
    said = ", ".join(f"{number:,} {name}" for name, number in aside)
    without = place.store.query("SELECT count(*) AS n FROM visits WHERE started_at IS NULL")["n"][0].as_py()
    return (
        _table("Rows in the records", ("Table", "Rows"), rows)
        + f"<p>{said}. {without:,} contacts without a day are in no window.</p>"
    )


def _number_with_contacts(place: _Place, level: str) -> int:
    found = place.store.query(
        f"SELECT count(DISTINCT {level}) AS n FROM visits WHERE started_at >= $since AND started_at < $until",
        **place.window.values(),
    )
    return int(pc.sum(found["n"]).as_py() or 0)


def _count(count: int | None, small_hidden: bool = True) -> str:
    shown = hide_small(count) if small_hidden else count
    return "not shown" if shown is None else f"{shown:,}"


def _days(days: float | None) -> str:
    return "–" if days is None else f"{days:.0f}"


def _figure(picture: str) -> str:
    return f"<figure>{picture}</figure>"


def _table(caption: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table that scrolls by itself where it is too wide, and can be reached by keyboard to do so."""
    listed = [[str(value) for value in row] for row in rows]
    numbers = [place > 0 and all(_is_number(row[place]) for row in listed) for place in range(len(head))]

    def cells(tag: str, row: Sequence[str]) -> str:
        said = []
        for place, value in enumerate(row):
            scope = ' scope="row"' if tag == "td" and place == 0 else ' scope="col"' if tag == "th" else ""
            name = "th" if place == 0 else tag
            kind = ' class="number"' if numbers[place] else ""
            said.append(f"<{name}{scope}{kind}>{escape(value)}</{name}>")
        return f"<tr>{''.join(said)}</tr>"

    body = "".join(cells("td", row) for row in listed)
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(caption)}"><table><caption>{escape(caption)}'
        f"</caption><thead>{cells('th', head)}</thead><tbody>{body}</tbody></table></div>"
    )


def _details(caption: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    return f"<details><summary>{escape(caption)}</summary>{_table(caption, head, rows)}</details>"


def _is_number(value: str) -> bool:
    return value in ("–", "not shown") or value.replace(",", "").replace(".", "").replace("%", "").lstrip("-").isdigit()
