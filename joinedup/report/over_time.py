"""The part of a report about change: monthly series as XmR charts by the NHS rules."""

from __future__ import annotations

from joinedup.measures import series, xmr
from joinedup.measures.series import BETTER, UNITS, Monthly, Series
from joinedup.release.tables import THRESHOLD, hide_small
from joinedup.report.markup import Cell, figure, paragraph, section, table
from joinedup.report.pictures.xmr import draw
from joinedup.report.place import Place

CHARTED: tuple[Series, ...] = ("hand-offs", "in pieces", "people")
FEWEST = 6
"""With fewer months no chart is drawn: two or three points show nothing."""


def over_time(place: Place, found: Monthly) -> str:
    """The section."""
    rows: dict[str, list[Cell]] = {f"{month:%B %Y}": [] for month in found.months}
    parts = [
        paragraph(
            "Where records begin within these months, the first of them mislead: nobody has a contact before, from "
            "which to be handed over."
        )
    ]
    for name in CHARTED:
        values = safe(found, name)
        for month, value in zip(rows, values, strict=True):
            rows[month].append("[c]" if value is None else round(value, 1))
        known = [(month, value) for month, value in zip(found.months, values, strict=True) if value is not None]
        title = f"{name[0].upper()}{name[1:]} each month, {place.name}"
        if len(known) < FEWEST:
            parts.append(paragraph(f"{title}: no chart, for want of {FEWEST} months with enough people.", "note"))
            continue
        chart = xmr.chart([value for _, value in known], [month for month, _ in known], BETTER[name])
        parts.append(figure(draw(chart, title, UNITS[name]), title))
        said = [f"The last month: {chart.variation}."]
        if len(known) < len(found.months):
            said.append(f"{len(found.months) - len(known)} months with few people are left out.")
        if chart.trial:
            said.append("Fewer than 13 points: these are trial limits.")
        parts.append(paragraph(" ".join(said), "note"))
    headings = ["month", *(UNITS[name] for name in CHARTED)]
    note = f"[c]: fewer than {THRESHOLD} people in the month, or a rate of which they would be told."
    parts.append(table("The same in numbers", headings, [[month, *cells] for month, cells in rows.items()], note))
    return section("time", "Over time", parts)


def monthly(place: Place) -> Monthly:
    """Everybody's months, up to three years back."""
    months = max(place.within_months or 36, 36)
    return series.monthly(place.store, "organisation", months, place.window.as_at, place.engine, for_each=False)


def safe(found: Monthly, name: Series) -> list[float | None]:
    """A series with nothing in it from which few people could be told: counts rounded, rates of few left out."""
    values = found.values(name)
    rows = {row["month"]: row for row in found.table.to_pylist() if row["number"] is None}
    kept: list[float | None] = []
    for month, value in zip(found.months, values, strict=True):
        row = rows.get(month)
        if row is None or value is None:
            kept.append(None)
        elif name in ("people", "contacts"):
            count = hide_small(int(value))
            kept.append(None if count is None else float(count))
        else:
            above = row["in_pieces" if name == "in pieces" else "hand_offs"]
            few = row["people"] < THRESHOLD or 0 < above < THRESHOLD
            kept.append(None if few else value)
    return kept
