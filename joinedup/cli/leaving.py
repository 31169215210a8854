"""`joinedup drill` and `joinedup network`: whom a place could not do without, and who is tied to whom."""

from __future__ import annotations

from typing import get_args

import click
import pyarrow as pa
import pyarrow.compute as pc

from joinedup.cli.answers import Answer, Asked, Score, between, question
from joinedup.measures import departure, networks
from joinedup.measures.organisational_mining import Kind, organisational_mining
from joinedup.measures.ties_over_time import ties_over_time
from joinedup.period import Period, months_of, months_spoken, spoken


@click.command()
@click.option("--practitioners", is_flag=True, help="Ask about practitioners by name; read the caution.")
@click.option("--pairs", is_flag=True, help="Two leaving at once: what is lost beyond the two alone.")
@click.option("--at-least", type=click.IntRange(1), default=1, show_default=True, help="People shared, to be tied.")
@click.option("--without-sector", "without", multiple=True, help="Leave its contacts out; may be given again.")
@question(levels=("team", "organisation", "profession"), by="team", within="12 months")
def drill(asked: Asked, practitioners: bool, pairs: bool, at_least: int, without: tuple[str, ...]) -> Answer:
    """
    The departure drill for everybody at once: what would be left bare if somebody left.

    \b
    only theirs     people whom nobody else has dealt with in the window
    in …            people whom nobody else in the same team, or organisation, has dealt with
    last links      people whose last link between two organisations they are
    pieces, parted  what the network would fall into, and how many pairs would lose each other
    \b
    joinedup drill store --by organisation
    joinedup drill store --practitioners --within "12 months" --pairs
    joinedup drill store --practitioners --without-sector "General practice" --without-sector "Acute hospital"
    """
    by: departure.Leaver = "practitioner" if practitioners else asked.by  # type: ignore[assignment]
    found = departure.drill(asked.store, by, asked.within, asked.as_at, at_least, pairs, without, asked.engine)
    over, parts = between(found.window.period, found.window.as_at), f"{found.parts:,} part{'s' * (found.parts != 1)}"
    said = [f"Departure drill by {by}, {over}: {found.table.num_rows:,} with a contact; the network is in {parts}."]
    if without:
        said.append(f"Contacts with these sectors are left out: {', '.join(without)}.")
    if practitioners:
        said.append(departure.CAUTION)
    if pairs:
        if not found.pairs_worked_out:
            said.append("How pairs part the network is not worked out: see `joinedup engines`.")
        ends = [pc.coalesce(found.pairs[f"{end}_name"], found.pairs[f"{end}_key"]) for end in ("one", "other")]
        table = found.pairs.add_column(0, "both", pc.binary_join_element_wise(*ends, " and "))
        columns = [("both", "both leaving"), ("only_both", "known by just these two")]
        columns.append(("pairs_parted_more", "pairs parted more"))
        return Answer("departure-drill-pairs", said, table, columns, found.window.period)
    name = pc.coalesce(found.table["number_name"], found.table["number_key"])
    table = found.table.add_column(0, by, name)
    shown = {"known": "known", "only_theirs": "only theirs"}
    shown |= {f"only_in_{group}": f"in {group}" for group in departure.WITHIN[by]}
    shown |= {"last_links": "last links", "pieces": "pieces", "pairs_parted": "parted"}
    return Answer("departure-drill", said, table, [(by, by), *shown.items()], found.window.period)


@click.command()
@click.option(
    "--kind",
    type=click.Choice(["shared-patients", *(kind.replace("_", "-") for kind in get_args(Kind))]),
    default="shared-patients",
    show_default=True,
)
@click.option("--at-least", type=click.IntRange(1), default=1, show_default=True, help="People shared, to be tied.")
@click.option("--heaviest", type=click.IntRange(1), help="Only so many ties of each, the heaviest.")
@click.option("--every", metavar="PERIOD", help="Shared patients over time: in periods of so long, as “3 months”.")
@click.option(
    "--periods", type=click.IntRange(1), default=4, show_default=True, help="How many of these, up to the day."
)
@question(within="12 months")
def network(asked: Asked, kind: str, at_least: int, heaviest: int | None, every: str | None, periods: int) -> Answer:
    """
    Who is tied to whom.

    \b
    shared-patients   people whom both have dealt with
    handed-over       a contact with one is followed by one with the other
    worked-together   as PM4Py's working together, over the persons of the log
    subcontracted     passed to the other and back
    alike             do the same kinds of things
    \b
    joinedup network store --by practitioner --at-least 11
    joinedup network store --by team --every "3 months" --periods 8 --at-least 11
    joinedup network store --kind handed-over --format csv --out ties.csv
    """
    if kind != "shared-patients" and (every is not None or at_least > 1 or heaviest is not None):
        raise click.UsageError("--every, --at-least and --heaviest are for shared patients.")
    if every is not None:
        return _over_time(asked, months_of(every), periods, at_least, heaviest)
    weights: list[tuple[str, str]]
    if kind == "shared-patients":
        tied = networks.network(asked.store, asked.by, asked.within, asked.as_at, at_least, heaviest, asked.engine)
        table, window = tied.table, tied.window
        weights = [("shared", "people shared"), ("of_one", "of the one"), ("of_other", "of the other")]
        weights.append(("closeness", "closeness"))
    else:
        wanted: Kind = kind.replace("-", "_")  # type: ignore[assignment]
        mined = organisational_mining(asked.store, wanted, asked.by, asked.within, asked.as_at, engine=asked.engine)
        table, window = mined.table, mined.window
        column = next(name for name in ("times", "people", "correlation") if name in table.column_names)
        weights = [(column, column)]
    said = [f"{kind} by {asked.by}, {between(window.period, window.as_at)}: {table.num_rows:,} ties."]
    if kind == "alike" and not asked.store.query("SELECT count(activity) AS n FROM visits")["n"][0].as_py():
        said.append("These records do not say what was done at a contact, which is what would be alike: event logs do.")
    ends = [pc.coalesce(table[f"{end}_name"], table[f"{end}_key"]) for end in ("one", "other")]
    arrow = " – " if kind in ("shared-patients", "worked-together", "alike") else " → "
    table = table.add_column(0, "between", pc.binary_join_element_wise(*ends, arrow).cast(pa.string()))
    return Answer(f"network-{kind}", said, table, [("between", "between"), *weights], window.period)


def _over_time(asked: Asked, every: int, periods: int, at_least: int, heaviest: int | None) -> Answer:
    found = ties_over_time(asked.store, asked.by, every, periods, asked.as_at, at_least, heaviest, asked.engine)
    spans = found.periods.to_pylist()
    said = [f"Shared patients by {asked.by}, in {len(spans)} periods of {months_spoken(every)}:"]
    for row in spans:
        line = f"from {spoken(row['period'])}: {row['ties']:,} ties among {row['members']:,}"
        if row["new"] is not None:
            share = "" if row["lasting_share"] is None else f" ({row['lasting_share']:.0%} of those before)"
            line += f"; {row['lasting']:,} lasting{share}, {row['new']:,} new, {row['gone']:,} gone"
        said.append(line + ".")
    ends = [pc.coalesce(found.table[f"{end}_name"], found.table[f"{end}_key"]) for end in ("one", "other")]
    table = found.table.add_column(0, "between", pc.binary_join_element_wise(*ends, " – ").cast(pa.string()))
    columns = [("between", "between"), ("period", "from"), ("shared", "people shared"), ("before", "before")]
    columns.append(("fate", "tie"))
    period = Period(spans[0]["period"], spans[-1]["until"])
    scores = [
        Score(f"Lasting, from {row['period']}", row["lasting_share"], "1", row["lasting"] + row["gone"])
        for row in spans[1:]
    ]
    return Answer("network-over-time", said, table, columns, period, scores)
