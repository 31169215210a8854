"""
Multimorbidity: how many different long-term conditions somebody has at a day.

    count = number of different conditions of the list with a code of the person's, begun by the day and not over by it

The list is code_lists/long_term_conditions.csv (44 conditions), or one of your own.

Unit      conditions; 0 to 44 with the list that is shipped
Better    lower; but see Beware
Needs     conditions with SNOMED CT or ICD-10 codes; where somebody's have neither, it is missing, not 0
Source    after Barnett et al. 2012, Lancet 380: 37-43, who call two or more multimorbidity; the codes are ours
Beware    counts every condition alike: two that are mild weigh more than one that is grave. The list knows only the
          SNOMED CT codes in it. A condition that no record says is over counts for ever; none recorded is not none had
Example   type 2 diabetes, its retinopathy, and atrial fibrillation: 2, for both of the first are diabetes
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from joinedup.engines.tongue import Engine, statement, with_rows
from joinedup.measures.asking import Window, engine_for
from joinedup.measures.code_list import codes as listed_codes
from joinedup.measures.code_list import plain
from joinedup.records.store import Store

LIST = "long_term_conditions"


@dataclass(frozen=True)
class Multimorbidity:
    """
    A row for everybody: patient (key), conditions (number, null where it cannot be told). `listed`: how many conditions
    the list has.
    """

    table: pa.Table
    as_at: date
    listed: int

    @property
    def not_told(self) -> int:
        """People of whom it cannot be told, for want of codes."""
        return int(self.table["conditions"].null_count)

    def at_least(self, conditions: int) -> int:
        """People with so many or more."""
        return int(pc.sum(pc.greater_equal(self.table["conditions"], conditions)).as_py() or 0)


def multimorbidity(
    store: Store, as_at: date | None = None, engine: Engine | None = None, codes: Path | None = None
) -> Multimorbidity:
    """
    Everybody's number of long-term conditions on a day, that of the last contact by default. `codes`: a list of your
    own (code_list.py) in place of the shipped one. Raises BadCodeList.
    """
    window = Window.on_a_day(store, None, as_at)
    listed = listed_codes(LIST, codes, ("condition",))
    sql = with_rows(statement("multimorbidity"), codes=listed)
    table = engine_for(store, engine).run(sql, until=window.values()["until"])
    return Multimorbidity(table, window.as_at, len({condition for *_, condition in listed}))


def plainly(had: Iterable[tuple[str, str]], listed: Iterable[tuple[str, str, str]]) -> int:
    """
    (system, code) of each condition somebody has, and the list's (system, code, condition), to the number of different
    conditions.

    >>> listed = [("icd10", "E11", "diabetes"), ("snomed", "44054006", "diabetes")]
    >>> plainly([("icd10", "E11.3"), ("snomed", "44054006")], listed)
    1
    """
    return len(
        {
            condition
            for system, code in had
            for listed_system, listed_code, condition in listed
            if system == listed_system
            and (plain(code) == listed_code or (system == "icd10" and plain(code).startswith(listed_code)))
        }
    )
