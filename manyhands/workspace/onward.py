"""Where somebody was going when they were asked to sign in."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def onward_from(request: HttpRequest) -> str:
    """The page that was asked for before, if it is one of ours; else the first."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours and asked.startswith("/") else "/"
