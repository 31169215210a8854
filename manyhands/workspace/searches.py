"""
A search somebody has just made, carried by the form that it gave rise to.

The form holds a signed token (who searched, in which team, when, for what, in which records, for which
organisations) and, for each person
found, a box whose value says nothing about them and is worth nothing in another search. Whether the search may still
be looked over is for `manyhands.access` to decide.
"""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from django.core import signing
from django.http import QueryDict
from django.utils.crypto import salted_hmac

from manyhands import who
from manyhands.access import Search
from manyhands.exchange.records import Findings, Terms
from manyhands.workspace.asking import Asking

SALT = "manyhands.workspace.searches"
MOST_AT_ONCE = 1000


@dataclass(frozen=True)
class Searched:
    """What the token says: who searched, where, when, for whom, in which records, and for which organisations."""

    token: str
    by: who.Person
    team: who.Team
    made_at: datetime
    terms: Terms
    records: str
    reach: tuple[who.Organisation, ...]

    def finds_the_same(self, findings: Findings) -> bool:
        """Whether a search made now is over the same records, for the same organisations."""
        return (self.records, self.reach) == (findings.records, findings.reach)

    def search(self, findings: Findings) -> Search:
        """The basis that it gives to look over whom it found."""
        return Search(self.by, self.team, self.made_at, frozenset(each.record for each in findings.found))

    def box_of(self, record: str) -> str:
        """What the tick box of somebody found is worth."""
        return salted_hmac(SALT, f"{self.token} {record}", algorithm="sha256").hexdigest()[:24]


def begun(asking: Asking, findings: Findings) -> Searched:
    """A search that is made now."""
    said = {
        "by": asking.person,
        "team": asking.team,
        "at": asking.now.timestamp(),
        "terms": asdict(findings.terms),
        "records": findings.records,
        "reach": findings.reach,
    }
    return _from(said, signing.dumps(said, salt=SALT))


def typed(token: str) -> Searched | None:
    """The search that a form belongs to; nothing where the token is not one of ours."""
    try:
        return _from(signing.loads(token, salt=SALT), token)
    except signing.BadSignature:
        return None


def _from(said: dict, token: str) -> Searched:  # type: ignore[type-arg]  # as it was signed by us
    return Searched(
        token=token,
        by=who.Person(said["by"]),
        team=who.Team(said["team"]),
        made_at=datetime.fromtimestamp(said["at"], tz=UTC),
        terms=Terms(**said["terms"]),
        records=said["records"],
        reach=tuple(who.Organisation(each) for each in said["reach"]),
    )


def how_many(typed: QueryDict, usual: int) -> int:
    """How many people are asked to be shown."""
    text = typed.get("more") or typed.get("shown") or ""
    return min(int(text), MOST_AT_ONCE) if text.isascii() and text.isdecimal() and len(text) < 6 else usual
