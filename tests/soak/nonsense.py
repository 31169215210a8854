"""
Nonsense for every address of the site: what stands in the address, what follows the question mark, what a form sends,
how it is packed, and what a browser says of itself.

What a page asks for by name is found out by having it ask; so nonsense is sent under names that it reads.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch
from urllib.parse import quote, urlencode

from django.http import QueryDict
from hypothesis import strategies as st

from manyhands.workspace.form_filling import _Finding

SCRIPT = "<script>alert('soak')</script>"
KEPT = "what was typed, to be kept"

ODD = (
    "", " ", "\0", "a\0b", "-1", "0", "1", "00", "99999999999999999999999", "1e309", "NaN", "Infinity", "0x10",
    "½", "²", "١٢٣", "on", "true", "None", "null", "[]", "{}", "{{7*7}}", "${7*7}", "%s%s%n", "%00",
    "2026-02-30", "9999-12-31", "0001-01-01", "0000-00-00", "2026-03-29T01:30", "2026-13-45T99:99:99Z", "12:60",
    "../../../../etc/passwd", "..", "C:\\con", "'; DROP TABLE log_entry; --", "' OR '1'='1", SCRIPT,
    "javascript:alert(1)", "\r\nSet-Cookie: a=b", "\u202e", "e\u0301", "\U0001f9d1\u200d\u2695\ufe0f", "\ufffe",
    "=1+1", "@SUM(A1)", "x" * 70, "y" * 20_001, ",", ";", "a,b", "riverside", "carol", "frail", "visits",
    "weekly", "as-now", "consent", "object", "harm-to-patients", "help",
)  # fmt: skip
"""What programs trip over, and some words that mean something here."""

RAW = (b"%FF%FE", b"%ED%A0%80", b"%", b"%zz", b"a=%", b"&&&&", b"=", b"\xff\xfe\x00", b"a=1;b=2", b"+" * 10)
PACKINGS = (
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=no-such-charset",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x",
    "application/json",
    "text/plain",
    "",
)
HEADERS: Mapping[str, tuple[str, ...]] = {
    "HTTP_HX_REQUEST": ("true", "x"),
    "HTTP_ACCEPT": ("", "text/html", "*/*;q=x", "application/json"),
    "HTTP_ACCEPT_LANGUAGE": ("xx-yy;q=9", "*" * 600),
    "HTTP_REFERER": ("http://elsewhere.example/", "\x01"),
    "HTTP_X_FORWARDED_FOR": ("unknown", "1.2.3.4, ::1", "x" * 500),
    "HTTP_IF_MODIFIED_SINCE": ("yesterday", "Thu, 01 Jan 1970 00:00:00 GMT"),
    "HTTP_RANGE": ("bytes=9-1",),
    "HTTP_COOKIE_MORE": ("a=b",),
}

values = st.one_of(
    st.sampled_from(ODD),
    st.text(max_size=40).filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)),
    st.integers().map(str),
    st.dates().map(str),
)


@dataclass
class Names:
    """What a page asks for, after the question mark and in what is sent, and its boxes for writing."""

    asked: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Nonsense:
    """One thing to send: `parts` replace those of the address, `typed` is what a form would hold."""

    parts: dict[str, str]
    query: str
    typed: list[tuple[str, str]]
    raw: bytes | None
    packing: str
    headers: dict[str, str]

    def sending(self) -> dict[str, Any]:
        """What Django's test client takes beside the method and the address."""
        if self.raw is not None:
            return {"data": self.raw, "content_type": self.packing}
        if self.packing.startswith("multipart"):
            lines = [
                f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in self.typed
            ]
            of_a_file = '--x\r\nContent-Disposition: form-data; name="file"; filename="../../x.zip"\r\n\r\n'
            body = "".join(lines) + of_a_file + "PK\x03\x04\r\n--x--\r\n"
            return {"data": body.encode(), "content_type": self.packing}
        return {"data": urlencode(self.typed).encode(), "content_type": self.packing}


@st.composite
def nonsense(draw: st.DrawFn, names: Names, parts: list[str]) -> Nonsense:
    """For an address with these parts, and a page that asks for these names."""
    changed = draw(st.lists(st.sampled_from(sorted(parts)), unique=True, max_size=1)) if parts else []
    asked, sent = sorted(names.asked | {"since"}), sorted(names.sent | {"do"})
    query = draw(st.lists(st.tuples(st.sampled_from(asked), values), max_size=3))
    typed = draw(st.lists(st.tuples(st.sampled_from(sent), values), max_size=8))
    whole = draw(st.booleans())
    return Nonsense(
        parts={part: draw(values.filter(bool)) for part in changed},
        query=urlencode(query) if draw(st.integers(0, 4)) else quote(draw(st.sampled_from(RAW)), safe="%&=+;"),
        typed=typed if whole else [(name, draw(values)) for name in sent],
        raw=draw(st.sampled_from(RAW)) if not draw(st.integers(0, 7)) else None,
        packing=draw(st.sampled_from(PACKINGS)) if not draw(st.integers(0, 2)) else PACKINGS[0],
        headers={name: draw(st.sampled_from(of)) for name, of in HEADERS.items() if not draw(st.integers(0, 5))},
    )


@contextmanager
def noting(names: Names) -> Iterator[None]:
    """Whatever is asked for by name, meanwhile, of what was sent or of what followed the question mark."""
    own = QueryDict.__getitem__, QueryDict.getlist, QueryDict.get, QueryDict.__contains__

    def note(of: QueryDict, name: object) -> None:
        if isinstance(name, str):
            names.asked.add(name)
            names.sent.add(name)

    def wrapped(function: Any) -> Any:
        def doing(self: QueryDict, name: object, *more: Any, **named: Any) -> Any:
            note(self, name)
            return function(self, name, *more, **named)

        return doing

    with (
        patch.object(QueryDict, "__getitem__", wrapped(own[0])),
        patch.object(QueryDict, "getlist", wrapped(own[1])),
        patch.object(QueryDict, "get", wrapped(own[2])),
        patch.object(QueryDict, "__contains__", wrapped(own[3])),
    ):
        yield


def boxes_of(page: str, address: str) -> set[str]:
    """The boxes of a page's forms that send to the address."""
    finding = _Finding(address)
    finding.feed(page)
    return {name for form in finding.forms if form.action.partition("?")[0] == address for name in form.boxes}
