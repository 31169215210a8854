"""
Killed at random moments under load: no act that somebody was told of is lost, none is half-there, every chain fits,
and no notice is lost or sent twice.

    python -m tests.soak.kills --kills 50 --chance 1     on the empty database that the environment names

People in two teams say things, raise matters and object, as fast as they are answered. An answer that leads on (302)
is an act acknowledged. At a random moment the whole site is killed, or one of its workers, or whoever sends notices,
and started again. After each kill the log is read: what was acknowledged is there, once; whatever else is there was
sent, once, and whole.
"""

import argparse
import http.client
import json
import os
import random
import sys
import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass
from itertools import count, zip_longest
from typing import TYPE_CHECKING

from tests.soak.place import Browser, Site, made_ready, served

if TYPE_CHECKING:
    from tests.notices.mailbox import Mailbox

TEAMS, PEOPLE = 2, 4
AT_MOST_BEFORE_A_KILL = 0.8  # seconds under load, once the site answers
KINDS_OF_KILL = ("everything", "everything", "everything", "worker", "notices")


@dataclass
class Figures:
    """What came of it."""

    kills: int = 0
    acknowledged: int = 0
    found: int = 0
    unanswered_and_there: int = 0
    unanswered_and_not_there: int = 0
    refused: int = 0
    pairs: int = 0
    messages: int = 0
    messages_unsure: int = 0
    seconds: float = 0.0


class Writer(threading.Thread):
    """Somebody who goes on and on, and keeps what they were told of."""

    tokens = count(1)

    def __init__(self, browser: Browser, site: Site, wrong: list[str]) -> None:
        super().__init__(daemon=True)
        self.browser, self.site, self.wrong = browser, site, wrong
        self.acknowledged: set[str] = set()
        self.sent: set[str] = set()
        self.refused = 0
        self.stop = threading.Event()
        self.chance = random.Random(browser.person)

    def run(self) -> None:
        connection = self._connection()
        while not self.stop.is_set():
            token = f"token-{next(self.tokens)}-"
            self.sent.add(token)
            try:
                status, said = self._say(connection, token)
            except (OSError, http.client.HTTPException) as cut_off:  # killed: nobody was told of anything
                if isinstance(cut_off, ConnectionRefusedError):
                    self.sent.discard(token)
                connection = self._connection()
                time.sleep(0.02)
                continue
            if status == 302:
                self.acknowledged.add(token)
            elif status in (422, 503):
                self.refused += 1
            else:
                self.wrong.append(f"answered {status}: {said[:200]}")

    def _say(self, connection: http.client.HTTPConnection, token: str) -> tuple[int, str]:
        team = f"/teams/{self.browser.team}"
        kind = self.chance.choice(("comment", "comment", "raise", "object"))
        if kind == "comment":
            return self.browser.post(connection, f"{team}/matters/falls", comment=f"{token} and so on " * 9)
        if kind == "raise":
            return self.browser.post(connection, f"{team}/matters/new", matter=token)
        fields = {"kind": "object", "because-object": token, "states": "harm-to-patients", "version": "1"}
        return self.browser.post(connection, f"{team}/proposals/visits/answer", **fields)

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)


class Wrong(AssertionError):
    """Something was lost, half-there or there twice."""


def killed(kills: int, chance: int) -> Figures:
    """Raises Wrong, naming what was lost, or what is there that should not be."""
    import django

    django.setup()
    from tests.notices.mailbox import Mailbox

    began, figures, drawn = time.monotonic(), Figures(), random.Random(chance)
    with Mailbox() as mailbox:
        os.environ["MANYHANDS_MAIL"] = f"smtp+plain://127.0.0.1:{mailbox.port}"
        browsers = made_ready(TEAMS, PEOPLE)
        _everyone_is_told_at_once(browsers)
        with served(dict(os.environ)) as site:
            wrong: list[str] = []
            writers = [Writer(browser, site, wrong) for browser in browsers]
            for writer in writers:
                writer.start()
            for _ in range(kills):
                time.sleep(drawn.uniform(0.02, AT_MOST_BEFORE_A_KILL))
                _kill(site, drawn)
                figures.kills += 1
                told = {writer.browser.person: set(writer.acknowledged) for writer in writers}
                _look(told, {token for writer in writers for token in set(writer.sent)}, figures)
                if wrong:
                    raise Wrong("; ".join(wrong[:3]))
                site.start()
            for writer in writers:
                writer.stop.set()
            for writer in writers:
                writer.join()
            site.kill_all()
        figures.refused = sum(writer.refused for writer in writers)
        acknowledged = {writer.browser.person: writer.acknowledged for writer in writers}
        _look(acknowledged, {token for writer in writers for token in writer.sent}, figures)
        _look_at_notices(mailbox, figures)
    figures.seconds = round(time.monotonic() - began, 1)
    return figures


def _kill(site: Site, drawn: random.Random) -> None:
    kind = drawn.choice(KINDS_OF_KILL)
    if kind == "everything":
        site.kill_all()
    elif kind == "worker":
        site.kill_a_worker(drawn.randrange(8))
    else:
        site.kill_notices()


def _look(told: dict[str, set[str]], sent: set[str], figures: Figures) -> None:
    """Read the whole log. `told` was taken before, so whatever is in it has to be there."""
    from manyhands import acts, who
    from manyhands.log.read import read
    from manyhands.log.verify import verify

    there: Counter[str] = Counter()
    by: dict[str, str] = {}
    figures.pairs = 0
    for number in range(TEAMS):
        recorded = list(read(who.Team(f"team-{number}")))
        _want([each.number for each in recorded] == list(range(1, len(recorded) + 1)), "a gap in the numbers")
        for each, after in zip_longest(recorded, recorded[1:]):
            words = getattr(each.act, "words", None) or getattr(each.act, "because", None) or ""
            token = str(words).split(" ", 1)[0]
            if token.startswith("token-"):
                there[token] += 1
                by[token] = each.act.by
            if isinstance(each.act, acts.Object):
                figures.pairs += 1
                whole = after is not None and isinstance(after.act, acts.TestObjection) and after.act.by == each.act.by
                _want(whole, f"half of entry {each.number} of team {number}: an objection without what it states")
    for checked in verify():
        _want(checked.misfit is None, f"{checked.team} does not verify: {checked.misfit}")
    acknowledged = {token: person for person, tokens in told.items() for token in tokens}
    lost = set(acknowledged) - set(there)
    _want(not lost, f"acknowledged and lost: {sorted(lost)[:5]} of {len(acknowledged)}")
    _want(set(there.values()) <= {1}, f"there twice: {[t for t, n in there.items() if n > 1][:5]}")
    _want(all(by[token] == person for token, person in acknowledged.items()), "recorded as another's")
    figures.acknowledged, figures.found = len(acknowledged), len(set(acknowledged) & set(there))
    figures.unanswered_and_there = len(set(there) - set(acknowledged))
    figures.unanswered_and_not_there = len(sent - set(there) - set(acknowledged))


def _everyone_is_told_at_once(browsers: list[Browser]) -> None:
    from manyhands.notices.choices_kept import keep
    from manyhands.notices.choosing import Choices, Way
    from manyhands.notices.kinds import Sort

    for browser in browsers:
        keep(browser.person, Choices(ways=dict.fromkeys(Sort, Way.AT_ONCE)))


def _look_at_notices(mailbox: "Mailbox", figures: Figures) -> None:
    """Whoever comes next does the rest; then every matter was told once to everyone else, by one message."""
    from datetime import UTC, datetime, timedelta

    from django.conf import settings

    from manyhands import acts, who
    from manyhands.exchange.email import rounds
    from manyhands.log.read import read
    from manyhands.notices.gathering import Reader, behind
    from manyhands.notices.models import Letter, Notice
    from manyhands.site import mail

    settings.MAIL = os.environ["MANYHANDS_MAIL"]
    for name, value in mail.from_address(settings.MAIL).items():
        setattr(settings, name, value)
    for _ in range(5):
        rounds.go_round(Reader(), datetime.now(UTC) + timedelta(minutes=10))
    arrived = Counter(message["Message-ID"].strip("<>").partition("@")[0] for message in mailbox.taken)
    state = dict(Letter.objects.values_list("id", "state"))
    _want(behind() == 0, "acts that nobody was told of")
    _want(set(arrived.values()) <= {1}, f"sent twice: {[m for m, n in arrived.items() if n > 1][:5]}")
    _want(set(arrived) <= set(state), "a message that nobody wrote down")
    _want(set(state.values()) <= {"sent", "unknown"}, f"messages left: {Counter(state.values())}")
    called_sent = {id for id, how in state.items() if how == "sent"}
    _want(called_sent <= set(arrived), "a message called sent that did not arrive")
    told = Counter(Notice.objects.filter(kind="raised").values_list("person", "which"))
    expected = set()
    for number in range(TEAMS):
        raised = [r.act for r in read(who.Team(f"team-{number}")) if isinstance(r.act, acts.Raise)]
        members = {f"person-{number}-{which}" for which in range(PEOPLE)}
        expected |= {(person, act.matter) for act in raised for person in members - {act.by}}
    untold, more = len(expected - set(told)), len(set(told) - expected)
    _want(set(told) == expected, f"{untold} of {len(expected)} not told, {more} more")
    _want(set(told.values()) <= {1}, "told twice")
    figures.messages, figures.messages_unsure = len(arrived), len(state) - len(called_sent)


def _want(true: bool, otherwise: str) -> None:
    if not true:
        raise Wrong(otherwise)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--chance", type=int, default=1, help="what the random moments are drawn with")
    chosen = options.parse_args()
    json.dump(asdict(killed(chosen.kills, chosen.chance)), sys.stdout)


if __name__ == "__main__":
    main()
