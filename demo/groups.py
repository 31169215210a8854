"""
Whom a team looks after, from the records that were loaded.

    in pieces    people found by the search at a day (`joinedup find`), whom an organisation of the team has seen, those
                 of the team's practices first
    the list     people whose recorded care team is the neighbourhood team, since when, and until when

Over records that are not ours there is no recorded neighbourhood team, so there is no list; nothing says which of the
organisations in them are the team's; and the search is loosened, step by step, until it finds anybody.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from demo.place import NeighbourhoodTeam
from joinedup.find import Findings, Found, find
from joinedup.records.store import Store
from joinedup.rule import Rule
from manyhands import acts, who
from manyhands.exchange.records.finding import OF_OURS
from manyhands.exchange.records.reaching import keys_of

AT_MOST = 24
"""How many people are put into one group: as many as a team could ring in a few weeks."""

SEARCHES = (
    Rule(aged=65, conditions=4, organisations=3, within_months=24),
    Rule(aged=65, conditions=4, organisations=2, within_months=24),
    Rule(aged=65, conditions=2, organisations=2, within_months=60),
    Rule(aged=18, conditions=1, organisations=2, within_months=120),
    Rule(aged=0, conditions=0, organisations=1, within_months=120),
)
"""The search as it is meant, and looser ones for records of few people or of long ago."""
ENOUGH = 8
TERMS = ("aged", "conditions", "organisations", "within_months")


@dataclass(frozen=True, slots=True)
class Chosen:
    """People for a group: the rule, what the search found, and each person's key with the reason they are there."""

    rule: acts.GroupRule
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OnTheList:
    """Somebody on a team's list: their key in the records, since when, and until when if that is past."""

    record: str
    since: date
    until: date | None


def in_pieces(
    store: Store,
    as_at: date,
    practices: Sequence[str],
    organisations: Collection[who.Organisation],
    leave_out: Sequence[str] = (),
    *,
    looser: int = 0,
    half: int = 0,
) -> Chosen | None:
    """
    People found on a day whom one of the `organisations` has seen, at most `AT_MOST`, nobody of `leave_out` among them;
    None when no search finds anybody. Where the records know none of the organisations, everybody found is taken.

    Those of the `practices` are chosen where there are any. Where there are none, as in records that are not ours, the
    two teams take every other person: `half` is 0 or 1. `looser` begins so many steps down the searches.
    """
    last = store.last_contact_on()
    if last is None:
        return None
    ours = keys_of(organisations, store)
    best: tuple[Findings, list[Found], int] | None = None
    for search in SEARCHES[looser:]:
        findings = find(store, search.at(min(as_at, last)))
        within = [each for each in findings.found if not ours or not ours.isdisjoint(each.organisation_keys)]
        people = [each for each in within if each.patient not in leave_out]
        if people and (best is None or len(people) > len(best[1])):
            best = findings, people, len(within)
        if len(people) >= ENOUGH:
            break
    if best is None:
        return None
    findings, people, found = best
    sentence, terms = findings.rule.sentence(), [(name, str(getattr(findings.rule, name))) for name in TERMS]
    if ours:
        sentence = sentence.removesuffix(".") + OF_OURS
        terms.append(("seen by one of", ", ".join(sorted(organisations))))
    records = store.patients([each.patient for each in people])
    here = {each.patient for each in records if each.general_practice in practices}
    chosen = [each for each in people if each.patient in here] or people[half::2] or people
    return Chosen(
        acts.GroupRule(
            sentence=sentence,
            terms=tuple(terms),
            as_at=findings.as_at,
            found=found,
            considered=findings.considered,
            records=findings.store_digest,
        ),
        tuple((each.patient, each.reason) for each in chosen[:AT_MOST]),
    )


_ON_THE_LIST = """
SELECT patient, CAST(started_at AS DATE) AS since, CAST(ended_at AS DATE) AS until
FROM care_teams WHERE name = $name AND patient IS NOT NULL AND started_at IS NOT NULL
ORDER BY started_at, patient
"""


def the_list(store: Store, team: NeighbourhoodTeam) -> tuple[OnTheList, ...]:
    """Everybody whose recorded care team is this one, those longest on it first."""
    rows = store.query(_ON_THE_LIST, name=team.name).to_pylist()
    return tuple(OnTheList(row["patient"], row["since"], row["until"]) for row in rows)


def list_rule(store: Store, team: NeighbourhoodTeam, on: Sequence[OnTheList], as_at: date) -> acts.GroupRule:
    """The rule of the group of those on the list on a day."""
    return acts.GroupRule(
        sentence=f"People whose recorded care team is the {team.name}.",
        terms=(("care team", team.name),),
        as_at=as_at,
        found=len(on),
        considered=store.counts()["patients"],
        records=store.digest,
    )
