"""The page docs/reference/python.md: what `import joinedup` gives, from the code itself."""

import inspect
import textwrap
from collections.abc import Sequence

import click

import joinedup
from joinedup.__main__ import joinedup as commands
from joinedup.asked_in_python import FOUND_BY, default_of, measured, options_of

BEGIN = """\
# Python

What `import joinedup` gives, in a notebook or a script. Written from the code by `make docs`; do not edit.

    import joinedup

    joinedup.load("my-records/", into="my-store")
    with joinedup.open_store("my-store") as store:
        answer = store.measure("continuity", by="team", within="24 months")
        print(*answer.said, sep="\\n")      # over whom, over what time, who was left out
        answer.arrow()                     # a pyarrow.Table
        answer.pandas()                    # or a pandas.DataFrame
        answer.polars()                    # or a polars.DataFrame
        store.chart("hand-offs").write("hand-offs.svg")
        store.report("Our place").write("report.html")

Options have the names and defaults that they have on the command line, with _ for -: a window is "24 months", 24 or
"ever"; a day is "2024-12-31" or a date; None is what is usual. What cannot be understood raises `NotUnderstood`, and
says what can. `open_store("my-store", engine="spark")` asks Spark.
"""


def python_page() -> str:
    lines = [BEGIN]
    for name in joinedup.__all__:
        lines += _described(name, getattr(joinedup, name))
    lines += ["## What can be asked", ""]
    for name, command in measured().items():
        lines += _asked(f'store.measure("{name}")', command)
    for name in ("drill", "network", "chart", "report"):
        lines += _asked(f"store.{name}()", commands.commands[name])
    lines += _asked("store.find()", commands.commands["find"], FOUND_BY)
    return "\n".join(lines).rstrip() + "\n"


def _described(name: str, thing: object) -> list[str]:
    lines = [f"## {name}", "", *([_signature(name, thing), ""] if inspect.isfunction(thing) else []), *_said(thing), ""]
    if not inspect.isclass(thing) or issubclass(thing, Exception):
        return lines
    for each, method in inspect.getmembers(thing, inspect.isfunction):
        if not each.startswith("_"):
            lines += [f"- {_signature(each, method)}: {' '.join(filter(None, _said(method)))}"]
    return [*lines, ""]


def _signature(name: str, function: object) -> str:
    shown = inspect.signature(function)  # type: ignore[arg-type]
    parameters = [
        each.replace(annotation=inspect.Parameter.empty) for each in shown.parameters.values() if each.name != "self"
    ]
    plain = shown.replace(parameters=parameters, return_annotation=inspect.Signature.empty)
    return f"`{name}{plain}`"


def _said(thing: object) -> list[str]:
    return (inspect.getdoc(thing) or "").splitlines()


def _asked(call: str, command: click.Command, only: Sequence[str] = ()) -> list[str]:
    lines = [f"### `{call}`", "", textwrap.fill(command.get_short_help_str(400), 120), ""]
    lines += ["| option | usually | what |", "| --- | --- | --- |"]
    lines += [f"| `{name}` | {_usual(each)} | {_what(each)} |" for name, each in options_of(command, only).items()]
    return [*lines, ""]


def _usual(parameter: click.Parameter) -> str:
    if parameter.required:
        return "has to be given"
    default = default_of(parameter)
    return "" if default is None or parameter.multiple else f"`{default!r}`"


def _what(parameter: click.Parameter) -> str:
    choices = ", ".join(parameter.type.choices) if isinstance(parameter.type, click.Choice) else ""
    said = getattr(parameter, "help", None) or ""
    several = " Several may be given." if parameter.multiple else ""
    return " ".join(f"{said} {f'One of {choices}.' if choices else ''}{several}".split())
