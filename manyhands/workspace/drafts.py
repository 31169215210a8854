"""
A proposal as it stands in its form: read from what was typed or from the terms in hand, shown again with nothing lost,
and turned into terms.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from django.http import QueryDict

from manyhands import acts, who
from manyhands.workspace.asking import new_identifier
from manyhands.workspace.typed import LONGEST, boxes_typed, day_typed, identifier_typed, identifiers_typed, words_typed

AS_NOW = "as-now"
CARRY_ON = acts.Words("Carry on as now")
MOST_OPTIONS = 6
MOST_AFFECTED = 100
MOST_FOLLOWS = 5
"""Responsibilities of one proposal: more than these are seldom all carried out."""


@dataclass(frozen=True)
class OptionRow:
    """One box for an option, and the option that it was, if it was there before."""

    option: str = ""
    words: str = ""


@dataclass(frozen=True)
class FollowsRow:
    """The boxes for one responsibility, and the responsibility that it was, if it was there before."""

    which: str = ""
    what: str = ""
    role: str = ""
    deputy_role: str = ""
    check: dict[str, str] = field(default_factory=dict)
    known_by: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.what.strip() or self.role or self.deputy_role or any(self.check.values()) or self.known_by)


@dataclass(frozen=True)
class Draft:
    """Everything in the form, as typed. `proposed` is the number of an option's row, or "as-now"."""

    question: str = ""
    options: tuple[OptionRow, ...] = (OptionRow(),)
    carry_on: str = CARRY_ON
    proposed: str = "1"
    affected: tuple[str, ...] = ()
    follows: tuple[FollowsRow, ...] = (FollowsRow(),)
    review: dict[str, str] = field(default_factory=dict)
    review_by: str = ""
    group: str = ""
    matter: str = ""
    poll: str = ""
    independent: dict[str, str] = field(default_factory=dict)

    @property
    def with_another_option(self) -> "Draft":
        return replace(self, options=(*self.options, OptionRow())[:MOST_OPTIONS])

    @property
    def with_another_responsibility(self) -> "Draft":
        return replace(self, follows=(*self.follows, FollowsRow())[:MOST_FOLLOWS])


def _rows(typed: QueryDict, name: str, most: int) -> range:
    """The numbers of the rows that were in the form: a form says each row by its first box."""
    return range(1, 1 + max((n for n in range(1, most + 1) if f"{name}-{n}" in typed), default=1))


def draft_typed(typed: QueryDict) -> Draft:
    """The form as it was sent."""
    return Draft(
        question=words_typed(typed, "question"),
        options=tuple(
            OptionRow(identifier_typed(typed, f"option-id-{n}"), words_typed(typed, f"option-{n}"))
            for n in _rows(typed, "option", MOST_OPTIONS)
        ),
        carry_on=words_typed(typed, "carry-on") or CARRY_ON,
        proposed=typed.get("proposed", "1"),
        affected=identifiers_typed(typed, "affected", MOST_AFFECTED),
        follows=tuple(
            FollowsRow(
                which=identifier_typed(typed, f"which-{n}"),
                what=words_typed(typed, f"what-{n}"),
                role=identifier_typed(typed, f"role-{n}"),
                deputy_role=identifier_typed(typed, f"deputy-{n}"),
                check=boxes_typed(typed, f"check-{n}"),
                known_by=words_typed(typed, f"known-{n}"),
            )
            for n in _rows(typed, "what", MOST_FOLLOWS)
        ),
        review=boxes_typed(typed, "review"),
        review_by=identifier_typed(typed, "review_by"),
        group=identifier_typed(typed, "group"),
        matter=identifier_typed(typed, "matter"),
        poll=identifier_typed(typed, "poll"),
        independent=boxes_typed(typed, "independent"),
    )


def draft_of(terms: acts.Terms) -> Draft:
    """The form filled with the terms in hand, for changing them."""
    options = tuple(OptionRow(option.option, option.words) for option in terms.options if not option.carry_on)
    numbers = {row.option: str(number) for number, row in enumerate(options, 1)}
    return Draft(
        question=terms.question,
        options=options or (OptionRow(),),
        carry_on=next((option.words for option in terms.options if option.carry_on), CARRY_ON),
        proposed=numbers.get(terms.proposed, AS_NOW),
        affected=tuple(terms.affected),
        follows=tuple(
            FollowsRow(
                which=it.responsibility,
                what=it.what,
                role=it.role or "",
                deputy_role=it.deputy_role or "",
                check=_boxes(it.first_check_on),
                known_by=it.known_by,
            )
            for it in terms.follows
        )
        or (FollowsRow(),),
        review=_boxes(terms.review_on),
        review_by=terms.review_by or "",
    )


def _boxes(on: object) -> dict[str, str]:
    year, month, day = str(on).split("-") if on is not None else ("", "", "")
    return {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}


def terms_of(draft: Draft, typed: QueryDict, before: acts.Terms | None = None) -> acts.Terms:
    """
    The terms that the form says. Options and responsibilities that were there `before` keep their names; rows left
    empty are left out. What is missing is for the rules to say.
    """
    known = {option.option: option for option in before.options} if before else {}
    as_now = next((option.option for option in known.values() if option.carry_on), AS_NOW)
    rows = [(str(number), row) for number, row in enumerate(draft.options, 1) if row.words]
    named = {number: row.option if row.option in known else new_identifier() for number, row in rows}
    old = {it.responsibility for it in before.follows} if before else set()
    return acts.Terms(
        question=acts.Words(draft.question),
        options=(
            acts.Option(option=as_now, words=acts.Words(draft.carry_on), carry_on=True),
            *(acts.Option(option=named[number], words=acts.Words(row.words)) for number, row in rows),
        ),
        proposed=as_now if draft.proposed == AS_NOW else named.get(draft.proposed, ""),
        affected=tuple(who.Organisation(organisation) for organisation in draft.affected),
        follows=tuple(
            acts.FollowOn(
                responsibility=who.Responsibility(row.which if row.which in old else new_identifier()),
                what=acts.Words(row.what),
                role=who.Role(row.role) if row.role else None,
                deputy_role=who.Role(row.deputy_role) if row.deputy_role else None,
                first_check_on=day_typed(typed, f"check-{number}"),
                known_by=acts.Words(row.known_by),
            )
            for number, row in enumerate(draft.follows, 1)
            if not row.is_empty
        ),
        review_on=day_typed(typed, "review"),
        review_by=who.Role(draft.review_by) if draft.review_by else None,
    )


def no_such_days(typed: QueryDict, names: dict[str, str]) -> dict[str, list[str]]:
    """For each set of three boxes that holds something which is no day, what to do about it."""
    return {
        name: [f"{called}: write a day that there is, as day, month and year in numbers"]
        for name, called in names.items()
        if any(boxes_typed(typed, name).values()) and day_typed(typed, name) is None
    }


def too_long(typed: QueryDict, but: Mapping[str, int] = MappingProxyType({})) -> dict[str, list[str]]:
    """For each box that holds more than it takes, what to do about it; `but` says of some what they take."""
    return {
        name: [f"This is {len(text):,} characters long. Shorten it to {but.get(name, LONGEST):,} at most."]
        for name, text in typed.items()
        if isinstance(text, str) and len(text.strip()) > but.get(name, LONGEST)
    }
