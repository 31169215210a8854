"""`joinedup measure leading`, `who-leads`, `reach`, `leading-and-following` and `follow-through`: of teams' acts."""

from __future__ import annotations

import click

from joinedup.cli.answers import Answer, Asked, Score, between, question
from joinedup.measures import follow_through as following_through
from joinedup.measures import leading_and_following as following
from joinedup.measures import leading_shared as sharing
from joinedup.measures import reach as reaching
from joinedup.measures import who_leads as counting
from joinedup.measures.leading import UNITS, Unit
from joinedup.release.tables import ROUNDED_TO, THRESHOLD

HIDDEN = (
    f"Of whole quarters; counts of 1 to {THRESHOLD - 1}, and those they could be worked out from, are not shown; the "
    f"rest are rounded to {ROUNDED_TO}. Of teams, and never of persons."
)


@click.command("leading")
@click.option("--among", type=click.Choice(UNITS), default="organisation", show_default=True, help="Shared among whom.")
@question(levels=(), within="12 months")
def leading(asked: Asked, among: Unit) -> Answer:
    """
    How widely leading is shared, beside what chance alone would give.

    \b
    effective   as good as shared by so many equal ones (Hill number of order 1; effective 2: of order 2)
    by chance   the same of as many times, each falling to any member alike; low to high: 95 of 100 draws
    as narrow   share of draws at or below what was found: small is narrower than chance
    \b
    manyhands export-acts --out acts.ndjson
    joinedup load acts.ndjson --into acts
    joinedup measure leading acts --among profession
    """
    found = sharing.leading_shared(asked.store, among, asked.within, asked.as_at, asked.engine)
    teams = "1 team" if found.teams == 1 else f"{found.teams} teams"
    said = [f"Leading in {teams}, shared among {among}s, {between(found.period, found.as_at)}. {HIDDEN}"]
    table = found.released()
    columns = [
        ("way", "way"),
        ("times", "times"),
        ("among", "among"),
        ("effective", "effective"),
        ("by_chance", "by chance"),
        ("low", "low"),
        ("high", "high"),
        ("effective_2", "effective 2"),
    ]
    whole = next((row for row in table.to_pylist() if row["way"] == sharing.ANY_WAY), None)
    scores = [Score("Effective number, in any way", whole["effective"], "1", whole["times"])] if whole else []
    return Answer("leading", said, table, columns, found.period, scores)


@click.command("who-leads")
@question(levels=(), within="12 months")
def who_leads(asked: Asked) -> Answer:
    """
    How many people of each sector, organisation and profession lead, in each way: how many, and never how much.

    \b
    joinedup measure who-leads acts --within "24 months" --rows 60
    """
    found = counting.who_leads(asked.store, asked.within, asked.as_at, asked.engine)
    said = [f"Who leads, {between(found.period, found.as_at)}. {HIDDEN}"]
    columns = [("unit", "who"), ("by", "by"), ("way", "way"), ("people", "people")]
    return Answer("who-leads", said, found.released(), columns, found.period)


@click.command("reach")
@question(levels=(), within="12 months")
def reach(asked: Asked) -> Answer:
    """
    How much of what is proposed and taken on goes beyond one's own organisation, with 95 % intervals.

    \b
    joinedup measure reach acts
    """
    found = reaching.reach(asked.store, asked.within, asked.as_at, asked.engine)
    said = [f"Reach across organisations, {between(found.period, found.as_at)}. {HIDDEN}"]
    columns = [("sector", "of"), ("what", "what"), ("across", "across"), ("of", "of all"), *INTERVAL]
    table = found.released()
    scores = [
        Score(f"Of {row['what']}, across", row["share"], "1", row["of"])
        for row in table.to_pylist()
        if row["sector"] == reaching.ALL
    ]
    return Answer("reach", said, table, columns, found.period, scores)


INTERVAL = [("share", "share"), ("low", "low"), ("high", "high")]


@click.command("leading-and-following")
@question(levels=(), within="12 months")
def leading_and_following(asked: Asked) -> Answer:
    """
    How many of those who lead in one thing follow in another, by sector, with 95 % intervals.

    \b
    joinedup measure leading-and-following acts
    """
    found = following.leading_and_following(asked.store, asked.within, asked.as_at, asked.engine)
    said = [f"Leading and following, {between(found.period, found.as_at)}. {HIDDEN}"]
    columns = [("sector", "sector"), ("both", "do both"), ("of", "do either"), *INTERVAL]
    table = found.released()
    scores = [Score("Do both", row["share"], "1", row["of"]) for row in table.to_pylist()[:1]]
    return Answer("leading-and-following", said, table, columns, found.period, scores)


@click.command("follow-through")
@question(levels=(), within="12 months")
def follow_through(asked: Asked) -> Answer:
    """
    How much of what is decided and asked for is carried out: by professions that answered, and by deprivation.

    \b
    joinedup measure follow-through acts --within "24 months"
    """
    found = following_through.follow_through(asked.store, asked.within, asked.as_at, asked.engine)
    said = [f"Follow-through, asked for {between(found.period, found.as_at)}. {HIDDEN}"]
    columns = [("group", "of"), ("by", "by"), ("carried_out", "carried out"), ("of", "of all"), *INTERVAL]
    table = found.released()
    scores = [
        Score(f"Of {row['by']}, carried out", row["share"], "1", row["of"])
        for row in table.to_pylist()
        if row["group"] == reaching.ALL
    ]
    return Answer("follow-through", said, table, columns, found.period, scores)


OF_TEAMS = (leading, who_leads, reach, leading_and_following, follow_through)
