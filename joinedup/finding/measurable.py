"""
Everything that can be asked of one person in a rule, by the name that it has there.

To add a measure, write a method of `Everybody` that gives one number for everybody, and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from joinedup.finding.everybody import Everybody, Values
from joinedup.measures.asking import Level

Kind = Literal["count", "score", "share", "days", "years", "yes or no"]

LEVELS: tuple[Level, ...] = ("practitioner", "team", "organisation", "sector", "profession")
GIVERS: tuple[Level, ...] = ("practitioner", "team", "organisation")

Of = Callable[[Everybody, Level, int | None], Values]


@dataclass(frozen=True)
class Measurable:
    """
    One number of each person. `name`: as a rule says it. `other_names` do as well. `what`: a line to choose by.
    `levels`: those that it can be asked by, none when it is asked by none. `looks_back`: over the months of a window.
    `most`: it is never above. `needs`: without what it is not computable. `at_level`: how its name goes on with one.
    """

    name: str
    kind: Kind
    what: str
    of: Of
    looks_back: bool = True
    levels: tuple[Level, ...] = ()
    other_names: tuple[str, ...] = ()
    one: str = ""
    most: float | None = None
    needs: str = ""
    at_level: str = " by {by}"

    @property
    def usual_level(self) -> Level:
        return "organisation" if not self.levels or "organisation" in self.levels else self.levels[0]

    def called(self, by: Level | None, one: bool = False) -> str:
        """Its name with the level: “hand-offs between sectors”, “contacts with the practitioner seen most”."""
        noun = self.one if one and self.one else self.name
        if by is None:
            return noun
        return noun.replace("the one", f"the {by}") if "the one" in noun else noun + self.at_level.format(by=by)


def _different(name: str, by: Level) -> Measurable:
    return Measurable(
        name,
        "count",
        f"how many different {name} dealt with the person",
        lambda everybody, _, within: everybody.different(by, within),
        one=by,
        needs=f"a contact that says with which {by}",
    )


def _continuity(name: str, short: str, kind: Kind, what: str) -> Measurable:
    return Measurable(
        name,
        kind,
        what,
        lambda everybody, by, within: everybody.continuity(short, by, within),
        levels=LEVELS,
        other_names=(short,),
        most=1,
        needs="two contacts that say with whom",
    )


def _admissions(name: str, column: str, what: str) -> Measurable:
    return Measurable(
        name,
        "count",
        what,
        lambda everybody, _, within: everybody.admissions(column, within),
        one=name.rstrip("s"),
        needs="records that tell admissions",
    )


MEASURES = (
    Measurable(
        "age",
        "years",
        "whole years on the day",
        lambda everybody, *_: everybody.age(),
        looks_back=False,
        most=130,
        needs="a date of birth",
    ),
    Measurable(
        "contacts",
        "count",
        "contacts that count, with anybody",
        lambda everybody, _, within: everybody.contacts(within),
        one="contact",
    ),
    _different("organisations", "organisation"),
    _different("practitioners", "practitioner"),
    _different("teams", "team"),
    _different("sectors", "sector"),
    _different("professions", "profession"),
    _continuity("continuity of care", "coc", "score", "1: always the same; 0: never the same twice (COC)"),
    _continuity("share with the one seen most", "upc", "share", "0.5: half of the contacts are with one (UPC)"),
    _continuity("sequential continuity", "secon", "score", "1: the next contact is always with the same (SECON)"),
    _continuity("few for many contacts", "mmci", "score", "near 1: few dealt with many contacts (MMCI)"),
    Measurable(
        "contacts with the one seen most",
        "count",
        "how often the one who saw the person most did",
        lambda everybody, by, within: everybody.with_the_most_seen(by, within),
        levels=GIVERS,
        one="contact with the one seen most",
        needs="a contact that says with whom",
    ),
    Measurable(
        "hand-offs",
        "count",
        "how often care passed from one to another",
        lambda everybody, by, within: everybody.hand_offs(by, within),
        levels=LEVELS,
        one="hand-off",
        at_level=" between {by}s",
        needs="a contact that says with whom",
    ),
    Measurable(
        "returns",
        "count",
        "how often care went to another and came back within 30 days",
        lambda everybody, by, within: everybody.returns(by, within),
        levels=LEVELS,
        one="return",
        at_level=" between {by}s",
        needs="a contact that says with whom",
    ),
    Measurable(
        "longest wait",
        "days",
        "days from a referral to being seen, or to the day where still waiting",
        lambda everybody, _, within: everybody.longest_wait(within),
        needs="a referral that was seen or is waiting",
    ),
    Measurable(
        "known by one alone",
        "yes or no",
        "one alone has dealt with the person",
        lambda everybody, by, within: everybody.known_by_one_alone(by, within),
        levels=GIVERS,
        needs="a contact that says with whom",
    ),
    Measurable(
        "organisations resting on one practitioner",
        "count",
        "in how many organisations one practitioner alone knows the person",
        lambda everybody, _, within: everybody.resting_on_one(within),
        one="organisation resting on one practitioner",
        needs="a contact that says with which practitioner and organisation",
    ),
    Measurable(
        "conditions",
        "count",
        "different conditions on the day, of any kind",
        lambda everybody, *_: everybody.conditions(),
        looks_back=False,
        one="condition",
        needs="records with conditions",
    ),
    Measurable(
        "conditions with past ones",
        "count",
        "the same with those that are over",
        lambda everybody, *_: everybody.conditions(resolved_too=True),
        looks_back=False,
        one="condition with past ones",
        needs="records with conditions",
    ),
    Measurable(
        "long-term conditions",
        "count",
        "of the 44 in the list of long-term conditions, on the day",
        lambda everybody, *_: everybody.long_term_conditions(),
        looks_back=False,
        other_names=("multimorbidity",),
        one="long-term condition",
        most=44,
        needs="conditions with SNOMED CT or ICD-10 codes",
    ),
    Measurable(
        "frailty score",
        "score",
        "Hospital Frailty Risk Score: 5 to 15 intermediate, above 15 high",
        lambda everybody, _, within: everybody.frailty("admissions", within),
        other_names=("hfrs",),
        most=173.2,
        needs="an admission with an ICD-10 code",
    ),
    Measurable(
        "frailty score of all codes",
        "score",
        "the same by every ICD-10 code, where records do not tell admissions",
        lambda everybody, _, within: everybody.frailty("everything", within),
        most=173.2,
        needs="an ICD-10 code",
    ),
    Measurable(
        "falls",
        "count",
        "days with a fall on record",
        lambda e, _, within: e.falls(within),
        one="fall",
        needs="records with coded conditions or reasons",
    ),
    _admissions("admissions", "admissions", "admissions to hospital"),
    _admissions("unplanned admissions", "unplanned", "admissions that were not planned, where that is told"),
    Measurable(
        "days in hospital",
        "count",
        "days of the admissions, with fractions",
        lambda everybody, _, within: everybody.admissions("days_in_hospital", within),
        one="day in hospital",
        needs="records that tell admissions",
    ),
)
"""In the order in which they are listed for somebody who writes a rule."""

BY_NAME = {name.casefold(): each for each in MEASURES for name in (each.name, *each.other_names)}


def like(name: str, known: Iterable[str]) -> list[str]:
    """What somebody may have meant by a name that is not known."""
    return get_close_matches(name.casefold(), list(known), n=3, cutoff=0.7)
