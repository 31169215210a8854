"""
The part of a report about boundaries: the map, hand-offs and returns between each two, and waits after referral.

Pairs of fewer people than the threshold are neither drawn nor listed; of referrals, what came of them is hidden where
it is few, with whatever else would give it away (joinedup/release).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from joinedup.measures.hand_offs import HandOffs, hand_offs
from joinedup.measures.returns import Returns, returns
from joinedup.measures.waits import Waits
from joinedup.release.tables import ROUNDED_TO, THRESHOLD, hide_small, released
from joinedup.report.markup import CONFIDENTIAL, Cell, Days, figure, heading, hidden, paragraph, section, table
from joinedup.report.pictures import between as picture
from joinedup.report.pictures.between import Arrow
from joinedup.report.pictures.drawing import short
from joinedup.report.place import Place

MOST_NAMES = 40
"""With more, the map shows sectors where they are known, else those with most hand-offs."""
MOST_ROWS = 40
FEW = f"[c]: fewer than {THRESHOLD}, or as many as would tell of them. Counts are rounded to {ROUNDED_TO}."
Row = dict[str, Any]


def boundaries(place: Place, passed: HandOffs, waited: Waits) -> str:
    """The section, from hand-offs at the level of the place and waits."""
    came_back = returns(
        place.store,
        "organisation",
        within_months=place.within_months,
        as_at=place.window.as_at,
        engine=place.engine,
    )
    parts = [*the_map(place, passed, waited), *pairs(passed, came_back, waited), *referrals(waited)]
    return section("boundaries", "How care passes between them", parts)


def the_map(place: Place, passed: HandOffs, waited: Waits) -> list[str]:
    """The picture, and what it leaves out. Its table is that of pairs, below."""
    said, level = [], "organisation"
    rows = listed(passed)
    if len(names_in(rows)) > MOST_NAMES:
        sectors = {each for each in place.sector_of.values() if each}
        if "organisation" == "organisation" and 1 < len(sectors) <= MOST_NAMES:
            said.append(f"There are {len(names_in(rows))} organisations: the map shows their sectors.")
            level = "sector"
            by_sector = hand_offs(place.store, "sector", place.within_months, place.window.as_at, place.engine)
            rows = listed(by_sector)
        else:
            weight: Counter[str] = Counter()
            for row in rows:
                weight[row["from_number_key"]] += row["times"]
                weight[row["to_number_key"]] += row["times"]
            kept = {key for key, _ in sorted(weight.items(), key=lambda each: (-each[1], each[0]))[:MOST_NAMES]}
            said.append(f"Of {len(weight)} {level}s, the map shows the {len(kept)} with most hand-offs.")
            rows = [row for row in rows if {row["from_number_key"], row["to_number_key"]} <= kept]
    names = names_in(rows)
    if len(names) < 2:
        return [paragraph("There is no boundary that enough people crossed to draw a map.")]
    wait = waits_between(waited, "sector boundary" if level == "sector" else "boundary")
    waiting = "median wait from referral to being seen, those still waiting counted"
    if not wait:
        waiting = "median days from the one contact to the next"
        wait = {(row["from_number_key"], row["to_number_key"]): row["median_days"] for row in rows}
    arrows = [
        Arrow(*(ends := (row["from_number_key"], row["to_number_key"])), hide_small(row["times"]) or 0, wait.get(ends))
        for row in rows
    ]
    sector_of = place.sector_of if level == "organisation" else {}
    title = f"Hand-offs between {level}s, {place.name}"
    svg = picture.draw(names, {key: sector_of.get(key, "") for key in names}, arrows, title, waiting)
    if len(arrows) > picture.MOST_ARROWS:
        said.append(f"Of {len(arrows)} arrows, the {picture.MOST_ARROWS} widest are drawn.")
    said.append(
        f"Not drawn: boundaries that fewer than {THRESHOLD} people crossed. A hand-off is a change in who the next "
        "contact is with: nothing shows that anything was handed over."
    )
    return [figure(svg, title), paragraph(" ".join(said), "note")]


def listed(passed: HandOffs) -> list[Row]:
    """Boundaries that enough people crossed, the most hand-offs first. Never just one left out: it could be told."""
    rows = passed.between.to_pylist()
    enough = [row for row in rows if row["people"] >= THRESHOLD]
    if len(rows) - len(enough) == 1 and enough:
        enough.remove(min(enough, key=lambda row: row["times"]))
    return enough


def names_in(rows: Sequence[Row]) -> dict[str, str]:
    """Everybody at either end of a boundary, by key."""
    return {
        row[f"{end}_number_key"]: row[f"{end}_number_name"] or row[f"{end}_number_key"]
        for row in rows
        for end in ("from", "to")
    }


def waits_between(waited: Waits, what: str) -> dict[tuple[str, str], float | None]:
    """Median waits of boundaries with enough people seen."""
    return {
        (row["from_key"], row["to_key"]): row["km_median_days"]
        for row in waited.of(what).to_pylist()
        if row["seen"] >= THRESHOLD
    }


def pairs(passed: HandOffs, came_back: Returns, waited: Waits) -> list[str]:
    """Hand-offs, waits and returns between each two."""
    wait = waits_between(waited, "boundary")
    back: dict[tuple[str, str], Row] = {
        (row["to_number_key"], row["between_number_key"]): row for row in came_back.table.to_pylist()
    }
    rows = listed(passed)
    shown: list[list[Cell]] = []
    for row in rows[:MOST_ROWS]:
        ends = row["from_number_key"], row["to_number_key"]
        other = back.get(ends)
        few = other is not None and other["people"] < THRESHOLD
        shown.append(
            [
                f"{row['from_number_name'] or ends[0]} → {row['to_number_name'] or ends[1]}",
                hide_small(row["times"]),
                hide_small(row["people"]),
                Days(row["median_days"]),
                Days(row["ninetieth_days"]),
                None if (days := wait.get(ends)) is None else Days(days),
                hidden(None if few else hide_small(other["returns"] if other else 0)),
            ]
        )
    headings = [
        "from → to",
        "hand-offs",
        "people",
        "median days to the next contact",
        "within which 90 in 100 had it",
        "median days from referral to being seen",
        f"back within {came_back.days} days",
    ]
    all_of_them = hide_small(passed.times)
    said = [f"{CONFIDENTIAL if all_of_them is None else short(all_of_them)} hand-offs between organisations in all"]
    if (tied := passed.times - passed.times_in_known_order) >= THRESHOLD:
        said.append(f"{hide_small(tied)} of them between contacts at one and the same instant, in the record's order")
    unlisted = passed.between.num_rows - len(shown)
    note = (
        f"{'; '.join(said)}. {unlisted} of {passed.between.num_rows} boundaries are not listed: those with fewer than "
        f"{THRESHOLD} people, and all beyond the first {MOST_ROWS}. Days from referral count those still waiting. "
        f"Counts are rounded to {ROUNDED_TO}; [c]: fewer than {THRESHOLD} people."
    )
    return [table("Hand-offs between organisations", headings, shown, note)]


def referrals(waited: Waits) -> list[str]:
    """What came of referrals, at each boundary of sectors and for each fifth of deprivation."""
    if not waited.table.num_rows:
        return [heading("Waits"), paragraph("The records hold no referrals in these months.")]
    parts = [heading("Waits after referral")]
    for what, caption, first in (
        ("sector boundary", "Referrals between sectors, as they stood", "from → to"),
        ("boundary", "Referrals between organisations, as they stood", "from → to"),
        ("deprivation fifth", "Referrals by deprivation fifth, as they stood", "fifth (1 the most deprived)"),
    ):
        rows = waited.of(what).to_pylist()
        if rows and (what != "boundary" or not waited.of("sector boundary").num_rows):
            parts.append(outcomes(rows, caption, first))
    parts.append(
        paragraph(
            "The median of those seen leaves out those still waiting, which makes slow services look quick; the other "
            "median counts them for as long as they have waited.",
            "note",
        )
    )
    return parts


OUTCOMES = ("seen", "waiting", "refused", "ended_unseen")


def outcomes(rows: list[Row], caption: str, first: str) -> str:
    """Referrals of each group by what came of them, and how long it took."""
    rows = sorted(rows, key=lambda row: row["to_key"]) if rows[0]["from_key"] is None else rows
    rows = [row for row in rows if row["asked"] >= THRESHOLD][:MOST_ROWS]
    if not rows:
        return paragraph(f"{caption}: too few to show.", "note")
    shown: list[list[Cell]] = []
    for row in rows:
        safe = released([[row[outcome] for outcome in OUTCOMES]])
        ends = [each for each in (row["from_name"], row["to_name"]) if each]
        days = [row["median_days"], row["km_median_days"]] if row["seen"] >= THRESHOLD else ["[c]", "[c]"]
        rounded = [Days(each) if isinstance(each, float) else each for each in days]
        shown.append([" → ".join(ends), *map(hidden, (safe.row_totals[0], *safe.cells[0])), *rounded])
    headings = [
        first,
        "asked",
        "seen",
        "still waiting",
        "refused",
        "ended unseen",
        "median days of those seen",
        "median days, waiting counted",
    ]
    return table(caption, headings, shown, FEW)
