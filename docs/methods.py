"""The page docs/reference/methods.md: every method of counting, in the words of its own file."""

import inspect
import re
import sys

from manyhands.counting import METHODS, Method, Question, Result
from manyhands.counting.method import Asks
from manyhands.counting.question import Unranked
from manyhands.counting.showing import FEWEST

LABELLED = re.compile(r"^(\w+)\s{2,}(.+)$", re.MULTILINE)
OPENING = f"""# Methods of counting

How answers become a result. Written from `manyhands/counting/` by `make docs`; do not edit.

Of every method it holds that a ballot without a mark is "no view": heard, and not a vote. A ballot that cannot be
counted is answered in words, and set aside. A tie is a result: it is reported, or settled by an order of the options
that was written down before the question was opened. No lot is ever drawn; the same ballots give the same result on
every run, in whatever order they came.

Results are shown by organisation, the lowest first. Nothing of an anonymous check is shown before {FEWEST} answers.
"""
EXAMPLE = Question(options=("A", "B", "C", "now"), carry_on="now")


def page() -> str:
    listed = [f"- [{method.name}](#{code}): {_first_line(method)}" for code, method in METHODS.items()]
    lines = [OPENING, *listed, "", *(line for method in METHODS.values() for line in _of(method))]
    return "\n".join(lines).rstrip() + "\n"


def _docstring(method: Method[Result]) -> str:
    return inspect.cleandoc(sys.modules[method.counted.__module__].__doc__ or "")


def _first_line(method: Method[Result]) -> str:
    first = " ".join(_docstring(method).split("\n\n")[0].split())
    return first[0].lower() + first[1:]


def _of(method: Method[Result]) -> list[str]:
    lines = [f"## {method.code}", "", f"**{method.name}**", "", f"> {method.explained}", ""]
    for paragraph in _docstring(method).split("\n\n"):
        lines += [*_paragraph(paragraph), ""]
    if method.asks is Asks.CHOOSE:
        lines += ["| mark | words | |", "| --- | --- | --- |"]
        lines += [
            f"| {mark.number} | {mark.words} | {f'{mark.means} {mark.asks}'.strip()} |"
            for mark in method.scale(EXAMPLE)
        ]
        lines += [""]
    if said := dict(method.leaving_out):
        lines += ["On the ballot, as was settled before opening:", ""]
        lines += [f"- {sentence}" for sentence in dict.fromkeys(said[rule] for rule in Unranked)] + [""]
    if method.agreement is not None:
        lines += [f"By organisation: {method.agreement.words}", ""]
    return lines


def _paragraph(paragraph: str) -> list[str]:
    """Formulas as they stand; the lines with a label in front as a list; the rest as it is."""
    if paragraph.startswith(" "):
        return ["```", *inspect.cleandoc(paragraph).split("\n"), "```"]
    if not LABELLED.match(paragraph):
        return paragraph.split("\n")
    lines: list[str] = []
    for line in paragraph.split("\n"):
        label = LABELLED.match(line)
        lines.append(f"- **{label[1]}.** {label[2]}" if label else f"  {line.strip()}")
    return lines
