"""`joinedup measure`: numbers about care, one subcommand for each measure or family of them."""

from __future__ import annotations

import click
import pyarrow as pa
import pyarrow.compute as pc

from joinedup.cli.answers import Answer, Asked, Score, between, question
from joinedup.measures import care_density as densities
from joinedup.measures import continuity as measuring
from joinedup.measures import hand_offs as handing
from joinedup.measures import returns as returning
from joinedup.measures import waits as waiting


@click.group()
def measure() -> None:
    """
    Measure the care of everybody in a store.

    \b
    joinedup measure continuity store --within "24 months" --minimum 4
    joinedup measure hand-offs store --by sector
    joinedup measure waits store --format csv --out waits.csv
    joinedup measure continuity store --format measure-report
    """


@measure.command()
@click.option("--minimum", type=click.IntRange(1), default=2, show_default=True, help="Fewest contacts to be measured.")
@question()
def continuity(asked: Asked, minimum: int) -> Answer:
    """
    Continuity of care of each person, at any level.

    \b
    COC    (Σn² − N) / (N(N − 1))    1 always the same, 0 never the same twice (Bice and Boxerman 1977)
    UPC    max n / N                 share of contacts with the one seen most
    SECON  stays / (N − 1)           how often the next contact is with the same one
    MMCI   few for many contacts     (Magill and Senf 1987)
    \b
    With fewer than 2 contacts these are missing, not 0; studies use at least 3 or 4 (--minimum).
    \b
    joinedup measure continuity store --within "24 months" --minimum 4
    joinedup measure continuity store --by practitioner --format parquet --out continuity.parquet
    """
    found = measuring.measure(asked.store, asked.by, asked.within, asked.as_at, minimum, asked.engine)
    people = found.table.num_rows
    scores = [Score(name.upper(), found.mean(name), "1", people) for name in measuring.MEASURES]
    if found.pairs:
        scores.append(
            Score("Hand-offs in pairs of a contact and the next", found.hand_offs / found.pairs, "1", found.pairs)
        )
    columns = [("patient", "person"), ("contacts", "contacts"), ("providers", f"{asked.by}s")]
    columns += [(name, name.upper()) for name in measuring.MEASURES]
    columns.append(("hand_offs", "hand-offs"))
    return Answer("continuity", summary(found), found.table, columns, found.period, scores)


def summary(found: measuring.Measured) -> list[str]:
    """What was measured over whom, the means and medians, and who was left out."""
    people = found.table.num_rows
    counted = f"{people:,} people with at least {found.minimum} contacts; {found.left_out:,} with fewer left out."
    lines = [f"Continuity by {found.by}, {between(found.period, found.as_at)}: {counted}"]
    if not people:
        return lines
    each = [(name.upper(), found.mean(name), found.median(name)) for name in measuring.MEASURES]
    said = "; ".join(f"{name} {mean:.4f} ({half:.4f})" for name, mean, half in each if mean is not None)
    lines.append(f"Mean (median): {said}.")
    if found.pairs:
        share = found.hand_offs / found.pairs
        lines.append(f"{found.hand_offs:,} hand-offs in {found.pairs:,} pairs of a contact and the next ({share:.1%}).")
    return lines


@measure.command("hand-offs")
@click.option("--staying", is_flag=True, help="Show staying with the same one as well.")
@question()
def hand_offs(asked: Asked, staying: bool) -> Answer:
    """
    How often care passes from each to each, and the days between.

    Two contacts at the same instant have no known order; the hand-offs that rest on one are counted apart (tied).
    """
    found = handing.hand_offs(asked.store, asked.by, asked.within, asked.as_at, asked.engine)
    rate = f" ({found.rate:.1%})" if found.rate is not None else ""
    over = between(found.window.period, found.window.as_at)
    in_order = f"{found.times_in_known_order:,} without ties in time"
    said = [
        f"Hand-offs by {asked.by}, {over}: {found.times:,} in {found.pairs:,} pairs of a contact and the next{rate};",
        f"{in_order}. A change of who is seen: nothing shows that anything was handed over.",
    ]
    table = _with_ends(found.table if staying else found.between)
    columns = [
        ("between", "from → to"),
        ("times", "times"),
        ("people", "people"),
        ("tied", "tied"),
        ("median_days", "median days"),
        ("ninetieth_days", "90th"),
    ]
    scores = [Score("Hand-offs", float(found.times), "1", found.pairs), Score("Rate", found.rate, "1", found.pairs)]
    return Answer("hand-offs", said, table, columns, found.window.period, scores)


@measure.command()
@click.option("--days", type=click.IntRange(0), default=returning.WITHIN_DAYS, show_default=True, help="At most.")
@question()
def returns(asked: Asked, days: int) -> Answer:
    """
    Care that left somebody for another and came back to the same one within so many days: to and fro.

    Contacts that follow one another with the same one are one stay; three stays with A, B and A again are a return,
    when no more than so many days lie between the two of A.

    \b
    joinedup measure returns store --days 14 --within "12 months"
    joinedup measure returns store --by sector
    """
    found = returning.returns(asked.store, asked.by, days, asked.within, asked.as_at, asked.engine)
    over = between(found.window.period, found.window.as_at)
    said = [f"Returns by {asked.by} within {days} days, {over}: {found.returns:,}."]
    table = _with_ends(found.table, "to_number", "between_number", " ⇄ ")
    columns = [
        ("between", "back to ⇄ from"),
        ("returns", "returns"),
        ("people", "people"),
        ("median_days", "median days"),
    ]
    return Answer("returns", said, table, columns, found.window.period, [Score("Returns", float(found.returns))])


@measure.command()
@click.option(
    "--of", "what", type=click.Choice(waiting.GROUPS), default="boundary", show_default=True, help="Which referrals."
)
@question(levels=(), within="24 months")
def waits(asked: Asked, what: str) -> Answer:
    """
    How long people waited to be seen after a referral, and what came of it.

    Those still waiting are told apart from those seen: median and 90th are of those seen; KM (Kaplan and Meier) counts
    the others for as long as they have waited, and is missing where too few were seen to tell.
    """
    found = waiting.waits(asked.store, asked.within, asked.as_at, asked.engine)
    everybody = found.of("everybody").to_pylist()
    said = [f"Waits of referrals made {between(found.window.period, found.window.as_at)}, as things stood then."]
    if everybody:
        row = everybody[0]
        said.append(
            f"{row['asked']:,} asked: {row['seen']:,} seen, {row['refused']:,} refused, {row['ended_unseen']:,} ended "
            f"unseen, {row['waiting']:,} still waiting."
        )
    else:
        said.append("There is no referral in these records that says when it was made.")
    table = found.of(what)
    ends = [
        " → ".join(each for each in (row["from_name"], row["to_name"]) if each) or "everybody"
        for row in table.to_pylist()
    ]
    table = table.add_column(0, "between", pa.array(ends, pa.string()))
    columns = [
        ("between", what),
        ("asked", "asked"),
        ("accepted", "accepted"),
        ("refused", "refused"),
        ("seen", "seen"),
        ("waiting", "waiting"),
        ("median_days", "median"),
        ("ninetieth_days", "90th"),
        ("km_median_days", "KM median"),
        ("km_ninetieth_days", "KM 90th"),
    ]
    return Answer("waits", said, table, columns, found.window.period)


@measure.command("care-density")
@question(by="practitioner", within="12 months")
def care_density(asked: Asked) -> Answer:
    """
    How well those who care for each person know each other: the people they share (Pollack 2013).

    For each two who have dealt with a person, how many people both have dealt with: the mean over all such pairs. With
    fewer than two it is missing, and not 0. It grows with the place: compare people of one place and window.

    \b
    joinedup measure care-density store
    joinedup measure care-density store --by organisation --within "24 months"
    """
    found = densities.care_density(asked.store, asked.by, asked.within, asked.as_at, engine=asked.engine)
    mean = "" if found.mean is None else f" Mean {found.mean:.4f}."
    measured = found.table.num_rows - found.left_out
    over = between(found.window.period, found.window.as_at)
    seen = f"{measured:,} people seen by two or more; {found.left_out:,} by one left out"
    said = [f"Care density by {asked.by}, {over}: {seen}.{mean}"]
    columns = [("patient", "person"), ("providers", f"{asked.by}s"), ("density", "care density")]
    return Answer(
        "care-density", said, found.table, columns, found.window.period, [Score("Mean", found.mean, "1", measured)]
    )


def _with_ends(table: pa.Table, one: str = "from_number", other: str = "to_number", arrow: str = " → ") -> pa.Table:
    """The same with a first column `between`: the names (else keys) of both ends."""
    ends = [pc.coalesce(table[f"{end}_name"], table[f"{end}_key"]) for end in (one, other)]
    return table.add_column(0, "between", pc.binary_join_element_wise(*ends, arrow))
