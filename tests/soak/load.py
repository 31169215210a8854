"""
Three hundred people at once, doing what people do in the demo: how long each page takes, how many a second, whether
memory stays flat; and beside it, in the same run, a bare page of Django's with one query.

    python -m tests.soak.load --people 300 --minutes 10

Each of them reads a page, thinks for a while (on average `--thinking` seconds, drawn from an exponential
distribution), then goes on by one of the links on it, back to My work, or, one time in twelve, says something about a
matter. Their browsers are shared out among the demo's people. The bare page is asked for in the same way, as often,
from a server with as many workers and threads, on the same database.
"""

import argparse
import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from tests.soak.place import CSRF, ROOT, Browser, Site, environment, free_port, served, until_it_answers

LINK = re.compile(r'href="(/[^"#]*)"')
NOT_FOLLOWED = {"sign-out", "step-into", "minutes-pdf", "meeting-calendar", "letter", "stop-notices"}
"""Going away, becoming somebody else, and files."""

SAYS_SOMETHING = 1 / 12
WORKERS = 2
KEPT_OPEN = 25
"""Seconds. The server closes a connection that is left for 30; browsers then open another, as everybody here does."""


@dataclass
class Asked:
    """What one page, or the bare one, took: seconds, in the order they were asked."""

    seconds: list[float]

    def figures(self) -> dict[str, float]:
        cut = quantiles(self.seconds, n=100) if len(self.seconds) > 1 else self.seconds * 99
        return {"asked": len(self.seconds), "p50": round(cut[49], 4), "p99": round(cut[98], 4)}


class Crowd:
    """People who go on until the time is up. `step` is what one does next, given a connection; it names the page."""

    def __init__(self, port: int, minutes: float, thinking: float) -> None:
        self.port, self.thinking = port, thinking
        self.until = time.monotonic() + minutes * 60
        self.asked: dict[str, Asked] = defaultdict(lambda: Asked([]))
        self.wrong: list[str] = []
        self.lock = threading.Lock()

    def go(self, steps: list[Callable[[http.client.HTTPConnection], tuple[str, int]]]) -> None:
        threads = [threading.Thread(target=self._one, args=(n, step), daemon=True) for n, step in enumerate(steps)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _one(self, number: int, step: Callable[[http.client.HTTPConnection], tuple[str, int]]) -> None:
        chance = random.Random(number)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        time.sleep(chance.uniform(0, self.thinking))  # they do not all come at the same moment
        while time.monotonic() < self.until:
            began = time.monotonic()
            try:
                name, status = step(connection)
            except (OSError, http.client.HTTPException) as problem:
                self.wrong.append(type(problem).__name__)
                connection.close()
                continue
            took = time.monotonic() - began
            with self.lock:
                self.asked[name].seconds.append(took)
                if status not in (200, 302, 422):
                    self.wrong.append(f"{name} answered {status}")
            thinks = min(chance.expovariate(1 / self.thinking), 60)
            time.sleep(thinks)
            if thinks > KEPT_OPEN:
                connection.close()


class Visitor:
    """Somebody in the demo, where they are now."""

    def __init__(self, browser: Browser, number: int) -> None:
        self.browser, self.chance = browser, random.Random(number)
        self.page = ""

    def __call__(self, connection: http.client.HTTPConnection) -> tuple[str, int]:
        from django.urls import resolve

        matters = [link for link in LINK.findall(self.page) if re.fullmatch(r"/teams/[^/]+/matters/[^/?]+", link)]
        if matters and self.chance.random() < SAYS_SOMETHING * 4:  # on the few pages that have one
            where = self.chance.choice(matters)
            status, _ = self.browser.post(connection, where, comment="We ought to talk about this again")
            return "POST matter", status
        where = self._next()
        status, self.page = self.browser.get(connection, where)
        return str(resolve(where.partition("?")[0]).url_name), status

    def _next(self) -> str:
        from django.urls import Resolver404, resolve

        links = []
        for link in set(LINK.findall(self.page)):
            try:
                name = resolve(link.partition("?")[0]).url_name
            except Resolver404:  # a file
                continue
            if name not in NOT_FOLLOWED:
                links.append(link)
        return self.chance.choice(sorted(links)) if links and self.chance.random() < 0.8 else "/"


def loaded(people: int, minutes: float, thinking: float, residents: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="manyhands-load-", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "home"
        made = [sys.executable, "-m", "manyhands", "demo", "--prepare-only", "--home", str(home)]
        subprocess.run([*made, "--people", str(residents)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        os.environ.update(environment(f"sqlite:///{home / 'manyhands.sqlite3'}", home))
        os.environ["MANYHANDS_RECORDS"] = str(home / "records")
        browsers = _signed_in(people)
        with served(dict(os.environ), WORKERS) as site:
            crowd = Crowd(site.port, minutes, thinking)
            memory = Memory(site)
            memory.start()
            crowd.go([Visitor(browser, number) for number, browser in enumerate(browsers)])
            memory.stop()
        bare = _bare(people, minutes, thinking)
    everything = Asked([took for each in crowd.asked.values() for took in each.seconds])
    beside = Asked([took for each in bare.asked.values() for took in each.seconds])
    pages = sorted(crowd.asked.items(), key=lambda each: -len(each[1].seconds))
    return {
        "people": people,
        "minutes": minutes,
        "answers_a_second": round(len(everything.seconds) / (minutes * 60), 1),
        "all_pages": everything.figures(),
        "bare_page": beside.figures(),
        "p50_of_bare": round(everything.figures()["p50"] / beside.figures()["p50"], 1),
        "p99_of_bare": round(everything.figures()["p99"] / beside.figures()["p99"], 1),
        "wrong": len(crowd.wrong) + len(bare.wrong),
        "wrong_first": (crowd.wrong + bare.wrong)[:3],
        "memory_first_quarter_mb": memory.first_quarter(),
        "memory_last_quarter_mb": memory.last_quarter(),
        "pages": {name: asked.figures() for name, asked in pages},
    }


class Memory(threading.Thread):
    """What the processes that make pages hold, in megabytes, taken twenty times a minute."""

    def __init__(self, site: Site) -> None:
        super().__init__(daemon=True)
        self.site, self.taken, self._over = site, [], threading.Event()  # type: ignore[var-annotated]

    def run(self) -> None:
        while not self._over.wait(3):
            self.taken.append(sum(_megabytes(each) for each in self.site.makers_of_pages()))

    def stop(self) -> None:
        self._over.set()
        self.join()

    def first_quarter(self) -> float:
        """The median of the second eighth: in the first, code is read and caches fill."""
        return round(median(self.taken[len(self.taken) // 8 : len(self.taken) // 4 + 1] or [0]), 1)

    def last_quarter(self) -> float:
        return round(median(self.taken[-max(1, len(self.taken) // 4) :] or [0]), 1)


def _megabytes(process: int) -> float:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _signed_in(people: int) -> list[Browser]:
    """So many browsers, shared out among the demo's people."""
    import django

    django.setup()
    from django.test import Client

    from manyhands.people.models import Person

    theirs = list(Person.objects.filter(is_active=True).order_by("id"))
    browsers = []
    for number in range(people):
        person, client = theirs[number % len(theirs)], Client(SERVER_NAME="localhost")
        client.force_login(person)
        session = client.session
        shown = [{"method": "password", "at": time.time()}, {"method": "mfa", "type": "totp", "at": time.time()}]
        session["account_authentication_methods"] = shown
        session["account_authentication_methods_user"] = person.pk
        session.save()
        kept = "; ".join(f"{name}={value.value}" for name, value in client.cookies.items())
        browsers.append(Browser(str(person.pk), "", f"{kept}; manyhands_csrf={CSRF}"))
    return browsers


def _bare(people: int, minutes: float, thinking: float) -> Crowd:
    """The same crowd before a page of Django's with one query, and nothing else."""
    port = free_port()
    server = subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
            "--workers", str(WORKERS), "--blocking-threads", "8", "--log-level", "error", "tests.soak.bare:application",
        ],
        cwd=ROOT, env=dict(os.environ), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until_it_answers(port)
        crowd = Crowd(port, min(minutes, 2), thinking)

        def ask(connection: http.client.HTTPConnection) -> tuple[str, int]:
            connection.request("GET", "/alive", headers={"Host": "localhost"})
            answer = connection.getresponse()
            answer.read()
            return "bare", answer.status

        crowd.go([ask] * people)
        return crowd
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--people", type=int, default=300)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--thinking", type=float, default=12.0, help="seconds between two pages, on average")
    options.add_argument("--residents", type=int, default=3000, help="how many residents the demo makes up")
    chosen = options.parse_args()
    json.dump(loaded(chosen.people, chosen.minutes, chosen.thinking, chosen.residents), sys.stdout)


if __name__ == "__main__":
    main()
