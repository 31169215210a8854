"""
Whether every sight in the log of reads is still as it was written; and if not, the first that does not fit, and why.

What a chain can and cannot prove is said in `manyhands/log/verify.py`; it holds here too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import connection

from manyhands import triggers, who
from manyhands.access.chain import COLUMNS, NOTHING_BEFORE, digest_of
from manyhands.access.guards import guards
from manyhands.access.models import Sight

AT_ONCE = 500  # rows in memory
READS = "/reads"


@dataclass(frozen=True, slots=True)
class Misfit:
    """The first sight in a team that does not fit, and why."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The sights in a team: how many fit, the digest of the last that does, and what does not fit."""

    team: who.Team
    fitting: int
    digest: str
    misfit: Misfit | None


def verify(
    team: who.Team | None = None, against: Mapping[tuple[who.Team, int], str] | None = None
) -> Iterator[Checked]:
    """
    Check the sights in every team, or in one. Rows are streamed; nothing is locked. `against` holds digests noted
    earlier, by number and by the name "TEAM/reads".
    """
    noted = dict(against or {})
    there = set(Sight.objects.values_list("team", flat=True).order_by("team").distinct())
    there |= {name.removesuffix(READS) for name, _ in noted if name.endswith(READS)}
    for each in sorted(there) if team is None else [team]:
        name = who.Team(each + READS)
        yield _check(who.Team(each), {number: digest for (t, number), digest in noted.items() if t == name})


def missing_guards() -> list[str]:
    """Guards of the log of reads that are not in the database, or are switched off."""
    return triggers.missing(guards(connection.vendor))


def _check(team: who.Team, noted: dict[int, str]) -> Checked:
    fitting, digest = 0, NOTHING_BEFORE
    for sight in Sight.objects.filter(team=team).order_by("number").values(*COLUMNS, "digest").iterator(AT_ONCE):
        if why := _against(sight, fitting, digest, noted):
            return Checked(team, fitting, digest, Misfit(fitting + 1, why))
        fitting, digest = sight["number"], sight["digest"]
    if later := [number for number in noted if number > fitting]:
        why = f"it is missing, and so is all up to {max(later)}, whose digest was noted"
        return Checked(team, fitting, digest, Misfit(fitting + 1, why))
    return Checked(team, fitting, digest, None)


def _against(sight: dict[str, object], last: int, digest: str, noted: dict[int, str]) -> str | None:
    if sight["number"] != last + 1:
        return f"it is missing; the next there is, is {sight['number']}"
    if sight["previous"] != digest:
        return "it does not follow the sight before: the digest of that is another"
    if digest_of(sight) != sight["digest"]:
        return "its content was changed: it does not give its digest"
    if noted.get(last + 1, sight["digest"]) != sight["digest"]:
        return "its digest is not the one that was noted: the log of reads was written anew"
    return None
