"""`joinedup measure turned-to`: who turns to whom, as people said when they were asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click
import pyarrow as pa

from joinedup.cli.answers import Answer, Asked, Score, question
from joinedup.measures import turned_to as turning
from joinedup.period import Period

NETWORKS = (
    ("network", "network"),
    ("members", "members"),
    ("ties", "ties"),
    ("density", "density"),
    ("returned", "returned"),
    ("crossing", "cross places"),
    ("along_lines", "along lines"),
    ("effective_sought", "sought"),
    ("most_sought", "most"),
)
PLACES = (
    ("between", "between"),
    ("ties", "ties"),
    ("who_named", "named by"),
    ("were_named", "named"),
)


@click.command("turned-to")
@click.option("--between-places", is_flag=True, help="How often those of one place named those of another.")
@question(levels=(), within=None)
def turned_to(asked: Asked, between_places: bool) -> Answer:
    """
    Who turns to whom, as people said when asked: how dense, how mutual, how far across places, on how few it rests.

    Ties are read from CSV with the columns from and to (and relation), members from a file called …_nodes with the
    column id, a place (office, department, town) and a standing. Nobody is named: it is said of networks and places.

    \b
    joinedup load law_advice_edges.csv law_nodes.csv --into store
    joinedup measure turned-to store
    joinedup measure turned-to store --between-places
    """
    found = turning.turned_to(asked.store, asked.engine)
    today = asked.as_at or datetime.now(UTC).date()
    day = Period(today, today + timedelta(days=1))  # the lists do not say when people were asked
    if between_places:
        said = ["Ties between those whose place is known; nobody names themselves."]
        return Answer("turned-to", said, _between(found.places), PLACES, day)
    said = [
        "“Sought” is as if so many were turned to alike, “most” how often the one named most often was.",
        "Who is named is whom people turn to, and not who is good.",
    ]
    scores = [
        Score(f"{what}, {row['network']}", row[name], of=row["ties"])
        for row in found.table.to_pylist()
        for name, what in (("density", "Density"), ("returned", "Ties returned"), ("effective_sought", "Sought"))
    ]
    return Answer("turned-to", said, found.table, NETWORKS, day, scores)


def _between(places: pa.Table) -> pa.Table:
    """With one column that says which places of which network, for the screen."""
    said = [f"{row['network']}: {row['from_place']} to {row['to_place']}" for row in places.to_pylist()]
    return places.add_column(0, "between", pa.array(said, pa.string()))
