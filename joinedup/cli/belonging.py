"""`joinedup measure memberships`: which organisations belong together on a day."""

from __future__ import annotations

from datetime import timedelta

import click

from joinedup.cli.answers import Answer, Asked, Score, question
from joinedup.measures import memberships as belonging
from joinedup.period import Period, spoken


@click.command()
@question(levels=(), within=None)
def memberships(asked: Asked) -> Answer:
    """
    Which organisations have how many members on a day: the practices of each primary care network.

    The day is that of --as-at, else the last on which a membership began. Both ends of a membership are days of it, so
    that on a day of change a practice can be in two: the last column says how many are.

    \b
    joinedup load epcncorepartnerdetails.csv --into store
    joinedup measure memberships store --as-at 2024-01-01
    """
    found = belonging.memberships(asked.store, asked.as_at, asked.engine)
    said = [f"On {spoken(found.as_at)}: {found.members:,} memberships of {found.table.num_rows:,} organisations."]
    columns = [("name", "organisation"), ("type", "membership"), ("members", "members"), ("in_several", "in several")]
    scores = [Score("Memberships", found.members), Score("Organisations with members", found.table.num_rows)]
    day = Period(found.as_at, found.as_at + timedelta(days=1))
    return Answer("memberships", said, found.table, columns, day, scores)
