"""`joinedup measure before-and-after`: what differs since a decision, and what chance alone would do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from statistics import quantiles
from typing import Any, cast

import click
import pyarrow as pa

from joinedup.cli.answers import Answer, Asked, Score, question
from joinedup.cli.groups import People, those_in
from joinedup.cli.writing import Day
from joinedup.engines.distributed import Distributed
from joinedup.measures import before_and_after as changing
from joinedup.measures import charted, of_each
from joinedup.measures.before_and_after import BLOCK, Change, Middle
from joinedup.period import Period, months_before, spoken

EITHER = tuple(dict.fromkeys((*charted.NAMES, *of_each.NAMES)))


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(
        [
            click.argument("what", metavar="MEASURE", type=click.Choice(EITHER)),
            click.option("--on", type=Day(), required=True, help="The day of the decision."),
            click.option(
                "--per",
                type=click.Choice(["month", "person"]),
                default="month",
                show_default=True,
                help="A series of months, or each person before and after.",
            ),
            click.option("--of", "name", help="Of which one at the level, by its name or key."),
            click.option("--people", type=People(), help="Of the people in a file: keys, CSV or FHIR Group."),
            click.option(
                "--months",
                type=click.IntRange(1),
                default=12,
                show_default=True,
                help="Per person: months on either side.",
            ),
            click.option("--middle", type=click.Choice(["mean", "median"]), default="mean", show_default=True),
            click.option(
                "--chance",
                type=click.Choice(["shifts", "blocks"]),
                default="shifts",
                show_default=True,
                help="Per month: move the series round, or deal blocks of months out again.",
            ),
            click.option(
                "--block", type=click.IntRange(1), default=BLOCK, show_default=True, help="Months in a block."
            ),
        ]
    ):
        command = option(command)
    return command


@click.command("before-and-after")
@question(within="36 months")
@_options
def before_and_after(
    asked: Asked,
    what: str,
    on: date,
    per: str,
    name: str | None,
    people: list[str] | None,
    months: int,
    middle: Middle,
    chance: str,
    block: int,
) -> Answer:
    """
    A measure before and after a decision, with what chance alone would do.

    Whom a decision is about because they were at their worst get better by themselves: compare with the rows of others.

    \b
    joinedup measure before-and-after store hand-offs --on 2025-06-01
    joinedup measure before-and-after store coc --on 2025-06-01 --by team --of "Larkfield neighbourhood team"
    joinedup measure before-and-after store contacts --on 2025-06-01 --per person --people found.csv --months 6
    """
    if what not in (charted.NAMES if per == "month" else of_each.NAMES):
        known = ", ".join(charted.NAMES if per == "month" else of_each.NAMES)
        raise click.UsageError(f"“{what}” is not measured per {per}. Measured per {per} are: {known}.")
    said: list[str] = []
    if people is not None:
        people, said = those_in(asked.store, people)
    if per == "month":
        ways = cast(Any, chance)
        rows, more, period = _months(asked, cast(charted.Name, what), on, name, people, middle, ways, block)
    else:
        if name is not None:
            raise click.UsageError("--of is for months. Per person, give the people with --people FILE.")
        rows, more, period = _each(asked, cast(of_each.Name, what), on, people, months, middle)
    columns = [
        ("of", "of"),
        ("before", f"{middle} before"),
        ("after", f"{middle} after"),
        ("difference", "difference"),
        ("low", "95 % from"),
        ("high", "to"),
        ("p", "p"),
    ]
    table = pa.Table.from_pylist([{"of": whom, **asdict(change)} for whom, change in rows])
    _, first = rows[0]
    scores = [
        Score("Difference", first.difference, "1", first.of_after),
        Score("p by chance", first.p, "1", first.ways),
    ]
    return Answer("before-and-after", [*said, *more], table, columns, period, scores)


Rows = list[tuple[str, Change]]


def _months(
    asked: Asked,
    what: charted.Name,
    on: date,
    name: str | None,
    people: list[str] | None,
    middle: Middle,
    chance: Any,
    block: int,
) -> tuple[Rows, list[str], Period]:
    each = None if asked.engine.name == "duckdb" else Distributed
    found = charted.charted(asked.store, what, asked.by, name, people, asked.within, asked.as_at, each)
    before, after, left_out = changing.around(found.months, found.values, on)
    change = changing.of_series(before, after, middle, chance, block)
    said = [
        f"{what}, {charted.UNITS[what]}, of {found.of}, before and from {spoken(on)} on.",
        *sentences(change, "months"),
    ]
    if left_out:
        said.append(f"Left out: {', '.join(f'{month:%B %Y}' for month in left_out)}.")
    return [(found.of, change)], said, found.window.period


def _each(
    asked: Asked, what: of_each.Name, on: date, people: list[str] | None, months: int, middle: Middle
) -> tuple[Rows, list[str], Period]:
    found = of_each.of_each(asked.store, what, on, months, asked.engine)
    chosen = [who for who in (found.before if people is None else people) if who in found.before]
    if people is None:
        whom, left_out = "everybody", found.left_out
    else:
        whom, left_out = f"{len(chosen):,} people", len(people) - len(chosen)
    rows = [(whom, _change(found, chosen, middle))]
    if people is not None:
        others = sorted(set(found.before) - set(chosen))
        for label, those in (
            ("everybody else", others),
            ("of these, alike before", _alike(found, chosen, others)),
        ):
            if len(those) >= changing.FEWEST:
                rows.append((label, _change(found, those, middle)))
    said = [
        f"{what} of each person in the {months} months before {spoken(found.on)} and in the {months} from it on.",
        *sentences(rows[0][1], "people"),
    ]
    if left_out:
        said.append(f"{left_out:,} left out: dead or not born for some of the time, or without a value on a side.")
    return rows, said, Period(months_before(found.on, months), months_before(found.on, -months))


def _change(found: of_each.OfEach, who: Sequence[str], middle: Middle) -> Change:
    return changing.of_people([found.before[each] for each in who], [found.after[each] for each in who], middle)


def _alike(found: of_each.OfEach, chosen: Sequence[str], others: Sequence[str]) -> list[str]:
    """Others whose value before lies where the middle eight in ten of the chosen have theirs."""
    if len(chosen) < changing.FEWEST:
        return []
    cuts = quantiles([found.before[who] for who in chosen], n=10, method="inclusive")
    return [who for who in others if cuts[0] <= found.before[who] <= cuts[-1]]


def sentences(change: Change, what: str) -> list[str]:
    """What differs, and what chance would do."""
    higher = "higher" if change.difference > 0 else "lower"
    sizes = f"{change.of_before:,} {what} before, {change.of_after:,} after"
    sizes = f"{change.of_before:,} {what}" if change.chance == "swaps" else sizes
    ways = {
        "shifts": f"{change.ways:,} ways of moving the months round",
        "blocks": f"{change.ways:,} ways of dealing blocks of months out again",
        "swaps": f"{change.ways:,} ways of swapping before and after",
    }[change.chance]
    said = [
        f"{abs(change.difference):.4g} {higher} ({change.low:.4g} to {change.high:.4g}), {sizes}.",
        f"Chance alone does as much in {change.p:.1%} of {ways}" + ("." if change.exact else ", drawn at random."),
    ]
    if change.least > 0.05:
        said.append(f"So few {what} cannot show less than {change.least:.1%} by chance, whatever happened.")
    if change.chance == "swaps" and change.of_before < 30:
        said.append("Of so few people little can be told.")
    return said
