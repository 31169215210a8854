"""
Opening a store and asking it from Python: everything that the command line can be asked, by the same names.

What `joinedup measure continuity my-store --by team --within "24 months"` asks is asked here as
`open_store("my-store").measure("continuity", by="team", within="24 months")`: options have the names that they have
there, with _ for -, take Python's own values as well as text, and have the same defaults.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast

import click
import pyarrow as pa

from joinedup.cli.answers import Answer, Asked
from joinedup.cli.charting import chart as chart_command
from joinedup.cli.charting import drawn
from joinedup.cli.finding import COLUMNS, summary
from joinedup.cli.finding import find as find_command
from joinedup.cli.found_by_rule import as_answer, beside_everybody
from joinedup.cli.leaving import drill, network
from joinedup.cli.reporting import report as report_command
from joinedup.engines.distributed import LOCAL, Distributed
from joinedup.engines.embedded import Embedded
from joinedup.engines.limits import ENGINES
from joinedup.engines.tongue import Engine
from joinedup.find import find
from joinedup.finding.options import as_written
from joinedup.finding.people import find_by
from joinedup.finding.rule_file import named
from joinedup.notebook import Page, Picture, Table
from joinedup.period import Period
from joinedup.records import load as loading
from joinedup.records.formats import FORMATS
from joinedup.records.mapping import NO_MAPPING, Mapping
from joinedup.records.store import Store
from joinedup.report.page import page
from joinedup.rule import Rule

Span = str | int | None
"""A look-back window: "24 months", "2 years", 24, or "ever"; None for the usual one of what is asked."""

Day = date | str | None
"""A day: a date, or "2024-12-31"; None for the day of the last contact."""

ELSEWHERE = {"store", "form", "out", "rows", "engine", "master"}
"""Parameters of commands that Python has no need of: the store and its engine are open, and the answer is a value."""

FOUND_BY = ("rule", "compare", "aged", "conditions", "organisations", "within", "as_at", "resolved_too", "dead_too")
"""The options of `joinedup find` that Python has."""


class NotUnderstood(ValueError):
    """What was asked is not something that can be asked; the message says what can."""


def load(
    *sources: str | Path,
    into: str | Path,
    jobs: int = 1,
    format: str | None = None,
    mapping: str | Path | Mapping | None = None,
    system: str | None = None,
) -> loading.Loaded:
    """
    Load records of care (files, folders or patterns) into a store, which is made when new; as `joinedup load` does.
    Gives what was done: rows of each table, new files, how many records were set aside. Loading the same again changes
    nothing. `jobs` processes read: more than 1 in a script needs `if __name__ == "__main__"`.

    Raises NothingThere where there is no file, and NotUnderstood for a format that is none.
    """
    if not sources:
        raise NotUnderstood("Say what to load: files, folders or patterns.")
    if format is not None and format not in FORMATS:
        raise NotUnderstood(f"“{format}” is not a format. Formats are {', '.join(FORMATS)}.")
    said = mapping if isinstance(mapping, Mapping) else Mapping.read(Path(mapping)) if mapping else NO_MAPPING
    listed = [str(source) for source in sources]
    return loading.load(listed, Path(into), jobs=jobs, system=system, format=format, mapping=said)


def open_store(folder: str | Path, engine: Literal["duckdb", "spark"] = "duckdb", master: str = LOCAL) -> OpenStore:
    """
    The store in a folder, to be asked. `engine` says where: DuckDB in this process, or Spark at `master`, an address
    such as spark://host:7077 or sc://host. A session of Spark that runs already is used as it is.

    Raises StoreNotFound where there is none, and EngineMissing where Spark cannot be started.
    """
    if engine not in ENGINES:
        raise NotUnderstood(f"“{engine}” is no engine. Engines are {', '.join(ENGINES)}.")
    store = Store(folder)
    try:
        return OpenStore(store, Distributed(store, master) if engine == "spark" else Embedded(store), master)
    except Exception:
        store.close()
        raise


class OpenStore:
    """A store that can be asked. Close it when done, or open it with `with`."""

    def __init__(self, store: Store, engine: Engine, master: str = LOCAL) -> None:
        self.store = store
        """The tables themselves: `store.query("SELECT …")` gives Arrow."""
        self.engine = engine
        self._master = master

    def __enter__(self) -> OpenStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store and its engine."""
        self.engine.close()
        self.store.close()

    def __repr__(self) -> str:
        return f"{self.store.path}, generation {self.store.digest}, asked by {self.engine.name}"

    def tables(self) -> dict[str, int]:
        """How many rows each table of the store has."""
        return self.store.counts()

    def measures(self) -> dict[str, str]:
        """What can be measured: each name, with what it is in a sentence."""
        return {name: command.get_short_help_str(200) for name, command in measured().items()}

    def measure(self, name: str, *what: Any, **options: Any) -> Table:
        """
        A measure by its name, as `joinedup measure NAME` gives it: `by`, `within` and `as_at`, and its own options.

        Raises NotUnderstood for a name or an option that there is not, saying which there are.
        """
        if name not in measured():
            raise NotUnderstood(f"“{name}” is no measure. Measures are: {', '.join(measured())}.")
        return self._ask(measured()[name], what, options)

    def drill(self, **options: Any) -> Table:
        """Whom the place could not do without, as `joinedup drill` gives it."""
        return self._ask(drill, (), options)

    def network(self, **options: Any) -> Table:
        """Who is tied to whom, as `joinedup network` gives it."""
        return self._ask(network, (), options)

    def chart(self, measure: str, **options: Any) -> Picture:
        """A measure month by month as an XmR chart, as `joinedup chart` gives it; shows itself in a notebook."""
        given = understood(chart_command, (measure,), options)
        engine = (lambda those: Distributed(those, self._master)) if self.engine.name == "spark" else Embedded
        made = _plainly(lambda: drawn(self.store, **given, engine=cast(Any, engine)))
        return Picture(made.title, made.lines, made.svg(), Table.of(made.answer()))

    def find(self, **options: Any) -> Table:
        """People by a rule, or by a few options, each with the reason, as `joinedup find` gives them."""
        given = understood(find_command, (), options, FOUND_BY)
        by_rule, beside = given.pop("rule"), given.pop("compare")
        if by_rule is not None and (others := sorted(set(options) - {"rule", "compare", "as_at"})):
            raise NotUnderstood(f"{', '.join(others)} cannot go with rule: write it in the rule file.")
        if by_rule is not None or beside:
            options_rule = Rule(within_months=given.pop("within"), **given)
            asked = as_written(options_rule) if by_rule is None else named(by_rule)
            people = find_by(self.store, asked, options_rule.as_at, self.engine)
            return Table.of(beside_everybody(people) if beside else as_answer(people))
        rule = Rule(within_months=given.pop("within"), **given)
        found = find(self.store, rule)
        rows = [{name: getattr(each, name) for name in COLUMNS} for each in found.found]
        table = pa.Table.from_pylist(rows) if rows else pa.table({name: pa.nulls(0) for name in COLUMNS})
        shown = [("patient", "person"), *((name, name) for name in ("age", "conditions", "organisations", "contacts"))]
        period = Period.back_from(found.as_at, rule.within_months)
        return Table.of(Answer("find", summary(found, asked=rule.as_at), table, [*shown, ("coc", "COC")], period))

    def report(self, name: str = "this place", **options: Any) -> Page:
        """The report of a place, as `joinedup report` writes it; shows itself in a notebook."""
        given = understood(report_command, (), {"name": name} | options)
        whole = page(self.store, name, given["within"], given["as_at"], given["practitioners"], self.engine)
        return Page(name, whole)

    def _ask(self, command: click.Command, what: Sequence[Any], options: dict[str, Any]) -> Table:
        given = understood(command, what, options)
        asked = Asked(
            self.store, given.pop("by", "organisation"), given.pop("within", None), given.pop("as_at"), self.engine
        )
        ask: Callable[..., Answer] = inspect.unwrap(cast(Any, command.callback))
        return Table.of(_plainly(lambda: ask(asked, **given)))


def measured() -> dict[str, click.Command]:
    """The commands of `joinedup measure`, by name."""
    from joinedup.__main__ import joinedup

    group = joinedup.commands["measure"]
    assert isinstance(group, click.Group)
    return dict(sorted(group.commands.items()))


def options_of(command: click.Command, only: Sequence[str] = ()) -> dict[str, click.Parameter]:
    """What a command can be asked with from Python: the name of each option, as its flag is written with _ for -."""
    named = {_called(each): each for each in command.params if each.name not in ELSEWHERE}
    return {name: each for name, each in named.items() if name in (only or named)}


def _called(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len).removeprefix("--").replace("-", "_")
    return str(parameter.name)


def understood(
    command: click.Command, what: Sequence[Any], options: dict[str, Any], only: Sequence[str] = ()
) -> dict[str, Any]:
    """The values that a command's function takes, with the defaults of those not given. Raises NotUnderstood."""
    known = options_of(command, only)
    arguments = [name for name, each in known.items() if isinstance(each, click.Argument)]
    if len(what) > len(arguments):
        raise NotUnderstood(f"{command.name} takes its options by name: {', '.join(known)}.")
    given = dict(zip(arguments, what, strict=False)) | options
    if unknown := sorted(set(given) - set(known)):
        raise NotUnderstood(f"{command.name} has no option {', '.join(unknown)}. It has: {', '.join(known)}.")
    context = click.Context(command, info_name=command.name)
    return {str(each.name): _value(context, name, each, given.get(name)) for name, each in known.items()}


def default_of(parameter: click.Parameter) -> Any:
    """What is taken where nothing is said; None for nothing."""
    return parameter.to_info_dict()["default"]


def _value(context: click.Context, name: str, parameter: click.Parameter, value: Any) -> Any:
    if value is None:
        if parameter.required:
            raise NotUnderstood(f"{context.command.name} needs {name}: say what.")
        value = default_of(parameter)
    if value is None:
        return () if parameter.multiple else None
    if parameter.multiple and isinstance(value, str | date):
        value = (value,)
    try:
        return parameter.type_cast_value(context, value)
    except click.ClickException as wrong:
        raise NotUnderstood(f"{name}: {wrong.message}") from wrong


def _plainly(ask: Callable[[], Any]) -> Any:
    """The answer; what the command line would say of a bad question is raised as NotUnderstood."""
    try:
        return ask()
    except click.ClickException as wrong:
        raise NotUnderstood(wrong.message) from wrong
