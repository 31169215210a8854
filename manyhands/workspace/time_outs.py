"""
Sessions end: half an hour after whoever is signed in last did something, and twelve hours after they signed in.

What they send after that is not lost. It is kept here, not in their browser, and is in its form again once the same
person has signed in. Pages with scripts say two minutes before that it will happen, and let them go on.
"""

import time
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from manyhands.people.models import Person
from manyhands.workspace import kept_forms
from manyhands.workspace.signing_in import BEGAN, BROWSER, SEEN, browser_of, noted

GetResponse = Callable[[HttpRequest], HttpResponseBase]
WAS_HERE = "was-here"
NOTED_EVERY = 60
"""Seconds. When somebody was last seen is written down no oftener, so that it costs a write a minute at most."""


def sessions_end(get_response: GetResponse) -> GetResponse:
    """End a session whose time has come, before its page is made; keep what was sent; put it back afterwards."""

    def ended(request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return get_response(request)
        if not isinstance(request.user, Person):
            return _too_late(request, get_response(request))
        now = time.time()
        if BEGAN not in request.session:
            request.session[BEGAN] = request.session[SEEN] = now
            request.session[BROWSER] = browser_of(request.headers.get("User-Agent", ""))
            kept_forms.look_for(request)
        if seconds_left(request, now) <= 0:
            return _over(request)
        if not _by_itself(request) and now - request.session[SEEN] >= NOTED_EVERY:
            request.session[SEEN] = now
        return kept_forms.put_back(request, get_response)

    return ended


def seconds_left(request: HttpRequest, now: float) -> float:
    """Until the session ends if nothing more is done in it."""
    idle = request.session[SEEN] + settings.SESSION_IDLE_SECONDS
    longest = request.session[BEGAN] + settings.SESSION_LONGEST_SECONDS
    return float(min(idle, longest) - now)


def seconds_shown(request: HttpRequest) -> int:
    """The same, as a page says it to its script; the longest there is, before the session has been looked at."""
    begun = BEGAN in request.session
    return int(seconds_left(request, time.time())) if begun else int(settings.SESSION_IDLE_SECONDS)


def go_on(request: HttpRequest) -> None:
    """Somebody says that they are still there."""
    request.session[SEEN] = time.time()


def _by_itself(request: HttpRequest) -> bool:
    """
    Whether a page asks by itself, and not somebody: a meeting's page does so each second, and any page asks how long it
    has. The screen on a wall counts as somebody: it is looked at, and nobody touches it.
    """
    try:
        name = resolve(request.path_info).url_name
    except Resolver404:
        return False
    asks = name == "meeting-now" and request.GET.get("on") != "screen"
    return asks or (name == "still-here" and request.method == "GET")


def _over(request: HttpRequest) -> HttpResponse:
    person = request.user
    assert isinstance(person, Person)
    if _by_itself(request):
        return HttpResponse(status=401)  # the page stays as it is, with what is being typed in it
    page = _where(request)
    kept = kept_forms.keep(request, person, page)
    noted.info("the session of %s ended by itself", person.pk)
    logout(request)
    request.session[WAS_HERE] = person.pk
    return _to_sign_in(request, page, KEPT if kept else ENDED)


def _too_late(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """What they send out of another window, once the session has ended in one: kept where it asks them to sign in."""
    if request.method != "POST" or not answer.headers.get("Location", "").startswith(f"{reverse('sign-in')}?next="):
        return answer
    person, page = Person.objects.filter(pk=request.session.get(WAS_HERE)).first(), _where(request)
    kept = person is not None and kept_forms.keep(request, person, page)
    return _to_sign_in(request, page, KEPT) if kept else answer


def _to_sign_in(request: HttpRequest, page: str, said: str) -> HttpResponse:
    messages.info(request, said)
    there = f"{reverse('sign-in')}?{urlencode({'next': page})}"
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": there})
    return redirect(there)


ENDED = "You were signed out, because nothing was done for a while, or you had been signed in for long."
KEPT = ENDED + " What you had written is kept: sign in, and it is in its form again. It has not been sent."


def _where(request: HttpRequest) -> str:
    """The page that they were on: for a form, the one it was on, as the browser names it; else the first."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    named = urlsplit(request.headers.get("Referer", ""))
    if named.netloc == request.get_host():
        return named.path + (f"?{named.query}" if named.query else "")
    return "/"
