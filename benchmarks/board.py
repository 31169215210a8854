"""
A page of the board when the team has 10 acts and when it has 10,000, with the number of its queries.

    python -m benchmarks.board PLACE     on the database that the environment names
"""

import sys
import time
from dataclasses import dataclass
from statistics import median

import django

from benchmarks.results import Result, told

FEW, MANY, TIMES = 10, 10_000, 30


@dataclass(frozen=True, slots=True)
class Seen:
    """How long the page took when nothing was kept in memory, how long again, and how often it asked the database."""

    first_ms: float
    again_ms: float
    queries: int


def main(place: str) -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    _names()
    few, many = _seen(FEW), _seen(MANY)
    queries = f"{many.queries} queries, and {few.queries} at {FEW} acts"
    beside = f"at {FEW} acts"
    told(
        [
            Result(f"The board at {MANY:,} acts", place, many.again_ms, few.again_ms, "ms", beside, queries),
            Result(f"The board at {MANY:,} acts, nothing kept", place, many.first_ms, few.first_ms, "ms", beside),
        ]
    )


def _names() -> None:
    """Somebody who can sign in, and what everything is called."""
    from benchmarks.history import ORGANISATIONS
    from manyhands.people.models import Organisation, Person

    for name in ORGANISATIONS:
        Organisation.objects.update_or_create(id=name, defaults={"name": name.title()})
        for person in (f"holder-{name}", f"deputy-{name}"):
            Person.objects.update_or_create(id=person, defaults={"name": person, "email": f"{person}@example.org"})


def _seen(how_many: int) -> Seen:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from benchmarks.history import ORGANISATIONS, History
    from manyhands import who
    from manyhands.log.kept import SHELF
    from manyhands.log.record import record
    from manyhands.people.models import Person, Role, Team

    team = who.Team(f"of-{how_many}")
    Team.objects.update_or_create(id=team, defaults={"name": f"A team of {how_many} acts"})
    for name in ORGANISATIONS:
        Role.objects.update_or_create(id=f"role-{name}", defaults={"team_id": team, "title": name.title()})
    history = History(team).first(how_many)
    for i in range(0, how_many, 500):
        record(*history[i : i + 500])
    client = Client(SERVER_NAME="localhost")
    client.force_login(Person.objects.get(id=f"holder-{ORGANISATIONS[0]}"))

    def page() -> float:
        began = time.perf_counter()
        answer = client.get(f"/teams/{team}/")
        took = time.perf_counter() - began
        assert answer.status_code == 200, f"the board answered {answer.status_code}"
        return took * 1000

    page()  # templates are read
    SHELF.forget()
    first = page()
    again = median(page() for _ in range(TIMES))
    with CaptureQueriesContext(connection) as captured:
        page()
    return Seen(first, again, len(captured))


if __name__ == "__main__":
    main(sys.argv[1])
