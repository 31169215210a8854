"""
Hospital Frailty Risk Score (HFRS): how frail somebody is likely to be, by the diagnoses of their stays in hospital.

    HFRS = Σ weights of the different three-character ICD-10 groups among the codes, each group once, to 1 decimal

The codes are those of the last admission begun in the window (the index admission) and of the admissions of the 24
months before it. Codes are taken in capitals, without dots and blanks, cut to three characters. Then the band:

    low            under 5
    intermediate   5 to 15, both included
    high           over 15

Unit      none; 0 to 173.2
Better    neither: a means to find people who may need more, not a verdict
Needs     at least one ICD-10 code among those; without any it is not computable, which is not 0 and not low
Source    Gilbert et al. 2018, Lancet 391: 1775-1782; weights in code_lists/hfrs_icd10_weights.csv
Beware    made for people aged 75 and over in hospital, and says little of others: see the age beside it. Depends on how
          thoroughly a hospital codes. Records in SNOMED CT alone have no ICD-10: then it is not computable. ICD-10-CM,
          as used in the US, has no F00. Whoever is never admitted has no score, however frail
Example   F00 (7.1) and W19 (3.2): 10.3, intermediate
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from joinedup.engines.tongue import Engine, statement, with_rows
from joinedup.measures.asking import Window, engine_for
from joinedup.measures.code_list import icd10_group, shipped
from joinedup.records.store import Store

Band = Literal["low", "intermediate", "high", "not computable"]
Of = Literal["admissions", "everything"]
BANDS: tuple[Band, ...] = ("low", "intermediate", "high", "not computable")
MEANT_FOR = 75
"""Made for people of this age and over."""

WEIGHTS = {row["icd10_group"]: float(row["weight"]) for row in shipped("hfrs_icd10_weights")}


@dataclass(frozen=True)
class Hfrs:
    """
    A row for everybody: patient (key), index_at (start of the index admission), admissions (counted), icd10_codes,
    groups (of the 109), score (none; null when not computable), band, age (whole years, at death for the dead).
    """

    table: pa.Table
    of: Of
    window: Window

    def in_band(self, band: Band) -> int:
        """How many people are in a band."""
        return int(pc.sum(pc.equal(self.table["band"], band)).as_py() or 0)

    @property
    def low_if_none_is_low(self) -> int:
        """In the low band where those without any code are taken for low, as some published counts have it."""
        return self.in_band("low") + self.in_band("not computable")

    @property
    def computable(self) -> int:
        return int(self.table.num_rows) - self.in_band("not computable")

    @property
    def meant_for(self) -> int:
        """People with a score who are of the age that it was made for."""
        old = pc.greater_equal(self.table["age"], MEANT_FOR)
        return int(pc.sum(pc.and_(old, pc.is_valid(self.table["score"]))).as_py() or 0)


def hfrs(
    store: Store,
    within_months: int | None = None,
    as_at: date | None = None,
    engine: Engine | None = None,
    of: Of = "admissions",
) -> Hfrs:
    """
    Everybody's score by their last admission begun in the months up to and including `as_at` (the last contact by
    default). `of` everything: by every ICD-10 code recorded in the window, where records do not tell admissions; of
    codes without a day only when the window has no beginning.
    """
    window = Window.on_a_day(store, within_months, as_at)
    sql = with_rows(statement("hfrs"), admissions=admission_kinds(), weights=list(WEIGHTS.items()))
    values = {"of_all": int(of == "everything"), "ever": int(within_months is None), "as_at": window.as_at}
    return Hfrs(engine_for(store, engine).run(sql, **window.values(), **values), of, window)


def admission_kinds() -> list[tuple[str, str, str]]:
    """What counts as an admission: what (class or type), code, and whether it tells unplanned or planned."""
    return [(row["what"], row["code"], row["told"]) for row in shipped("admissions")]


def plainly(codes: Iterable[str]) -> float | None:
    """
    A person's ICD-10 codes to the score; None without any.

    >>> plainly(["F00", "W19"]), plainly(["F00", "F00.1", " f001 "]), plainly([])
    (10.3, 7.1, None)
    """
    groups = {icd10_group(code) for code in codes}
    return round(sum(WEIGHTS.get(group, 0.0) for group in groups), 1) if groups else None


def band(score: float | None) -> Band:
    """
    >>> band(4.9), band(5.0), band(15.0), band(15.1), band(None)
    ('low', 'intermediate', 'intermediate', 'high', 'not computable')
    """
    if score is None:
        return "not computable"
    return "low" if score < 5 else "intermediate" if score <= 15 else "high"
