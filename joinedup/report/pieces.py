"""The part of a report about care in pieces: by how many people are seen, how much by the same, and who they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from joinedup.measures.continuity import MEASURES, Measured
from joinedup.measures.in_pieces import MANY, InPieces
from joinedup.release.intervals import of_share
from joinedup.release.tables import ROUNDED_TO, THRESHOLD, released
from joinedup.report.markup import Cell, figure, heading, hidden, paragraph, section, table
from joinedup.report.pictures.bars import Bar, draw

GROUPS = {
    "sector": "sector (everybody in each that saw them)",
    "age": "age",
    "sex": "sex",
    "deprivation fifth": "deprivation fifth (1 the most deprived)",
    "ethnicity": "ethnic category",
}
ORDERED = ("age", "deprivation fifth")
FEW = f"[c]: fewer than {THRESHOLD} people, or as many as would tell of them. Counts are rounded to {ROUNDED_TO}."

FEWEST_CONTACTS = 3
"""With fewer, continuity says little of anybody."""
COC_BANDS = ("0 to under 0.2", "0.2 to under 0.4", "0.4 to under 0.6", "0.6 to under 0.8", "0.8 to under 1", "1")


def pieces(found: InPieces, measured: Measured) -> str:
    """The section, from who is in pieces and everybody's continuity by organisation."""
    spread = found.of("organisations").to_pylist()
    if not spread:
        said = "Nobody has a contact in this time with the organisation recorded."
        return section("pieces", "Where care is in pieces", [paragraph(said)])
    parts = [
        paragraph(
            f"Care is said to be in pieces when {MANY} organisations or more have dealt with somebody in these months. "
            "Who needs more is seen by more: neither many nor few is good or bad by itself."
        ),
        *_distribution(
            [(row["of_which"], row["people"]) for row in spread],
            "People by the number of organisations that dealt with them",
            "organisations",
        ),
        *_continuity(measured),
        *_by_group(found),
    ]
    return section("pieces", "Where care is in pieces", parts)


def _continuity(measured: Measured) -> list[str]:
    coc = measured.table["coc"].drop_null().to_numpy()
    if len(coc) < THRESHOLD:
        return [paragraph(f"Too few people have {FEWEST_CONTACTS} contacts or more to show continuity.", "note")]
    # a COC a hair below a fifth, from dividing, is that fifth
    counts = np.bincount(np.minimum(np.floor(coc * 5 + 1e-9), 5).astype(np.int64), minlength=6).tolist()
    means = ", ".join(f"{name.upper()} {measured.mean(name):.2f}" for name in MEASURES)
    return [
        heading("How much by the same"),
        paragraph(
            f"Of people with {FEWEST_CONTACTS} contacts or more, on average: {means}. 1 is always the same "
            "organisation; COC is 0 for somebody never seen by the same twice."
        ),
        *_distribution(list(zip(COC_BANDS, counts, strict=True)), "People by continuity of care (COC)", "COC"),
    ]


def _distribution(counted: list[tuple[str, int]], title: str, first: str) -> list[str]:
    safe = released([[count for _, count in counted]])
    cells, total = safe.cells[0], safe.row_totals[0]
    svg = draw([Bar(name, count) for (name, _), count in zip(counted, cells, strict=True)], title, "people")
    rows: list[list[Cell]] = [
        [name, hidden(count), hidden(round(100 * count / total, 1) if count is not None and total else None)]
        for (name, _), count in zip(counted, cells, strict=True)
    ]
    rows.append(["everybody", hidden(total), 100 if total else None])
    return [figure(svg, title), table(title, [first, "people", "for each 100"], rows, safe.sentence())]


def _by_group(found: InPieces) -> list[str]:
    bars: list[Bar] = []
    parts: list[str] = []
    for what, first in GROUPS.items():
        rows = [(row["of_which"], row["in_pieces"], row["people"]) for row in found.of(what).to_pylist()]
        rows = gathered(rows) if what in ORDERED else others_together(rows) if what == "ethnicity" else rows
        if len(rows) > 1:
            shown, note = _shares(rows, overlapping=what == "sector")
            bars += [
                Bar(name, value, interval, f"By {what}")
                for (name, _, _), (value, interval, _) in zip(rows, shown, strict=True)
            ]
            listed: list[list[Cell]] = [[name, *cells] for (name, _, _), (_, _, cells) in zip(rows, shown, strict=True)]
            headings = [first, "people", "in pieces", "for each 100", "95 % interval"]
            parts.append(table(f"In pieces, by {what}", headings, listed, note))
    if not bars:
        return [paragraph("The records say too little of these people to compare groups of them.", "note")]
    title = "In pieces, by group"
    svg = draw(bars, title, f"people for each 100 seen by {MANY} organisations or more; lines: 95 % intervals")
    return [heading("Whose care is in pieces"), figure(svg, title), *parts]


Group = tuple[str, int, int]
"""A group's name, how many in it are in pieces, and how many it is."""


def _few(group: Group) -> bool:
    return 0 < group[1] < THRESHOLD or 0 < group[2] - group[1] < THRESHOLD


def gathered(groups: Sequence[Group]) -> list[Group]:
    """
    Groups that have an order, such as ages, each that is too small to show taken together with the next.

    >>> gathered([("0 to 17", 0, 90), ("18 to 39", 3, 80), ("40 to 64", 9, 70), ("85 and over", 20, 50)])
    [('0 to 17', 0, 90), ('18 to 64', 12, 150), ('85 and over', 20, 50)]
    """
    found: list[Group] = []
    for group in groups:
        found.append(_together(found.pop(), group) if found and _few(found[-1]) else group)
    while len(found) > 1 and _few(found[-1]):
        last = found.pop()
        found.append(_together(found.pop(), last))
    return found


def _together(one: Group, other: Group) -> Group:
    start, end = one[0].split(" to ")[0], other[0].split(" to ")[-1]
    name = f"{start} and over" if end.endswith("and over") else f"{start} to {end}"
    return name, one[1] + other[1], one[2] + other[2]


def others_together(groups: Sequence[Group]) -> list[Group]:
    """Groups without an order: those too small to show are one, "all others"; two at least, so none can be told."""
    few = [group for group in groups if _few(group)]
    if len(few) == 1 and len(groups) > 1:
        few.append(min((group for group in groups if not _few(group)), key=lambda group: (group[2], group[0])))
    kept = [group for group in groups if group not in few]
    return [*kept, ("all others", sum(each[1] for each in few), sum(each[2] for each in few))] if few else kept


Share = tuple[float | None, tuple[float, float] | None, list[Cell]]


def _shares(groups: Sequence[Group], overlapping: bool) -> tuple[list[Share], str]:
    """Of each group the share, between what it may lie, and the cells of its row; from rounded counts alone."""
    counts = [[pieces, people - pieces] for _, pieces, people in groups]
    rows = [released([each]) for each in counts] if overlapping else [released(counts)]
    found: list[Share] = []
    for (high, low), total in [pair for safe in rows for pair in zip(safe.cells, safe.row_totals, strict=True)]:
        if high is None or low is None or not high + low:
            found.append((None, None, [hidden(total), hidden(high), "[c]", "[c]"]))
            continue
        start, end = (100 * each for each in of_share(high, high + low) or (0.0, 0.0))
        share = round(100 * high / (high + low), 1)
        found.append((share, (start, end), [hidden(total), high, share, f"{start:.1f} to {end:.1f}"]))
    return found, f"{rows[0].sentence() if len(rows) == 1 else FEW} Shares and intervals are of the rounded counts."
