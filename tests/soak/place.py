"""
A place to try things on: an empty database of its own with teams of made-up people in it, everyone signed in, and the
site served from it in processes of their own, with the settings of the site itself.
"""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).parent.parent.parent
CSRF = "soakedsoakedsoakedsoakedsoakedso"
"""What every browser here sends as its cookie and in its forms; the site compares the two."""


@dataclass(frozen=True)
class Browser:
    """Somebody who has signed in, in a team."""

    person: str
    team: str
    cookies: str

    def get(self, connection: http.client.HTTPConnection, address: str) -> tuple[int, str]:
        return self._ask(connection, "GET", address, None)

    def post(self, connection: http.client.HTTPConnection, address: str, **fields: str) -> tuple[int, str]:
        return self._ask(connection, "POST", address, urlencode({"csrfmiddlewaretoken": CSRF, **fields}))

    def _ask(
        self, connection: http.client.HTTPConnection, method: str, address: str, body: str | None
    ) -> tuple[int, str]:
        headers = {"Cookie": self.cookies, "Host": "localhost"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, address, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")


def environment(address: str, home: Path, mail: str = "") -> dict[str, str]:
    """What a process needs to be on the database at `address`. Of the demo's kind, so that cookies go without https."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "manyhands.site.settings",
        "MANYHANDS_DATABASE": address,
        "MANYHANDS_HOME": str(home),
        "MANYHANDS_SECRET_KEY": "for tests only, and nobody's secret",
        "MANYHANDS_DEMO": "1",
        "MANYHANDS_MAIL": f"smtp+plain://{mail}" if mail else "",
        "MANYHANDS_SITE": "http://localhost",
        "PYTHONPATH": os.pathsep.join([str(ROOT), *(part for part in sys.path if part)]),
    }


def made_elsewhere(surroundings: dict[str, str], teams: int, people: int) -> list[Browser]:
    """The same as `made_ready`, from a process whose own settings are others."""
    command = [sys.executable, "-m", "tests.soak.place", str(teams), str(people)]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, check=True)
    return [Browser(**each) for each in json.loads(done.stdout)]


# ---- people --------------------------------------------------------------------------------------------------------


def made_ready(teams: int, people: int) -> list[Browser]:
    """Migrate, and put teams of so many people each on file: the browsers of everyone. Django has to be set up."""
    from django.core.management import call_command
    from django.test import Client

    from manyhands import acts, who
    from manyhands.log.record import record
    from manyhands.people.models import Organisation, Person, Role, Team

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    for organisation in ("practice", "council"):
        Organisation.objects.create(id=organisation, name=f"The {organisation}")
    browsers = []
    for number in range(teams):
        team = f"team-{number}"
        Team.objects.create(id=team, name=f"Team {number}")
        members = [f"person-{number}-{which}" for which in range(people)]
        Person.objects.bulk_create(Person(id=id, name=id, email=f"{id}@example.org") for id in members)
        roles = [f"role-{id}" for id in members]
        Role.objects.bulk_create(Role(id=role, team_id=team, title=f"Role {role}") for role in roles)
        record(*_team(who.Team(team), members, roles, acts, who))
        for member in members:
            client = Client(SERVER_NAME="localhost")
            client.force_login(Person.objects.get(id=member))
            session = client.session
            shown = [{"method": "password", "at": time.time()}, {"method": "mfa", "type": "totp", "at": time.time()}]
            session["account_authentication_methods"] = shown
            session["account_authentication_methods_user"] = member
            session.save()
            kept = "; ".join(f"{name}={value.value}" for name, value in client.cookies.items())
            browsers.append(Browser(member, team, f"{kept}; manyhands_csrf={CSRF}"))
    return browsers


def _team(team: object, members: list[str], roles: list[str], acts: object, who: object) -> list[object]:
    """A team with a role for each member, a matter to talk about and a proposal to answer."""
    from django.utils import timezone

    from manyhands import acts, who

    organisation_of = {id: "council" if which % 2 else "practice" for which, id in enumerate(members)}

    def of(person: str, in_role: str | None = None) -> dict[str, object]:
        return {
            "team": team,
            "by": who.Person(person),
            "for_organisation": who.Organisation(organisation_of[person]),
            "in_role": who.Role(in_role) if in_role else None,
            "at": timezone.now(),
        }

    first, chair = members[0], roles[0]
    doing: list[object] = [
        acts.Convene(**of(first), role=who.Role(chair), kind="chair", purpose=acts.Words("To be tried"))
    ]
    for person, role in zip(members[1:], roles[1:], strict=True):
        theirs = who.Organisation(organisation_of[person])
        doing.append(acts.Invite(**of(first, chair), person=who.Person(person), organisation=theirs))
        doing.append(acts.Join(**of(person)))
        doing.append(acts.CreateRole(**of(first, chair), role=who.Role(role), organisation=theirs, kind="nurse"))
        doing.append(acts.Hold(**of(person), role=who.Role(role), person=who.Person(person)))
    doing.append(acts.Raise(**of(first, chair), matter=who.Matter("falls"), words=acts.Words("Three falls this week")))
    terms = acts.Terms(
        question=acts.Words("Shall one of us visit on behalf of all?"),
        options=(
            acts.Option(option="as-now", words=acts.Words("Carry on as now"), carry_on=True),
            acts.Option(option="weekly", words=acts.Words("One weekly visit")),
        ),
        proposed="weekly",
        affected=tuple(who.Organisation(each) for each in ("practice", "council")),
        follows=(),
        review_on=timezone.now().date() + timedelta(days=90),
        review_by=who.Role(chair),
    )
    doing.append(acts.Propose(**of(first, chair), proposal=who.Proposal("visits"), terms=terms))
    return doing


# ---- processes -----------------------------------------------------------------------------------------------------


class Site:
    """`manyhands serve` and, where there is a mail server, `manyhands notices`: started, killed, started again."""

    def __init__(self, surroundings: dict[str, str], workers: int = 2) -> None:
        self.surroundings, self.workers, self.port = surroundings, workers, free_port()
        self.web: subprocess.Popen[bytes] | None = None
        self.notices: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """
        Start what is not running, and wait until pages are answered. A server ends by itself whose workers die again
        and again; whoever watches over it starts it anew, as deploy/ has it.
        """
        self._start_web()
        if self.notices is None and self.surroundings["MANYHANDS_MAIL"]:
            self.notices = self._begin("notices", "--keep-going", "--every", "1")
        until_it_answers(self.port, meanwhile=self._start_web)

    def _start_web(self) -> None:
        if self.web is not None and self.web.poll() is not None:
            self.web = None
        if self.web is None:
            self.web = self._begin("serve", "--port", str(self.port), "--workers", str(self.workers))

    def kill_all(self) -> None:
        """As when the machine's power is cut, but for what the system has in hand: every process, at once."""
        for process in (self.web, self.notices):
            if process is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
        for process in (self.web, self.notices):
            if process is not None:
                process.wait()
        while listens(self.port):  # a worker whose parent has gone is a moment longer about it
            time.sleep(0.01)
        self.web = self.notices = None

    def kill_a_worker(self, which: int) -> None:
        """One of the processes that make pages; the server that watches over them starts another."""
        workers = self.makers_of_pages()
        with contextlib.suppress(ProcessLookupError):
            os.kill(workers[which % len(workers)], signal.SIGKILL)

    def kill_notices(self) -> None:
        if self.notices is not None:
            self.notices.kill()
            self.notices.wait()
            self.notices = None

    def makers_of_pages(self) -> list[int]:
        """
        The processes of the server's workers, as the system tells: at least one, waited for where one has just gone.
        Beside them the server has one that keeps count of what is shared. Workers may have given themselves a name.
        """
        assert self.web is not None
        until = time.monotonic() + 30
        while time.monotonic() < until:
            found = []
            for each in Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children").read_text().split():
                with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                    if (said := Path(f"/proc/{each}/cmdline").read_bytes()) and b"resource_tracker" not in said:
                        found.append(int(each))
            if found:
                return found
            time.sleep(0.05)
        raise AssertionError("no process of the server makes pages")

    def _begin(self, *command: str) -> "subprocess.Popen[bytes]":
        with (Path(self.surroundings["MANYHANDS_HOME"]) / f"{command[0]}.said").open("ab") as said:
            return subprocess.Popen(
                [sys.executable, "-m", "manyhands", *command],
                cwd=ROOT, env=self.surroundings, start_new_session=True, stdout=said, stderr=said,
            )  # fmt: skip


@contextlib.contextmanager
def served(surroundings: dict[str, str], workers: int = 2) -> Iterator[Site]:
    site = Site(surroundings, workers)
    site.start()
    try:
        yield site
    finally:
        site.kill_all()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def until_it_answers(port: int, seconds: float = 60, meanwhile: Callable[[], object] = lambda: None) -> None:
    """Raises TimeoutError where nothing answers by then."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/alive", headers={"Host": "localhost"})
            if connection.getresponse().status == 200:
                return
        meanwhile()
        time.sleep(0.02)
    raise TimeoutError(f"the site did not answer within {seconds:.0f} seconds")


if __name__ == "__main__":
    import django

    django.setup()
    json.dump([asdict(each) for each in made_ready(*map(int, sys.argv[1:]))], sys.stdout)
