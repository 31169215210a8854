"""What the page Leading is made of: sharing beside chance, the matrix, reach, following, and what moved whom."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from manyhands import who
from manyhands.exchange.records import Moved, SharedOut, between, can_be_told, how_it_moved, shared_out
from manyhands.people.models import Organisation
from manyhands.pictures.leading import WAYS, Done, Ended, Leading, in_a_row, in_both
from manyhands.rules.days import day_of
from manyhands.rules.things import MeetingStanding
from manyhands.workspace.asking import Asking
from manyhands.workspace.kinds_of_roles import KINDS

By = Literal["organisation", "sector", "profession", "role"]
BY: dict[By, str] = {
    "organisation": "organisations",
    "sector": "sectors",
    "profession": "professions",
    "role": "roles",
}
NOT_KNOWN = "Not known"
CALLED = {
    "raises": "Raise matters",
    "proposes": "Propose",
    "challenges": "Challenge",
    "moves others": "Move others",
    "takes on": "Take on",
    "carries out": "Carry out",
    "chairs": "Chair",
    "records": "Record",
}
"""The ways of leading, as people say them."""


@dataclass(frozen=True)
class Way:
    """One way of leading: how widely it is shared, or that there is too little to say; drawn on a scale to `among`."""

    way: str
    called: str
    shared: SharedOut | None


@dataclass(frozen=True)
class Line:
    """An organisation, sector, profession or role, and in which ways somebody of it led."""

    called: str
    ways: frozenset[str]


@dataclass(frozen=True)
class Share:
    """How many so, of how many; `low` and `high` where there are enough to say between what it lies."""

    so: int
    of: int

    @property
    def within(self) -> tuple[float, float] | None:
        return between(self.so, self.of)


class Units:
    """Whom an act is counted for, at one level, and how many members each has."""

    def __init__(self, asking: Asking, by: By, done: Iterable[Done]) -> None:
        self.asking, self.by = asking, by
        self.sectors = dict(Organisation.objects.values_list("id", "sector")) if by == "sector" else {}
        self.members = Counter(self._of_members())
        for each in done:
            self.members.setdefault(self.of(each), 1)

    def of(self, done: Done) -> str:
        return self._unit(done.organisation, done.role)

    def _of_members(self) -> Iterable[str]:
        standing, now = self.asking.standing, self.asking.now
        if self.by in ("profession", "role"):
            return [self._unit(role.organisation, role.role) for role in standing.roles.values()]
        members = ((person, standing.organisations_of(person, now)) for person in standing.members(now))
        return [self._unit(organisation, None) for _, theirs in members for organisation in theirs]

    def _unit(self, organisation: who.Organisation, role: who.Role | None) -> str:
        if self.by == "organisation":
            return self.asking.names.organisation(organisation)
        if self.by == "sector":
            return self.sectors.get(organisation) or NOT_KNOWN
        known = self.asking.standing.roles.get(role) if role is not None else None
        if known is None:
            return NOT_KNOWN
        if self.by == "role":
            return f"{self.asking.names.role(known.role)}, {self.asking.names.organisation(known.organisation)}"
        return dict(KINDS).get(known.kind) or known.kind.replace("-", " ").capitalize()


def how_shared(done: list[Done], units: Units) -> list[Way]:
    """Each way of leading, and how widely it is shared."""
    ways = []
    for way in WAYS:
        led = Counter(units.of(each) for each in done if each.way == way)
        everybody = sorted(units.members)
        shared = shared_out([led[unit] for unit in everybody], [units.members[unit] for unit in everybody])
        ways.append(Way(way, CALLED[way], shared))
    return ways


def matrix(done: list[Done], units: Units) -> list[Line]:
    """Who has led in which way, in order of the alphabet: that they have, and not how often."""
    ways: dict[str, set[str]] = {unit: set() for unit in units.members}
    for each in done:
        if each.way in WAYS:
            ways[units.of(each)].add(each.way)
    lines = [Line(unit, frozenset(those)) for unit, those in ways.items()]
    return sorted(lines, key=lambda line: (line.called == NOT_KNOWN, line.called.casefold()))


def across(done: list[Done], way: str) -> Share:
    """How many of what was proposed, or taken on, went beyond the own organisation."""
    these = [bool(each.across) for each in done if each.way == way]
    return Share(sum(these), len(these))


def leading_and_following(done: list[Done]) -> Share | None:
    """How many people lead and follow, of those who do either; nothing where few do both, or few only one."""
    both, either = in_both(done)
    return Share(both, either) if can_be_told(both, either) else None


def carried_out(ended: Iterable[Ended]) -> dict[str, Share]:
    """How much was carried out: of all that was closed, and by how many professions had answered what was decided."""
    those = list(ended)
    shares = {"All that was closed": _carried(those)}
    for called, least, most in (("1 or 2 professions", 1, 2), ("3 or 4", 3, 4), ("5 or more", 5, 99)):
        some = [each for each in those if each.professions is not None and least <= each.professions <= most]
        if some:
            shares[called] = _carried(some)
    return shares


def _carried(ended: list[Ended]) -> Share:
    return Share(sum(each.carried_out for each in ended), len(ended))


def over_time(asking: Asking, leading: Leading) -> Moved | None:
    """Month by month, of each 100 organisations in the team, how many led in any way."""
    led: dict[date, set[who.Organisation]] = {}
    for each in leading.done.values():
        if each.way in WAYS:
            month = day_of(each.at).replace(day=1)
            led.setdefault(month, set()).add(each.organisation)
    months = list(_months(min(led), day_of(asking.now))) if led else []
    values = [100.0 * len(led.get(month, ())) / _organisations(asking, month, led) for month in months]
    return how_it_moved(values, months, "Organisations that led", "of each 100 in the team, each month")


def drawn(moved: Moved | None) -> SafeString:
    """The picture of how it has moved. `joinedup` makes it, of numbers, months and our own words."""
    # Bandit's two checks of one thing cannot be named together.
    return mark_safe(moved.svg if moved else "")  # nosec


def _months(first: date, today: date) -> Iterable[date]:
    """The first days of the whole months from one until today; the last one over is the last."""
    month = first
    while (following := _next(month)) <= today:
        yield month
        month = following


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _organisations(asking: Asking, month: date, led: dict[date, set[who.Organisation]]) -> int:
    """How many organisations were in the team at the end of a month."""
    end = datetime.combine(_next(month), datetime.min.time(), asking.now.tzinfo)
    return max(1, len(asking.standing.organisations(end)), len(led.get(month, ())))


def chair_prompt(leading: Leading, chairing: MeetingStanding | None = None) -> tuple[who.Person, int] | None:
    """
    Who has held the chair more often running than the setting says, and how often; with the meeting that is going on.
    It asks who might chair next, and stops nobody.
    """
    person, running = in_a_row(leading.chaired)
    if person is None:
        return None
    if chairing is not None and not chairing.ended:
        chairs = {each.person for each in chairing.attending if each.part.value == "chairs"}
        if person not in chairs:
            return None
        running += 1
    return (person, running) if running > settings.CHAIRED_RUNNING else None
