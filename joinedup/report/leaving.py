"""The part of a report about whom the place could not do without: teams, professions and organisations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from joinedup.measures.departure import CAUTION, WITHIN, Drill, Leaver, drill
from joinedup.release.tables import THRESHOLD, hide_small, released
from joinedup.report.markup import Cell, figure, heading, hidden, paragraph, section, table
from joinedup.report.pictures.bars import Bar, draw
from joinedup.report.place import Place

MOST_ROWS = 20
PICTURED = {
    "only_in_organisation": "people whom nobody else in the organisation knows",
    "only_theirs": "people whom nobody else knows",
    "last_links": "people whose last link between two others it is",
}


def leaving(place: Place, practitioners: bool) -> str:
    """The section. Practitioners are in it only when asked for."""
    levels: tuple[Leaver, ...] = ("team", "profession", "organisation")
    parts = [
        paragraph(
            "If somebody left, whom would nobody else know? Counted over contacts in these months: people whom nobody "
            "else has dealt with at all, or nobody else in the same team or organisation; and people whose last link "
            "between two organisations they are."
        )
    ]
    if practitioners:
        parts.append(f'<div class="care">{paragraph(CAUTION)}</div>')
        levels = (*levels, "practitioner")
    for level in levels:
        found = drill(place.store, level, place.within_months, place.window.as_at, pairs=False, engine=place.engine)
        parts += _level(found)
    if not practitioners:
        parts.append(paragraph("Named practitioners are not shown unless asked for.", "note"))
    return section("leaving", "Whom the place could not do without", parts)


def _level(found: Drill) -> list[str]:
    rows = [row for row in found.table.to_pylist() if row["known"] >= THRESHOLD]
    title = f"If a {found.by} left" if found.by != "organisation" else "If an organisation left"
    if not rows:
        return [heading(title), paragraph(f"No {found.by} has dealt with {THRESHOLD} people or more in these months.")]
    weighs = _weighs(found.by, rows)
    rows.sort(key=lambda row: (-row[weighs], -row["known"], row["number_key"]))
    groups = WITHIN[found.by]
    shown: list[list[Cell]] = []
    bars: list[Bar] = []
    for row in rows[:MOST_ROWS]:
        name = row["number_name"] or row["number_key"]
        cells = released([[row["only_theirs"], row["known"] - row["only_theirs"]]])
        inside = [hide_small(row[f"only_in_{group}"]) for group in groups]
        only = cells.cells[0][0]
        bars.append(Bar(name, hide_small(row[weighs]) if weighs != "only_theirs" else only))
        shown.append(
            [
                name,
                *map(hidden, (cells.row_totals[0], only, *inside, hide_small(row["last_links"]))),
                row["pieces"],
                row["pairs_parted"],
            ]
        )
    headings = [found.by, "know", "whom nobody else knows", *(f"nobody else in the {group}" for group in groups)]
    headings += ["last link between organisations", "network falls into", "pairs parted"]
    left_out = found.table.num_rows - len(shown)
    note = (
        f"Counts of 1 to {THRESHOLD - 1} people are [c]; others are rounded to 5. The network is in {found.parts} "
        f"part{'s' * (found.parts != 1)} as it is. "
        f"{left_out} are not listed, with fewer than {THRESHOLD} people or beyond the first {MOST_ROWS}."
    )
    svg = draw(bars[:12], f"{title}: {PICTURED[weighs]}", "people")
    return [heading(title), figure(svg, title), table(f"{title}: all {found.by}s", headings, shown, note)]


def _weighs(by: Leaver, rows: Sequence[dict[str, Any]]) -> str:
    """What a picture compares: of organisations, whom nobody else knows; where all are known to others, last links."""
    if by != "organisation":
        return "only_in_organisation"
    return "only_theirs" if any(row["only_theirs"] for row in rows) else "last_links"
