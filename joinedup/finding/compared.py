"""
The people found beside everybody who could have been: by age band, sex, deprivation fifth and ethnicity.

Of each group: how many were found and how many there are, the share found with its interval, and how that compares
with everybody's share. Everybody are those alive on the day, or all in the store where the rule finds the dead too.

Made to be shown: small numbers are hidden, and those from which they could be worked out (release/), and whatever is
shown is rounded; shares and ratios are worked out of the rounded counts, so that they tell nothing that these do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from joinedup.finding.people import People
from joinedup.measures.groups import GROUPS, groups
from joinedup.period import spoken
from joinedup.release.intervals import of_share
from joinedup.release.of_groups import of_groups
from joinedup.release.ratios import ratio_to_everybody
from joinedup.release.tables import ROUNDED_TO, THRESHOLD

NOT_RECORDED = "not recorded"

SCHEMA = pa.schema(
    [
        ("what", pa.string()),
        ("of_which", pa.string()),
        ("found", pa.int64()),
        ("everybody", pa.int64()),
        ("share", pa.float64()),
        ("share_low", pa.float64()),
        ("share_high", pa.float64()),
        ("ratio", pa.float64()),
        ("ratio_low", pa.float64()),
        ("ratio_high", pa.float64()),
    ]
)


@dataclass(frozen=True)
class Compared:
    """
    `table`: a row for everybody and for each group: what ('everybody' or one of GROUPS), of_which, found, everybody
    (people, rounded; null where hidden), share (found for each one there is) with its interval, ratio (to everybody's
    share) with its own. `said`: what must be read with it.
    """

    table: pa.Table
    said: tuple[str, ...]


def compared(people: People, threshold: int = THRESHOLD, rounded_to: int = ROUNDED_TO) -> Compared:
    """Whom a rule found, beside everybody."""
    everybody = people.everybody
    table = groups(everybody.store, people.as_at, everybody.engine)
    could = ~everybody.died | people.rule.dead_too
    found = np.zeros(len(everybody), np.bool_)
    found[people.rows] = True
    counted = [(what, *_counts(table[what.replace(" ", "_")].to_pylist(), found, could)) for what in GROUPS]
    shown = [(what, names, of_groups(of, there, threshold, rounded_to)) for what, names, of, there in counted]
    # One total stands in all four: hidden in one, it is hidden in all.
    all_found = None if any(safe.all_so is None for *_, safe in shown) else shown[0][2].all_so
    total = None if any(safe.all_there is None for *_, safe in shown) else shown[0][2].all_there
    rows = [_row("everybody", "everybody", all_found, total, all_found, total)]
    for what, names, safe in shown:
        rows += [_row(what, name, safe.so[at], safe.there[at], all_found, total) for at, name in enumerate(names)]
    hidden = sum(safe.hidden for *_, safe in shown)
    among = "in the store" if people.rule.dead_too else "alive"
    said = (
        people.rule.sentence(),
        f"The people found beside everybody {among} on {spoken(people.as_at)}.",
        "Ratio: how often they are found for each time that everybody is; 1 is as often.",
        f"Counts of 1 to {threshold - 1} are hidden, and those from which they could be worked out: {hidden} in all.",
        f"Counts are rounded to {rounded_to}; shares, ratios and their 95 % intervals are of the rounded counts.",
    )
    return Compared(pa.Table.from_pylist(rows, SCHEMA), said)


def _counts(
    group: Sequence[str | None],
    found: np.ndarray[tuple[int], np.dtype[np.bool_]],
    could: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> tuple[list[str], list[int], list[int]]:
    """The names of the groups, and how many of each were found, and there are."""
    named = np.array([each or NOT_RECORDED for each in group], dtype=object)
    names = sorted(set(named[could]), key=lambda name: (name == NOT_RECORDED, name))
    of = [int((found & (named == name)).sum()) for name in names]
    there = [int((could & (named == name)).sum()) for name in names]
    return names, of, there


def _row(
    what: str, of_which: str, found: int | None, there: int | None, all_found: int | None, everybody: int | None
) -> dict[str, object]:
    row: dict[str, object] = {"what": what, "of_which": of_which, "found": found, "everybody": there}
    if found is None or not there or found > there:
        return row
    interval = of_share(found, there)
    assert interval is not None
    row |= {"share": found / there, "share_low": interval[0], "share_high": interval[1]}
    if all_found and everybody and what != "everybody":
        ratio = ratio_to_everybody(found, there, all_found, everybody)
        if ratio is not None:
            row |= {"ratio": ratio.value, "ratio_low": ratio.low, "ratio_high": ratio.high}
    return row
