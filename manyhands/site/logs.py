"""
The running log: what happened to the site, and nothing about anybody.

A line names the page by its pattern (`team/<slug:team>/person/<uuid:person>`), never by its address, which
may identify a patient; it has no query string; and for an error it has the kind of the error and where in the
code it was, not its message, which may quote what somebody wrote.
"""

import json
import logging
import time
import traceback
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from opentelemetry import trace

from manyhands.site.headers import GetResponse

requests = logging.getLogger("manyhands.requests")


def page_of(request: HttpRequest) -> str:
    """The pattern of the page asked for, or "no such page"."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "no such page"


class NothingPersonal(logging.Filter):
    """
    Django's own lines about a request, with the page's pattern where they had its address or free text. It stands
    at the way out, since a filter on `django.security` would not see what `django.security.csrf` says.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.name.startswith(("django.request", "django.security")):
            return True
        request = getattr(record, "request", None)
        status = getattr(record, "status_code", None)
        page = page_of(request) if isinstance(request, HttpRequest) else "a request"
        record.msg, record.args = "%s: answered %s", (page, status or "with a refusal")
        return True


def _places(trace: Any) -> list[str]:
    return [f"{place.filename}:{place.lineno} {place.name}" for place in traceback.extract_tb(trace)]


class Plain(logging.Formatter):
    """Time, level, name and message on a line; for an error, its kind and the places in the code."""

    converter = staticmethod(time.gmtime)  # in UTC, as the moments of acts are

    def __init__(self) -> None:
        super().__init__("%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name, and what sys.exc_info() gives
        kind, _, trace = ei
        return "\n".join([f"  {getattr(kind, '__name__', 'unknown')} at", *(f"  {place}" for place in _places(trace))])


class Json(logging.Formatter):
    """The same as Plain says, as a line of JSON for each: for whatever gathers logs."""

    def format(self, record: logging.LogRecord) -> str:
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        said: dict[str, Any] = {
            "at": f"{at}.{record.msecs:03.0f}Z",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            kind, _, trace = record.exc_info
            said |= {"error": getattr(kind, "__name__", "unknown"), "where": _places(trace)}
        return json.dumps(said, ensure_ascii=False)


def requests_logged(get_response: GetResponse) -> GetResponse:
    """One line for each request, at level INFO: method, page, status, milliseconds."""

    def noted(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = get_response(request)
        took = (time.perf_counter() - began) * 1000
        page, status = page_of(request), response.status_code
        fields = {"method": request.method, "page": page, "status": status, "milliseconds": round(took, 1)}
        if (span := trace.get_current_span().get_span_context()).is_valid:
            fields["trace"] = f"{span.trace_id:032x}"
        requests.info("%s %s %s %.0f ms", request.method, page, status, took, extra={"fields": fields})
        return response

    return noted
