"""
Telling people what waits for them, and putting agendas before everyone that nobody has, from the command line: once, on
and on, or beside the demo.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import click
from django.conf import settings
from django.utils import timezone

from manyhands.exchange.email import rounds
from manyhands.notices import letters
from manyhands.notices.gathering import Reader
from manyhands.workspace.agendas import put_before_everyone

Say = Callable[[str], object]

NO_MAIL = "No mail server is set, so nothing is sent: set MANYHANDS_MAIL (manyhands/site/mail.py says how)."


def _know_where_links_lead() -> None:
    """Raises click.ClickException where messages would go out with links to this machine."""
    if settings.MAIL.startswith("smtp") and "MANYHANDS_SITE" not in os.environ:
        raise click.ClickException(
            "Say where links in messages lead, or people get links to their own machines: "
            "MANYHANDS_SITE=https://manyhands.example.org"
        )


def once(say: Say) -> None:
    _know_where_links_lead()
    put_before_everyone(timezone.now())
    done = rounds.go_round(Reader())
    if not settings.MAIL:
        say(NO_MAIL)
    say(f"{done.noted} notices, {done.written} messages made, {done.sent} sent.")


def keep_going(every: int, say: Say) -> None:
    """Until Ctrl-C or SIGTERM, which end it between two rounds or while it waits; a kill may come at any moment."""
    _know_where_links_lead()
    told_to_stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: told_to_stop.set())
    if not settings.MAIL:
        say(NO_MAIL)
    say(f"Telling people what waits for them, every {every} seconds. Ctrl-C stops it.")
    rounds.keep_going(timedelta(seconds=every), told_to_stop.wait, put_before_everyone)


@contextmanager
def beside(every: int) -> Iterator[None]:
    """Go on in a thread beside something else, until that ends."""
    told_to_stop = threading.Event()
    going = threading.Thread(
        target=rounds.keep_going,
        args=(timedelta(seconds=every), told_to_stop.wait, put_before_everyone),
        daemon=True,
        name="notices",
    )
    going.start()
    try:
        yield
    finally:
        told_to_stop.set()
        going.join(timeout=10)


def say_status(say: Say) -> None:
    """How things stand: numbers, and of each message that is stuck who it is to by their identifier, and why."""
    now = rounds.status()
    if not settings.MAIL:
        say(NO_MAIL)
    say(f"{now.behind} acts not read yet, {now.to_send} notices to be sent.")
    say("Messages: " + (", ".join(f"{number} {state}" for state, number in now.letters.items()) or "none") + ".")
    for letter in now.stuck:
        say(
            f"  {letter.id}  {letter.state} ({letter.said})  to {letter.person_id}"
            f"  made {letter.made_at:%Y-%m-%d %H:%M}Z"
        )
    if now.stuck:
        say("Find out whether they arrived; then: manyhands notices --send-again MESSAGE, or --give-up MESSAGE")


def decide(send_again: str | None, give_up: str | None) -> None:
    """Raises click.ClickException for a message that is not stuck."""
    if send_again and not letters.send_again(send_again, timezone.now()):
        raise click.ClickException(
            f"{send_again} is no message that could be sent again: see manyhands notices --status"
        )
    if give_up and not letters.give_up(give_up):
        raise click.ClickException(f"{give_up} is no message that could be given up: see manyhands notices --status")
