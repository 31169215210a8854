"""
Processes that make pages keep nothing that another would need: two of them behind a proxy, each request to the other
one than the last, with a meeting open across both; and one of them killed in the middle of it.
"""

import http.client
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.soak import databases, proxy
from tests.soak.place import Browser, Site, environment, made_elsewhere, served
from tests.workspace.reading import plain

pytestmark = pytest.mark.database

HERE = ZoneInfo("Europe/London")
OWN_TO_A_PAGE = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|data-seconds="\d+"')


class Room:
    """The people of one team, who ask through the proxy, or one server itself."""

    def __init__(self, browsers: list[Browser], port: int) -> None:
        self.browsers, self.port = browsers, port

    def get(self, who: int, address: str, port: int = 0) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=60)
        return self.browsers[who].get(line, address)

    def press(self, who: int, address: str, do: str, **fields: str) -> int:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        return self.browsers[who].post(line, address, do=do, **fields)[0]

    def call_a_meeting(self) -> str:
        """Its address. It begins within the hour."""
        starts = datetime.now(HERE) + timedelta(minutes=30)
        day = {"on-day": f"{starts.day}", "on-month": f"{starts.month}", "on-year": f"{starts.year}"}
        typed = {"called": "Our weekly hour", "at": f"{starts:%H:%M}", "minutes": "60", "where": "The library", **day}
        before = self._meetings()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        status, said = self.browsers[0].post(line, f"/teams/{self.browsers[0].team}/meetings/new", **typed)
        assert status == 302, plain(said)
        (called,) = self._meetings() - before
        return called

    def _meetings(self) -> set[str]:
        all_of_them = f"/teams/{self.browsers[0].team}/meetings"
        return set(re.findall(rf'href="({all_of_them}/[\w-]+)"', self.get(0, all_of_them)[1])) - {f"{all_of_them}/new"}


@contextmanager
def two_processes(tmp_path, people: int) -> Iterator[tuple[Room, Site, Site, proxy.Proxy]]:
    """A team of so many in a room before a proxy, and the two servers behind it."""
    surroundings = environment(databases.an_empty_one(tmp_path), tmp_path)
    browsers = made_elsewhere(surroundings, teams=1, people=people)
    with (
        served(surroundings, workers=1) as first,
        served(surroundings, workers=1) as second,
        proxy.before([first.port, second.port]) as between,
    ):
        yield Room(browsers, between.port), first, second, between


def test_a_meeting_goes_on_across_two_processes_and_through_the_death_of_one(tmp_path):
    with two_processes(tmp_path, people=4) as (room, first, second, between):

        def the_same_on_both(who: int) -> str:
            """What a server shows of the meeting, which is what the other shows."""
            one, other = (
                OWN_TO_A_PAGE.sub("", room.get(who, f"{meeting}/now?since=0", port)[1])
                for port in (first.port, second.port)
            )
            assert one == other
            return plain(one)

        # Called by one server, opened by the other; each comes in through another than the last.
        meeting = room.call_a_meeting()
        assert room.press(0, meeting, "attend", part="records") == 302
        assert "You are in" in plain(room.get(0, meeting)[1]) or "Records" in the_same_on_both(0)
        for who in (1, 2, 3):
            assert room.press(who, meeting, "attend", part="takes-part") == 302
        assert all(f"person-0-{who}" in the_same_on_both(3) for who in range(4))

        # What one server was told, the other says at once to whoever asks whether anything changed; and then nothing.
        assert room.press(0, meeting, "put-on", topic="Parking at the surgery") == 302
        assert "Parking at the surgery" in the_same_on_both(2)
        since = re.findall(r"now\?since=(\d+)", room.get(2, meeting)[1])[0]
        for port in (first.port, second.port):
            assert room.get(2, f"{meeting}/now?since={since}", port)[0] == 204
        assert min(between.passed_on.values()) > 3

        # All four press at once, on both.
        def puts_on(who: int) -> None:
            for number in range(5):
                while room.press(who, meeting, "put-on", topic=f"Topic {who} {number}!") != 302:
                    pass

        together = [threading.Thread(target=puts_on, args=(who,)) for who in range(4)]
        for thread in together:
            thread.start()
        for thread in together:
            thread.join()
        shown = the_same_on_both(1)
        assert all(f"Topic {who} {number}!" in shown for who in range(4) for number in range(5))

        # One dies. Whoever is in the meeting does not notice.
        first.kill_all()
        assert room.press(3, meeting, "put-on", topic="Said while one was away") == 302
        assert "Said while one was away" in plain(room.get(1, meeting)[1])
        first.start()
        assert "Said while one was away" in the_same_on_both(1)


def test_what_is_said_after_a_press_and_the_end_of_a_session_hold_on_the_other_process(tmp_path):
    with two_processes(tmp_path, people=2) as (room, first, second, _):
        meeting = room.call_a_meeting()
        assert room.press(0, meeting, "attend", part="records") == 302
        assert room.press(0, meeting, "put-on", topic="Keys") == 302
        assert "It is on the agenda" in plain(room.get(0, meeting)[1])

        for port in (first.port, second.port):
            assert room.get(1, meeting, port)[0] == 200
        line = http.client.HTTPConnection("127.0.0.1", first.port, timeout=60)
        assert room.browsers[1].post(line, "/sign-out")[0] == 302
        for port in (first.port, second.port):
            assert room.get(1, meeting, port)[0] == 302  # to the page for signing in
