"""Who may try to sign in again just now, and signing out everywhere at once."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils.crypto import salted_hmac

from manyhands import who
from manyhands.workspace.models import FailedSignIn

noted = logging.getLogger("manyhands.signing_in")
"""A line for each sign-in, and each that failed: who is said by their identifier, and never by what was typed."""

WITHIN = timedelta(minutes=15)
FROM_ONE_PLACE = 5
"""Failed attempts for one address from one place, within that time, before it has to wait."""
FROM_ANYWHERE = 50
"""
Failed attempts for one address from anywhere. Ten times as many, so that somebody who guesses does not easily lock
out the person whose address it is.
"""


def _keys(email: str, place: str) -> tuple[tuple[str, int], ...]:
    typed = email.strip().casefold()
    return (
        (salted_hmac("manyhands.sign-in.place", f"{typed}\n{place}", algorithm="sha256").hexdigest(), FROM_ONE_PLACE),
        (salted_hmac("manyhands.sign-in.anywhere", typed, algorithm="sha256").hexdigest(), FROM_ANYWHERE),
    )


def has_to_wait(email: str, place: str, now: datetime) -> bool:
    """Whether there were too many failed attempts lately, whether or not there is such an account."""
    since = now - WITHIN
    return any(FailedSignIn.objects.filter(key=key, at__gt=since).count() >= most for key, most in _keys(email, place))


def note_failure(email: str, place: str, now: datetime) -> None:
    FailedSignIn.objects.filter(at__lte=now - WITHIN).delete()
    FailedSignIn.objects.bulk_create([FailedSignIn(key=key, at=now) for key, _ in _keys(email, place)])


def forget_failures(email: str, place: str) -> None:
    FailedSignIn.objects.filter(key=_keys(email, place)[0][0]).delete()


def end_all_sessions(person: who.Person, now: datetime) -> None:
    """Sign somebody out on every device."""
    _end(lambda kept: kept.get(SESSION_KEY) == person, now)


FROM_PROVIDER = "from-provider"
"""Where a session keeps which identity provider it came from, who that says it is, and what it calls the session."""


def end_sessions_of(issuer: str, subject: str, session: str, now: datetime) -> int:
    """End what somebody has running who came from a provider: the session that it names, or all; and how many."""

    def is_theirs(kept: dict[str, Any]) -> bool:
        came = kept.get(FROM_PROVIDER) or {}
        return (
            came.get("issuer") == issuer
            and (not subject or came.get("subject") == subject)
            and (not session or came.get("session") == session)
        )

    return _end(is_theirs, now)


BEGAN, SEEN, BROWSER = "began-at", "seen-at", "browser"
"""Where a session keeps when it began and was last used, in seconds since 1970, and in what."""
SYSTEMS = {"Windows": "Windows", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Mac OS X": "Mac"}
BROWSERS = {"Edg/": "Edge", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}


@dataclass(frozen=True, slots=True)
class Running:
    """A session that is running. `id` says which to nobody else: the key itself never leaves the server."""

    id: str
    key: str
    browser: str
    began_at: datetime
    seen_at: datetime
    this: bool


def browser_of(agent: str) -> str:
    """
    What a browser says of itself, in words that its user knows.

    >>> browser_of("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0")
    'Firefox on Windows'
    >>> browser_of("curl/8.5")
    'A browser'
    """
    browser = next((name for sign, name in BROWSERS.items() if sign in agent), "A browser")
    system = next((name for sign, name in SYSTEMS.items() if sign in agent), "")
    return f"{browser} on {system}" if system else browser


def sessions_of(person: who.Person, this: str, now: datetime) -> list[Running]:
    """Every session of somebody that is running: the one with this key first, then the last used first."""
    found = []
    for each in Session.objects.filter(expire_date__gt=now).iterator():
        kept = each.get_decoded()
        idle = now.timestamp() - kept.get(SEEN, 0) >= settings.SESSION_IDLE_SECONDS
        over = now.timestamp() - kept.get(BEGAN, 0) >= settings.SESSION_LONGEST_SECONDS
        here = each.session_key == this
        if kept.get(SESSION_KEY) != person or ((idle or over) and not here):
            continue
        found.append(
            Running(
                id=salted_hmac("manyhands.session", each.session_key, algorithm="sha256").hexdigest(),
                key=each.session_key,
                browser=kept.get(BROWSER, "A browser"),
                began_at=datetime.fromtimestamp(kept.get(BEGAN, now.timestamp()), UTC),
                seen_at=datetime.fromtimestamp(kept.get(SEEN, now.timestamp()), UTC),
                this=here,
            )
        )
    return sorted(found, key=lambda each: (not each.this, -each.seen_at.timestamp()))


def end_one_session(running: Running) -> None:
    Session.objects.filter(session_key=running.key).delete()


def _end(is_theirs: Callable[[dict[str, Any]], bool], now: datetime) -> int:
    """A session says whose it is only inside, so each that is running is opened."""
    running = Session.objects.filter(expire_date__gt=now).iterator()
    theirs = [each.session_key for each in running if is_theirs(each.get_decoded())]
    return Session.objects.filter(session_key__in=theirs).delete()[0]
