"""
Whom a rule finds on a day, each with the reason and the numbers, and why nobody else.

Everybody is asked each criterion at once; then only those found are looked at one by one, to say why. Whoever is not
found is counted under the first criterion, in the order of the rule, that does not hold or cannot be told.

Those found come in the order of the first criterion, the furthest beyond its bound first, then of the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from joinedup.engines.tongue import Engine
from joinedup.finding.criteria import Criterion
from joinedup.finding.everybody import Everybody
from joinedup.finding.reasons import reason
from joinedup.finding.rule_file import WrittenRule
from joinedup.records.store import Store

WHO = ("nhs_number", "family_name", "given_names", "born_on", "gender")


@dataclass(frozen=True)
class People:
    """
    Whom a rule found. `table`: a row for each: patient (key), those of WHO, the column of each criterion (null where
    not computable), reason. `left_out`: why others were not, and how many. `rows`: their places in `everybody`.
    """

    rule: WrittenRule
    everybody: Everybody
    rows: NDArray[np.int64]
    table: pa.Table
    left_out: dict[str, int]

    @property
    def as_at(self) -> date:
        return self.everybody.as_at

    @property
    def considered(self) -> int:
        return len(self.everybody)

    @property
    def keys(self) -> list[str]:
        found: list[str] = self.table["patient"].to_pylist()
        return found


def find_by(store: Store, rule: WrittenRule, as_at: date | None = None, engine: Engine | None = None) -> People:
    """
    The people whom a rule describes on a day, that of the last contact by default.

    Raises NotInTheseRecords where there is no day.
    """
    everybody = Everybody(store, as_at, engine)
    left, left_out = ~everybody.died | rule.dead_too, {}
    if died := int((~left).sum()):
        left_out["had died"] = died
    for part in rule.criteria.parts:
        truth = part.truth(everybody)
        for value, said in ((0, "do not meet"), (-1, "could not be told whether they meet")):
            if number := int((left & (truth == value)).sum()):
                left_out[f"{said} “{part.words()}”"] = number
        left &= truth == 1
    rows = _most_first(rule, everybody, np.flatnonzero(left))
    return People(rule, everybody, rows, _table(rule, everybody, rows), left_out)


def _most_first(rule: WrittenRule, everybody: Everybody, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    keys = [rows]
    for criterion in rule.criteria.leaves():
        values = criterion.values(everybody).of[rows]
        falling = criterion.bounds[0][0] in ("at_least", "more_than")
        keys.append(np.nan_to_num(-values if falling else values, nan=np.inf))
    return rows[np.lexsort(list(reversed([*keys[1:], keys[0]])))]


def _table(rule: WrittenRule, everybody: Everybody, rows: NDArray[np.int64]) -> pa.Table:
    keys = everybody.keys.take(pa.array(rows))
    who = everybody.store.query(
        f"SELECT patient, {', '.join(WHO)} FROM patients WHERE patient IN (SELECT unnest(CAST($keys AS VARCHAR[])))"
        " ORDER BY patient",
        keys=keys.to_pylist(),
    )
    order = np.argsort(np.argsort(rows))
    table = who.take(pa.array(order)) if len(rows) else who
    for column, criterion in columns(rule).items():
        values = criterion.values(everybody).of[rows]
        whole = (
            criterion.measure.kind in ("count", "years", "yes or no") and criterion.measure.name != "days in hospital"
        )
        listed = pa.array(values, mask=np.isnan(values))
        table = table.append_column(column, listed.cast(pa.int64()) if whole else listed)
    reasons = [reason(rule.criteria, everybody, int(row)) for row in rows]
    return table.append_column("reason", pa.array(reasons, pa.string()))


def columns(rule: WrittenRule) -> dict[str, Criterion]:
    """The columns that a rule gives, each with the first criterion that asks for it."""
    found: dict[str, Criterion] = {}
    for criterion in rule.criteria.leaves():
        found.setdefault(criterion.column, criterion)
    return found
