"""What a browser may keep of a page: nothing. A shared computer must not show people again."""

from collections.abc import Callable

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware


@sync_and_async_middleware
def nothing_kept(get_response: Callable[..., object]) -> Callable[..., object]:
    """Say `no-store` on whatever does not say for itself how long it may be kept, as static files do."""

    def marked(response: HttpResponseBase) -> HttpResponseBase:
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponseBase:
            return marked(await get_response(request))

        return later

    def now(request: HttpRequest) -> HttpResponseBase:
        return marked(get_response(request))  # type: ignore[arg-type]  # a sync chain returns a response

    return now
