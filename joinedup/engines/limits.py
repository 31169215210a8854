"""What an engine cannot do, each with its reason: the one place that says so. `joinedup engines` prints it."""

from __future__ import annotations

from dataclasses import dataclass

ENGINES = ("duckdb", "spark")


@dataclass(frozen=True)
class Limit:
    """Something that one engine does not do."""

    engine: str
    what: str
    why: str


LIMITS = (
    Limit(
        "spark",
        "load",
        "records are read and merged by DuckDB on one machine, which writes Parquet that Spark then reads",
    ),
    Limit(
        "spark",
        "the walking of compiled kernels: the departure drill, organisational mining and care density",
        "no relation says what a network falls into. Spark brings down who met whom, once each, or, where their order "
        "matters, the contacts of the window as numbers; the same kernels as always walk through them on the machine "
        "that asks, in whose memory they must fit: 4 bytes a row and column",
    ),
    Limit(
        "spark",
        "continuity by one pass over sorted visits",
        "rows on a cluster lie in no order, so the SQL file does it with windows; the answers are the same",
    ),
    Limit(
        "duckdb",
        "the pairs parted by every two leaving, where ties are so close that it takes over 20,000,000,000 steps",
        "whom no single departure parts, every two have to be tried in: members times their ties, in each part of the "
        "network that holds without any one. Asking that ties be of more people makes it small again",
    ),
)
