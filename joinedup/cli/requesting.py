"""`joinedup measure referrals`: what became of what one organisation asked of another."""

from __future__ import annotations

import click
import pyarrow as pa

from joinedup.cli.answers import Answer, Asked, Score, between, question
from joinedup.measures import referrals as requesting


@click.command()
@click.option(
    "--of",
    "what",
    type=click.Choice(requesting.GROUPS),
    default="boundary",
    show_default=True,
    help="A row for each what.",
)
@question(levels=(), within="24 months")
def referrals(asked: Asked, what: str) -> Answer:
    """
    Referrals asked, accepted, refused and completed, and those still open, between organisations.

    Each is counted once: completed, refused, ended before anybody saw the person, or open (seen, accepted or
    unanswered). How long people waited, with those still waiting counted, is `joinedup measure waits`.

    \b
    joinedup measure referrals store
    joinedup measure referrals store --of "organisation asked" --within "12 months"
    joinedup measure referrals store --of "month asked" --format csv --out months.csv
    """
    found = requesting.referrals(asked.store, asked.within, asked.as_at, asked.engine)
    everybody = found.of("everybody").to_pylist()
    said = [f"Referrals made {between(found.window.period, found.window.as_at)}, as things stood then."]
    scores = []
    if everybody:
        row = everybody[0]
        unfinished = row["open_seen"] + row["open_accepted"] + row["open_unanswered"]
        said += [
            f"{row['asked']:,} asked: {row['completed']:,} completed, {row['refused']:,} refused,",
            f"{row['ended']:,} ended before anybody saw the person, {unfinished:,} still open:",
            f"{row['open_seen']:,} seen, {row['open_accepted']:,} accepted, {row['open_unanswered']:,} unanswered.",
        ]
        each = ("accepted", "seen", "completed", "refused", "ended", "open_seen", "open_accepted", "open_unanswered")
        scores = [
            Score(name.replace("open_", "open, ").capitalize(), row[name] / row["asked"], "1", row["asked"])
            for name in each
        ]
    else:
        said.append("There is no referral in these records that says when it was made.")
    table = found.of(what)
    ends = [
        " → ".join(each for each in (row["from_name"], row["to_name"]) if each) or "everybody"
        for row in table.to_pylist()
    ]
    columns = [
        ("between", what),
        ("asked", "asked"),
        ("accepted", "accepted"),
        ("seen", "seen"),
        ("completed", "completed"),
        ("refused", "refused"),
        ("ended", "ended"),
        ("open_seen", "open: seen"),
        ("open_accepted", "accepted"),
        ("open_unanswered", "unanswered"),
        ("refused_median_days", "days to refusal"),
        ("seen_median_days", "to be seen"),
        ("completed_median_days", "to the end"),
    ]
    table = table.add_column(0, "between", pa.array(ends, pa.string()))
    if what.startswith("month"):
        table = table.sort_by("between")
    return Answer("referrals", said, table, columns, found.window.period, scores)
