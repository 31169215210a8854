"""What a browser may keep of a page: nothing. A shared computer must not show people again."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def nothing_kept(get_response: GetResponse) -> GetResponse:
    """Say `no-store` on whatever does not say for itself how long it may be kept, as static files do."""

    def marked(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    return marked
