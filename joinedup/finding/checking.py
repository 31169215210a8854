"""
Whether a rule file can be used: every reason against it at once, each with file, line and field, and what to write.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Literal, cast

from joinedup.finding.criteria import BOUNDS, Criterion, Part, Together
from joinedup.finding.measurable import BY_NAME, MEASURES, Measurable, like
from joinedup.finding.places import Place, lines_of
from joinedup.measures.asking import Level
from joinedup.period import NoSuchPeriod, months_of

HEAD = {
    "name": 'what it is called, as name = "Care in pieces"',
    "version": 'in quotes, as version = "1.0"',
    "purpose": 'for what people are found, as purpose = "To offer them a team that knows them."',
    "author": 'who wrote it, as author = "Dr A Rao, Riverside Practice"',
    "why": "why these criteria, as why = “…” in quotes",
}
GROUPS = ("all", "any", "not")
FIELDS = ("measure", "by", "within", "is", *BOUNDS, *GROUPS)
WITHIN = "Write within = “12 months”, “2 years” or “ever”, in quotes"


class Checking:
    """One file being checked. `wrong`: what is in the way so far."""

    def __init__(self, called: str, text: str) -> None:
        self.called, self.lines = called, lines_of(text)
        self.wrong: list[str] = []
        self.within: int | None = None
        self.within_said = False

    def rule(self, said: dict[str, Any]) -> tuple[dict[str, Any], Together | None]:
        """What stands at the head, and the criteria; both as far as they can be used."""
        for name in said:
            if name not in (*HEAD, "written_on", "within", "dead_too", *GROUPS):
                self._unknown((name,), name, (*HEAD, "written_on", "within", "dead_too", *GROUPS))
        head = {name: self._text(said, name, how) for name, how in HEAD.items()}
        written_on = said.get("written_on")
        if not isinstance(written_on, date) or isinstance(written_on, datetime):
            self._say(("written_on",), "is not a day. Write written_on = 2026-11-26, without quotes")
        dead_too = said.get("dead_too", False)
        if not isinstance(dead_too, bool):
            self._say(
                ("dead_too",), "is neither true nor false. Write dead_too = true, without quotes, or leave it out"
            )
        self.within_said = "within" in said
        self.within = self._months(said, ()) if self.within_said else None
        parts = self._grouped(said, ())
        if not parts and not self.wrong:
            self._say((), "asks nothing of anybody. Add a criterion, as [[all]] measure = “organisations” at_least = 4")
        criteria = Together("all", tuple(parts)) if parts else None
        return head | {"written_on": written_on, "dead_too": dead_too}, criteria

    def _grouped(self, said: dict[str, Any], at: Place) -> list[Part]:
        """The criteria of [[all]] one by one, and those of [[any]] and [[not]] put together."""
        parts: list[Part] = []
        for how in GROUPS:
            if how not in said:
                continue
            listed = said[how]
            if not isinstance(listed, list) or not listed or not all(isinstance(each, dict) for each in listed):
                self._say((*at, how), f"is not a list of criteria. Begin each with a line [[{_dotted((*at, how))}]]")
                continue
            found = [self._criterion(each, (*at, how, number)) for number, each in enumerate(listed)]
            usable = tuple(each for each in found if each is not None)
            if how == "all":
                parts += usable
            elif usable:
                parts.append(Together(cast(Literal["any", "not"], how), usable))
        return parts

    def _criterion(self, said: dict[str, Any], at: Place) -> Part | None:
        for name in said:
            if name not in FIELDS:
                self._unknown((*at, name), name, FIELDS)
        if any(how in said for how in GROUPS):
            if "measure" in said:
                self._say(at, "has a measure and criteria of its own. Give the measure a criterion to itself")
                return None
            parts = self._grouped(said, at)
            return (parts[0] if len(parts) == 1 else Together("all", tuple(parts))) if parts else None
        measure = self._measure(said, at)
        if measure is None:
            return None
        before = len(self.wrong)
        by, within = self._level(said, at, measure), self._looked_back(said, at, measure)
        bounds = self._yes_or_no(said, at) if measure.kind == "yes or no" else self._bounds(said, at, measure)
        return Criterion(measure, bounds, by, within) if len(self.wrong) == before else None

    def _measure(self, said: dict[str, Any], at: Place) -> Measurable | None:
        name = said.get("measure")
        if not isinstance(name, str):
            lacks = "lacks a measure" if name is None else "is not a name in quotes"
            self._say((*at, "measure") if name is not None else at, f"{lacks}. Write measure = “organisations”, say")
            return None
        measure = BY_NAME.get(name.strip().casefold())
        if measure is None:
            near = like(name, BY_NAME)
            known = ", ".join(each.name for each in MEASURES)
            write = f"Did you mean {' or '.join(f'“{each}”' for each in near)}? " if near else ""
            self._say((*at, "measure"), f"“{name}” is not a measure. {write}There are: {known}")
        return measure

    def _level(self, said: dict[str, Any], at: Place, measure: Measurable) -> Level | None:
        by = said.get("by")
        if not measure.levels:
            if by is not None:
                self._say((*at, "by"), f"“{measure.name}” is by nobody in particular. Leave out by")
            return None
        if by is None:
            return measure.usual_level
        if by not in measure.levels:
            self._say((*at, "by"), f"“{by}” is none of those it can be by. Write one of {', '.join(measure.levels)}")
        return cast(Level, by)

    def _looked_back(self, said: dict[str, Any], at: Place, measure: Measurable) -> int | None:
        if not measure.looks_back:
            if "within" in said:
                self._say(
                    (*at, "within"), f"“{measure.name}” is on the day, and looks back on nothing. Leave out within"
                )
            return None
        if "within" in said:
            return self._months(said, at)
        if not self.within_said:
            self._say(at, f"does not say how far to look back. {WITHIN}, here or at the head of the file")
        return self.within

    def _months(self, said: dict[str, Any], at: Place) -> int | None:
        words = said["within"]
        if not isinstance(words, str):
            self._say((*at, "within"), f"{words!r} is not a length of time. {WITHIN}")
            return None
        if words.strip().casefold() == "ever":
            return None
        try:
            return months_of(words)
        except NoSuchPeriod:
            self._say((*at, "within"), f"“{words}” is not a length of time. {WITHIN}")
            return None

    def _yes_or_no(self, said: dict[str, Any], at: Place) -> tuple[tuple[str, float], ...]:
        bounded = [bound for bound in BOUNDS if bound in said]
        for bound in bounded:
            self._say((*at, bound), "bounds nothing: this measure is yes or no. Write is = true, or is = false")
        if "is" in said and not isinstance(said["is"], bool):
            self._say((*at, "is"), "is neither true nor false. Write is = true or is = false, without quotes")
        if "is" not in said and not bounded:
            self._say(at, "does not say which is asked for. Write is = true or is = false, without quotes")
        return (("is", float(said.get("is") is True)),)

    def _bounds(self, said: dict[str, Any], at: Place, measure: Measurable) -> tuple[tuple[str, float], ...]:
        if "is" in said:
            self._say((*at, "is"), f"“{measure.name}” is a number. Write at_least, more_than, at_most or less_than")
        bounds = [(name, said[name]) for name in BOUNDS if name in said]
        if not bounds and set(said) <= {"measure", "by", "within"}:
            self._say(at, f"sets no bound. Write at_least = {'0.5' if measure.most == 1 else '4'}, or at_most, say")
        good = [(name, float(value)) for name, value in bounds if self._number(value, (*at, name), measure)]
        if len(good) == len(bounds):
            self._meet(good, at, measure)
        return tuple(good)

    def _number(self, value: Any, at: Place, measure: Measurable) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self._say(
                at,
                f"{value!r} is not a number. Write it without quotes, as {at[-1]} = {0.5 if measure.most == 1 else 4}",
            )
            return False
        if value < 0 or (measure.most is not None and value > measure.most):
            top = "" if measure.most is None else f" to {measure.most:g}"
            self._say(
                at, f"{value:g} cannot be: “{measure.name}” goes from 0{top or ' up'}. Write a number in that range"
            )
            return False
        return True

    def _meet(self, bounds: list[tuple[str, float]], at: Place, measure: Measurable) -> None:
        """Whether any number can lie within the bounds, and each is needed."""
        lower = [(n, v) for n, v in bounds if n in ("at_least", "more_than")]
        upper = [(n, v) for n, v in bounds if n in ("at_most", "less_than")]
        for several in (lower, upper):
            if len(several) > 1:
                self._say((*at, several[1][0]), f"is a second bound on the same side as {several[0][0]}. Leave one out")
        for low, least in lower[:1]:
            for high, most in upper[:1]:
                if least > most or (least == most and (low, high) != ("at_least", "at_most")):
                    said = f"{high} = {most:g} and {low} = {least:g} leave no number between them"
                    self._say((*at, high), f"{said}. Write a larger {high} or a smaller {low}")
        for name, value in bounds:
            if (name == "less_than" and value == 0) or (name == "more_than" and value == measure.most):
                self._say((*at, name), f"{value:g} cannot be gone beyond: nobody would be found. Write another number")

    def _text(self, said: dict[str, Any], name: str, how: str) -> str:
        value = said.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self._say((name,), f"{'is missing' if value is None else 'is not a text'}. Say {how}")
        return ""

    def _unknown(self, at: Place, name: str, known: Collection[str]) -> None:
        near = like(name, known)
        write = f"Did you mean {' or '.join(near)}? " if near else ""
        self._say(at, f"is not known. {write}Known are {', '.join(known)}")

    def _say(self, at: Place, what: str) -> None:
        """One thing that is in the way. A place that is not in the file is that of what it lacks in."""
        line = next((self.lines[at[:end]] for end in range(len(at), 0, -1) if at[:end] in self.lines), None)
        where = "" if line is None else f", line {line}"
        field = f", {_dotted(at)}" if at else ""
        self.wrong.append(f"{self.called}{where}{field}: {what}.")


def _dotted(at: Place) -> str:
    """A place as it is spoken of: “all 2, at_least”, counted from 1."""
    return ", ".join(
        f"{name} {at[n + 1] + 1}" if n + 1 < len(at) and isinstance(at[n + 1], int) else str(name)  # type: ignore[operator]
        for n, name in enumerate(at)
        if isinstance(name, str)
    )
