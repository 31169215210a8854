"""
Whether everything recorded is still as it was recorded; and if not, the first entry that does not fit, and why.

Entries are streamed (`walk.py`), so that memory stays flat however many there are. Nothing is locked: acts can be
recorded, and words removed, while this runs.

A chain that fits proves that nothing before its last digest was changed. It cannot prove that nothing was cut off
its end, or that it was not written anew from some point on by somebody who could: for that, note the last digests
somewhere else from time to time (the papers of a meeting will do) and check `against` them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from manyhands import who
from manyhands.log import wording
from manyhands.log.chain import NOTHING_BEFORE, digest_of, digest_of_words, moment
from manyhands.log.models import Entry, Wording
from manyhands.log.walk import Step, in_step, one_by_one


@dataclass(frozen=True, slots=True)
class Misfit:
    """The first entry of a team that does not fit, and why."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A team's chain: how many entries of it fit, the digest of the last one that does, and what does not fit."""

    team: who.Team
    fitting: int
    digest: str
    misfit: Misfit | None


def verify(
    team: who.Team | None = None, number: int | None = None, against: Mapping[tuple[who.Team, int], str] | None = None
) -> Iterator[Checked]:
    """
    Check every team, or one, or one up to an entry. `against` holds digests noted earlier, by team and number.
    """
    noted: dict[who.Team, dict[int, str]] = defaultdict(dict)
    for (named, at), digest in (against or {}).items():
        if team in (None, named):
            noted[named][at] = digest
    for each in _teams() if team is None else [team]:
        yield _check(each, number, noted.pop(each, {}))
    for each in noted:  # nothing at all is left of these
        yield _check(each, number, noted[each])


def _teams() -> Iterator[who.Team]:
    """Every team there are entries or words of."""
    entries, words = (model.objects.values_list("team").order_by() for model in (Entry, Wording))
    return (who.Team(team) for (team,) in entries.union(words).order_by("team").iterator())


def _check(team: who.Team, up_to: int | None, noted: dict[int, str]) -> Checked:
    try:
        with closing(in_step(team, up_to)) as steps:
            return _follow(team, steps, up_to, noted)
    except (TypeError, ValueError):  # something cannot even be read: look again, to see which entry it is
        return _follow(team, one_by_one(team, up_to), up_to, noted)


def _follow(team: who.Team, steps: Iterable[Step], up_to: int | None, noted: dict[int, str]) -> Checked:
    """Follow the chain from its first entry to its last, or to the first that does not fit."""
    fitting, digest = 0, NOTHING_BEFORE
    erased: dict[int, str] = {}
    for entry, words in steps:
        if entry is None:
            return Checked(team, fitting, digest, Misfit(fitting + 1, "it, or its words, cannot be read"))
        why = (
            _against_place(entry, fitting, digest)
            or _against_content(entry)
            or _against_words(entry, words, erased)
            or _against_note(entry, noted)
        )
        if why:
            return Checked(team, fitting, digest, Misfit(fitting + 1, why))
        fitting, digest = entry.number, entry.digest
    misfit = _never_withheld(team, erased) or _beyond_the_end(team, fitting, up_to, noted)
    return Checked(team, fitting, digest, misfit)


def _against_place(entry: Entry, last: int, digest: str) -> str | None:
    if entry.number != last + 1:
        return f"it is missing; the next there is, is {entry.number}"
    if entry.previous != digest:
        return "it does not follow the entry before: the digest of that is another"
    return None


def _against_content(entry: Entry) -> str | None:
    if not _gives_its_digest(entry):
        return "its content was changed: it does not give its digest"
    try:
        act = wording.fields_of(entry.payload)
        repeated = (act["team"], act["at"], act["by"], act["together"])
    except wording.DoesNotFit as problem:
        return str(problem)
    if repeated != (entry.team, moment(entry.at), entry.by, entry.together):
        return "its columns say something else than its payload"
    return None


def _gives_its_digest(entry: Entry) -> bool:
    try:
        return digest_of(entry) == entry.digest
    except (AttributeError, TypeError, ValueError):  # SQLite keeps any nonsense where a moment or a text should be
        return False


def _against_words(entry: Entry, words: Iterable[Wording], erased: dict[int, str]) -> str | None:
    """
    Every digest of words in the payload has its words, and there are no other words. Words that are gone are put
    into `erased`, to be held against the acts that say so once the whole chain is seen to fit.
    """
    beside = {row.place: row for row in words}
    fields = wording.fields_of(entry.payload)
    for place in wording.places(fields):
        row = beside.pop(place, None)
        if row is None:
            return f"its words at {place} are missing, though only erasing is allowed"
        if row.text is None or row.salt is None:
            erased[entry.number] = place
        elif digest_of_words(row.salt, row.text) != wording.find(fields, place)[2]:
            return f"its words at {place} were changed: they do not give their digest"
    for place in beside:
        return f"there are words at {place} that it does not refer to"
    return None


def _never_withheld(team: who.Team, erased: dict[int, str]) -> Misfit | None:
    """The first entry whose words are gone without an act that says so. Asked last: it may have just been recorded."""
    if not erased:
        return None
    said = Entry.objects.filter(team=team, name="withhold").values_list("payload", flat=True)
    withheld = {wording.fields_of(payload).get("number") for payload in said}
    for number, place in erased.items():
        if number not in withheld:
            return Misfit(number, f"its words at {place} are missing, though never withheld")
    return None


def _against_note(entry: Entry, noted: dict[int, str]) -> str | None:
    if noted.get(entry.number, entry.digest) != entry.digest:
        return "its digest is not the one that was noted: the log was written anew"
    return None


def _beyond_the_end(team: who.Team, last: int, up_to: int | None, noted: dict[int, str]) -> Misfit | None:
    """What shows that there were more entries: a note of a later digest, being asked for, or words of later ones."""
    later = [number for number in noted if number > last and (up_to is None or number <= up_to)]
    if later:
        return Misfit(last + 1, f"it is missing, and so is all up to {max(later)}, whose digest was noted")
    if up_to is not None:
        return Misfit(last + 1, "it is not there") if up_to > last else None
    its_entry = Entry.objects.filter(team=team, number=OuterRef("number"))
    words = Wording.objects.filter(~Exists(its_entry), team=team).order_by("number").only("number").first()
    return None if words is None else Misfit(words.number, "it is missing, and words of it are there")
