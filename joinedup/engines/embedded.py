"""DuckDB, in this process, over the Parquet files of a store."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from joinedup.engines.tongue import values_of, with_dollars
from joinedup.records.store import Store


class Embedded:
    """A store, asked by DuckDB. The store stays the caller's to close."""

    name = "duckdb"

    def __init__(self, store: Store) -> None:
        self.store = store

    def run(self, sql: str, **given: Any) -> pa.Table:
        """The answer of one statement in the common tongue, as Arrow. Raises ValueError for a value left out."""
        asked = values_of(sql)
        if missing := asked - set(given):
            raise ValueError(f"The statement needs values for {', '.join(sorted(missing))}")
        return self.store.query(with_dollars(sql), **{name: given[name] for name in asked})

    def close(self) -> None:
        """Nothing of its own to let go of."""
