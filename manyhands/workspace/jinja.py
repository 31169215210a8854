"""
What every template can use.

Functions  `static("manyhands.css")`, `url("person", team="…", person="…")`, `csrf_input`
Filters    those in plain_words.py
Around every page (`around_every_page`)
           `signed_in`  who is signed in, or None
           `broken_glass`  what they have broken that is still open
           `session_seconds`  how long their session has left if nothing more is done, for scripts to count from
           `demo`       whether the people are made up; `demo_records` names the records if they are not ours
           `messages`   what has just been done, to be said once
"""

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from manyhands import who
from manyhands.workspace import plain_words, time_outs


def url(name: str, **parts: object) -> str:
    """The address of the page of that name; its parts by name, as in `workspace/urls.py`."""
    return reverse(name, kwargs=parts)


def environment(**options: Any) -> Environment:
    """The Jinja environment: our templates first, then those of the NHS design system, escaping on."""
    options["loader"] = ChoiceLoader([options["loader"], PackageLoader("nhsuk_frontend_jinja")])
    # The NHS macros look up parameters of parameters that were not given (`params.label.classes`).
    options["undefined"] = ChainableUndefined
    options["autoescape"] = True  # everywhere, and no template switches it off (tests/promises)
    made = Environment(**options)  # nosec B701
    made.trim_blocks = made.lstrip_blocks = True
    made.globals.update(static=static, url=url)
    made.filters.update(plain_words.FILTERS)
    return made


def around_every_page(request: HttpRequest) -> dict[str, object]:
    """What the base page shows whatever the page is."""
    return {
        # Looked up when first used, so that a page which shows neither asks the database for neither.
        "signed_in": SimpleLazyObject(lambda: _signed_in(request)),
        "session_seconds": SimpleLazyObject(lambda: time_outs.seconds_shown(request)),
        "broken_glass": SimpleLazyObject(lambda: _broken_glass(request)),
        "messages": get_messages(request),
        "demo": settings.DEMO,
        "demo_records": settings.DEMO_RECORDS,
    }


def _signed_in(request: HttpRequest) -> object:
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def _broken_glass(request: HttpRequest) -> object:
    """Asked once a page of somebody who is signed in; nobody else has any."""
    from manyhands.access.breaking_glass import broken_by

    user = _signed_in(request)
    return broken_by(who.Person(str(getattr(user, "id", ""))), timezone.now()) if user is not None else []
