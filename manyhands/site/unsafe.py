"""
Whether the settings are safe for real people. Where they are not the site does not start, and says which and why.

It is taken to be for real when MANYHANDS_PRODUCTION is 1, or when it answers to names beyond this machine and is not
the demo. On one's own machine, without either, anything can be tried out.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from manyhands.site.mail import ON_THIS_MACHINE

SHORTEST_KEY = 32
"""Characters. `secrets.token_urlsafe(50)`, which the messages recommend, makes 67."""

FEWEST_DIFFERENT = 12
"""Different characters in a key: a made-up one of that length has more, "change-me-change-me-…" has fewer."""


class Unsafe(ImproperlyConfigured):
    """Settings with which the site does not start, each named."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(["These settings are not safe for real people:", *(f"- {r}" for r in reasons)]))


def for_real(settings: Any) -> bool:
    """Whether real people are to use it, as far as the settings say."""
    beyond = [host for host in settings.ALLOWED_HOSTS if host.strip("[]") not in ON_THIS_MACHINE]
    return bool(settings.PRODUCTION or (beyond and not settings.DEMO))


def reasons(settings: Any) -> Iterator[str]:
    """Every setting that is unsafe for real people, with what to do; nothing where the site is only tried out."""
    if not for_real(settings):
        return
    if settings.DEBUG:
        yield "MANYHANDS_DEBUG is 1: pages of errors would show what people wrote. Take it away."
    if settings.DEMO:
        yield "MANYHANDS_DEMO is 1: anybody could step into anybody. Take it away, and begin with an empty database."
    yield from _of_the_key(settings.SECRET_KEY)
    yield from _of_the_way_there(settings)
    yield from _of_the_database(settings.DATABASES["default"])
    yield from _of_mail(settings)
    if settings.LOG_LEVEL == "DEBUG":
        yield "MANYHANDS_LOG_LEVEL is DEBUG: libraries would write what they handle into the log. INFO is the most."


def _of_the_key(key: str) -> Iterator[str]:
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_DIFFERENT or key.startswith("django-insecure-"):
        yield (
            "MANYHANDS_SECRET_KEY could be guessed, and whoever does can sign in as anybody. "
            "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )


def _of_the_way_there(settings: Any) -> Iterator[str]:
    if any(host.startswith(("*", ".")) for host in settings.ALLOWED_HOSTS):
        yield "MANYHANDS_ADDRESSES allows any name (* or a leading dot). List the names that the site answers to."
    if not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        yield "Cookies would travel without https. MANYHANDS_DEMO or MANYHANDS_DEBUG does that: take it away."
    if not settings.SECURE_PROXY_SSL_HEADER:
        yield (
            "MANYHANDS_BEHIND_PROXY is not 1: this server speaks no https itself, so pages would go out in the clear. "
            "Put a proxy before it that does, and that always sets X-Forwarded-Proto (deploy/ has one)."
        )
    site = urlsplit(settings.SITE)
    if site.scheme != "https" or site.hostname in ON_THIS_MACHINE:
        yield f"MANYHANDS_SITE is {settings.SITE}: links in messages need the address that people use, with https."


def _of_the_database(database: dict[str, Any]) -> Iterator[str]:
    host = str(database.get("HOST") or "")
    elsewhere = host and not host.startswith("/") and host not in ON_THIS_MACHINE
    if elsewhere and "sslmode" not in database["OPTIONS"]:
        yield (
            f"MANYHANDS_DATABASE is on another machine ({host}) and does not say how the way there is kept safe. "
            "Add ?sslmode=verify-full, or say sslmode=disable where only these two machines share the network."
        )


def _of_mail(settings: Any) -> Iterator[str]:
    if not settings.MAIL:
        yield "MANYHANDS_MAIL is not set: nobody would be told of what waits for them. Name the mail server."
    elif settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        yield "MANYHANDS_MAIL_FROM is nobody's address: mail servers refuse messages from it. Say whom they are from."


def too_many_for_sqlite(settings: Any) -> Iterator[str]:
    """The embedded database has no second wall between organisations: with several it is refused for real people."""
    from manyhands.people.models import Organisation

    if not (settings.EMBEDDED and for_real(settings)):
        return
    try:
        several = Organisation.objects.filter(people__is_active=True).distinct().count()
    except DatabaseError:
        return  # not migrated yet, which `serve` and the page of readiness say
    if several > 1:
        yield (
            f"MANYHANDS_DATABASE is SQLite, and people of {several} organisations have accounts. Only PostgreSQL keeps "
            "organisations apart when a query forgets to: see docs/how-to/run-for-real.md."
        )


def wall_passed_by(settings: Any) -> Iterator[str]:
    """A superuser of the database passes its second wall."""
    from manyhands.people.second_wall import is_passed_by

    if settings.EMBEDDED or not for_real(settings):
        return
    try:
        passed = is_passed_by()
    except DatabaseError:
        return  # cannot be asked now, which `serve` and the page of readiness say
    if passed:
        yield (
            "MANYHANDS_DATABASE signs in as a superuser, whom the database shows every patient. "
            "Make a user for the site: CREATE ROLE manyhands LOGIN PASSWORD '…' NOSUPERUSER NOBYPASSRLS, owner of its "
            "database."
        )


MAKES_SURE = ("fsync", "full_page_writes", "synchronous_commit")
"""What PostgreSQL has to have on, or power that fails takes acts with it that people were told are recorded."""


def unsure_of_the_disk(settings: Any) -> Iterator[str]:
    """A server told not to wait for its disk. `tests/soak/power.py` shows what is lost then."""
    if settings.EMBEDDED or not for_real(settings):
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(MAKES_SURE)])
            off = sorted(name for name, setting in cursor.fetchall() if setting == "off")
    except DatabaseError:
        return  # cannot be asked now, which `serve` and the page of readiness say
    for name in off:
        yield (
            f"The PostgreSQL server has {name} off: acts that people were told are recorded could be gone when power "
            f"fails. Put {name} = on into its postgresql.conf."
        )


def no_agreement(settings: Any) -> Iterator[str]:
    """Several organisations share for real people only under an agreement that somebody has written down."""
    from manyhands.access.models import Agreement
    from manyhands.people.models import Organisation

    if not for_real(settings):
        return
    try:
        several = Organisation.objects.filter(people__is_active=True).distinct().count()
        if several > 1 and not Agreement.objects.exists():
            yield (
                f"People of {several} organisations have accounts, and no sharing agreement is written down. "
                "Write down which organisations are under it: manyhands agreement ORGANISATION --from DAY"
            )
    except DatabaseError:
        return  # not migrated yet, which `serve` and the page of readiness say


def refuse() -> None:
    """
    Let the site start only with settings that are safe.

    Raises Unsafe with every reason.
    """
    from django.conf import settings

    if found := [
        *reasons(settings),
        *too_many_for_sqlite(settings),
        *wall_passed_by(settings),
        *unsure_of_the_disk(settings),
        *no_agreement(settings),
    ]:
        raise Unsafe(found)
