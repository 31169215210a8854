"""
Many texts to moments at once: ISO 8601 with or without an offset, the common ways of writing the day first, and seconds
or milliseconds since 1970 as ten or thirteen digits.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

DAY_FIRST = (
    "%d/%m/%Y %H:%M:%S.%f",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%d-%b-%Y %H:%M:%S",
    "%d-%b-%Y %H:%M",
    "%d-%b-%Y",
    "%d %b %Y %H:%M:%S",
    "%d %b %Y %H:%M",
    "%d %b %Y",
    "%d %B %Y %H:%M:%S",
    "%d %B %Y %H:%M",
    "%d %B %Y",
    "%Y%m%d",
    "%Y%m%d %H:%M:%S",
    "%Y%m%d%H%M%S",
    "%Y%m%d%H%M",
    "%Y-%m",
)


_SINCE_1970 = (
    "CASE WHEN regexp_full_match(t, '[0-9]{10}') THEN to_timestamp(CAST(t AS BIGINT)) "
    "WHEN regexp_full_match(t, '[0-9]{13}') THEN CAST(epoch_ms(CAST(t AS BIGINT)) AS TIMESTAMPTZ) END"
)


class Moments:
    """Texts to moments, UTC. `form`: the one way of writing them (strptime), where it is known."""

    def __init__(self, form: str | None = None) -> None:
        self._db = duckdb.connect(":memory:")
        self._db.execute("SET TimeZone = 'UTC'")
        listed = "[" + ", ".join(f"'{each}'" for each in DAY_FIRST) + "]"
        written = form.replace("'", "''") if form else None
        self._sql = (
            f"CAST(try_strptime(t, '{written}') AS TIMESTAMPTZ)"
            if written
            else f"coalesce({_SINCE_1970}, try_cast(t AS TIMESTAMPTZ), CAST(try_strptime(t, {listed}) AS TIMESTAMPTZ))"
        )

    def of(self, texts: pa.Array) -> pa.Array:
        """Moments, in the order of the texts; null where a text is no moment. An empty text is null."""
        given = pa.table({"n": pa.array(range(len(texts)), pa.int64()), "t": texts.cast(pa.string())})
        self._db.register("given", given)
        found = self._db.sql(f"SELECT {self._sql} AS at FROM given ORDER BY n").to_arrow_table()
        self._db.unregister("given")
        return found["at"].combine_chunks().cast(pa.timestamp("us", tz="UTC"))
