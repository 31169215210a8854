"""Addresses that cannot be of anything here."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def nothing_unreadable(get_response: GetResponse) -> GetResponse:
    """Answer 404 for an address with a NUL in it, which no database keeps, and PostgreSQL will not even look for."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info:
            raise Http404
        return get_response(request)

    return answered
