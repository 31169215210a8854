"""
Sixty people in one meeting's page at once: how long after an act was recorded each of them has it on their screen.

    python -m benchmarks.meeting PLACE     on the database that the environment names

The site is served as `manyhands serve` does, with two workers. Sixty browsers ask once a second, as the page does, each
begun at another moment of that second; an act is recorded every 0.7 seconds for 40 seconds. Measured from the moment
that the act is kept to the last byte of the answer that shows it. Beside it, the second that passes until a browser
asks.
"""

import http.client
import os
import re
import subprocess
import sys
import threading
import time
from statistics import quantiles

import django

from benchmarks.results import Result, told

PEOPLE, FOR_SECONDS, EVERY, BETWEEN_ACTS = 60, 40.0, 1.0, 0.7
TEAM, MEETING = "meets", "hour"


def main(place: str) -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    cookies = _the_room()
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "manyhands", "serve", "--port", str(port), "--workers", "2"], stdout=subprocess.DEVNULL
    )
    try:
        _until_it_answers(port)
        waits, asked = _measured(port, cookies)
    finally:
        server.terminate()
        server.wait()
    percentiles = quantiles(waits, n=100)
    note = f"{len(waits):,} changes seen by {PEOPLE} people; {asked / FOR_SECONDS:.0f} answers a second"
    beside = "until a browser asks again, at most"
    load = f"load average {os.getloadavg()[0]:.1f}, this measuring included"
    told(
        [
            Result("A change in a meeting, on 60 screens: median", place, percentiles[49], EVERY, "s", beside, note),
            Result("The same: 99th percentile", place, percentiles[98], EVERY, "s", beside, load),
        ]
    )


def _the_room() -> list[str]:
    """A team of sixty, all in the meeting; the session of each."""
    from datetime import timedelta

    from django.test import Client
    from django.utils import timezone

    from manyhands import acts, who
    from manyhands.log.record import record
    from manyhands.people.models import Organisation, Person, Role, Team

    Team.objects.update_or_create(id=TEAM, defaults={"name": "A team of sixty"})
    Organisation.objects.update_or_create(id="practice", defaults={"name": "Practice"})
    Role.objects.update_or_create(id="chair", defaults={"team_id": TEAM, "title": "Chair"})
    at = timezone.now()

    def of(person: str, in_role: str | None = None) -> dict[str, object]:
        role = who.Role(in_role) if in_role else None
        return {"team": TEAM, "by": person, "for_organisation": "practice", "in_role": role, "at": timezone.now()}

    people = [f"person-{number}" for number in range(PEOPLE)]
    for person in people:
        Person.objects.update_or_create(id=person, defaults={"name": person, "email": f"{person}@example.org"})
    first = people[0]
    doing: list[acts.Act] = [
        acts.Convene(**of(first), role=who.Role("chair"), kind="chair", purpose=acts.Words("To meet"))  # type: ignore[arg-type]
    ]
    for person in people[1:]:
        doing.append(acts.Invite(**of(first), person=who.Person(person), organisation=who.Organisation("practice")))  # type: ignore[arg-type]
        doing.append(acts.Join(**of(person)))  # type: ignore[arg-type]
    items = tuple(
        acts.AgendaItem(item=who.AgendaItem(f"t{n}"), about=acts.About.TOPIC, words=acts.Words(f"Topic {n}"))
        for n in range(12)
    )
    meeting = who.Meeting(MEETING)
    doing.append(
        acts.CallMeeting(
            **of(first, "chair"),  # type: ignore[arg-type]
            meeting=meeting,
            called=acts.Words("Our hour"),
            starts_at=at + timedelta(hours=1),
            minutes=60,
        )
    )
    doing.append(acts.Circulate(**of(first, "chair"), meeting=meeting, items=items))  # type: ignore[arg-type]
    doing += [acts.Attend(**of(person), meeting=meeting, person=who.Person(person)) for person in people]  # type: ignore[arg-type]
    record(*doing)  # type: ignore[arg-type]
    sessions = []
    for person in people:
        client = Client(SERVER_NAME="localhost")
        client.force_login(Person.objects.get(id=person))
        sessions.append("; ".join(f"{name}={value.value}" for name, value in client.cookies.items()))
    return sessions


def _measured(port: int, cookies: list[str]) -> tuple[list[float], int]:
    """How long each change took to each screen, and how many answers there were."""
    from manyhands import acts, who
    from manyhands.log.read import last_number
    from manyhands.log.record import record

    kept: dict[int, float] = {}
    waits: list[float] = []
    answers = [0] * len(cookies)
    begun = last_number(who.Team(TEAM))
    until = time.monotonic() + FOR_SECONDS
    lock = threading.Lock()

    def look(which: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        time.sleep(EVERY * which / len(cookies))
        known = begun
        while time.monotonic() < until:
            started = time.monotonic()
            address = f"/teams/{TEAM}/meetings/{MEETING}/now?since={known}"
            connection.request("GET", address, headers={"Cookie": cookies[which], "Host": "localhost"})
            answer = connection.getresponse()
            body = answer.read().decode()
            seen_at = time.monotonic()
            answers[which] += 1
            assert answer.status in (200, 204), f"answered {answer.status}"
            if found := re.search(r"now\?since=(\d+)", body):
                new = int(found.group(1))
                with lock:
                    waits.extend(seen_at - kept[n] for n in range(known + 1, new + 1) if n in kept)
                known = new
            time.sleep(max(0.0, started + EVERY - time.monotonic()))

    watching = [threading.Thread(target=look, args=(which,)) for which in range(len(cookies))]
    for each in watching:
        each.start()
    from django.utils import timezone

    number = begun
    while time.monotonic() < until - 2 * EVERY:
        item = who.AgendaItem(f"t{number % 12}")
        act = acts.Conclude(
            team=who.Team(TEAM),
            by=who.Person("person-0"),
            for_organisation=who.Organisation("practice"),
            in_role=who.Role("chair"),
            at=timezone.now(),
            meeting=who.Meeting(MEETING),
            item=item,
            outcome=acts.ItemOutcome.NOTED,
            words=acts.Words(f"Said at {number}"),
        )
        (entry,) = record(act)
        with lock:
            kept[entry.number] = time.monotonic()
        number = entry.number
        time.sleep(BETWEEN_ACTS)
    for each in watching:
        each.join()
    return waits, sum(answers)


def _free_port() -> int:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _until_it_answers(port: int) -> None:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/sign-in", headers={"Host": "localhost"})
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the site did not begin to answer")


if __name__ == "__main__":
    os.environ.setdefault("MANYHANDS_DEMO", "1")
    main(sys.argv[1])
