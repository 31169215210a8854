"""What has been loaded into the records, from where and when, and what could not be."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import PurePath

from joinedup.records.rows_out import Aside, Counted, Doubt, Source, Unresolved
from manyhands.exchange.records.opening import opened


@dataclass(frozen=True, slots=True)
class OfAType:
    """How many resources of one type were read, by what became of them."""

    name: str
    kept: int
    counted_only: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """The loaded records as a whole. `tables` says how many of each there are."""

    digest: str
    loaded_at: datetime
    last_contact_on: date | None
    tables: tuple[tuple[str, int], ...]
    sources: tuple[Source, ...]
    types: tuple[OfAType, ...]
    set_aside: tuple[Aside, ...]
    unresolved: tuple[Unresolved, ...]
    doubts: tuple[Doubt, ...]

    @property
    def folders(self) -> tuple[tuple[str, int], ...]:
        """The folders that the files came from, with how many from each."""
        return tuple(Counter(str(PurePath(source.source).parent) for source in self.sources).most_common())


ABOUT_CARE = (
    ("patients", "People"),
    ("organisations", "Organisations"),
    ("practitioners", "Professionals"),
    ("contacts", "Contacts"),
    ("conditions", "Conditions"),
    ("referrals", "Referrals"),
    ("care_teams", "Care teams"),
    ("care_plans", "Care plans"),
    ("goals", "Goals"),
    ("tasks", "Tasks"),
    ("appointments", "Appointments"),
    ("related_persons", "Carers and relatives"),
    ("flags", "Flags"),
)


def loaded() -> Loaded:
    """What is in the records now. Raises NoRecords."""
    store = opened()
    counts = store.counts()
    return Loaded(
        digest=store.digest,
        loaded_at=datetime.fromtimestamp(store.folder.stat().st_mtime, tz=UTC),
        last_contact_on=store.last_contact_on(),
        tables=tuple((words, counts[name]) for name, words in ABOUT_CARE if counts.get(name)),
        sources=tuple(store.sources()),
        types=_types(store.counted()),
        set_aside=tuple(store.set_aside()),
        unresolved=tuple(store.unresolved()),
        doubts=tuple(store.doubts()),
    )


def _types(counted: list[Counted]) -> tuple[OfAType, ...]:
    numbers: Counter[tuple[str, str]] = Counter()
    for each in counted:
        numbers[each.resource_type, each.outcome] += each.number
    return tuple(
        OfAType(name, numbers[name, "kept"], numbers[name, "counted only"], numbers[name, "set aside"])
        for name in sorted({name for name, _ in numbers})
    )


def store_digest() -> str:
    """The digest of what is loaded. Raises NoRecords."""
    return opened().digest
