"""
What a resource is called, and what a reference in it means.

A resource's own **key** comes from itself and from nothing else, so that it is the same at every load:

    its id                                   Patient/123
    its id, at a web address (fullUrl)       https://gp.example/fhir/Patient/123
    no id, fullUrl urn:uuid:U                Patient/U
    no id, another fullUrl                   that fullUrl
    inside another resource (contained)      the outer key, then #, then its id
    nothing at all                           Patient/sha-… of its content
    its id, loaded with --from gp            gp/Patient/123

A web address stays in the key because two servers may each have a Patient/123. Everything else that may refer to a
resource is one of its **names**: its fullUrl, `Type?identifier=system|value` for each identifier. A number that is no
valid NHS number names nobody.

A reference is written down as the key or name that it means. Within a bundle a fullUrl is looked for in that bundle
first (FHIR R4, bundle.html#references); the rest is resolved when all sources are known.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from joinedup.records import nhs_number
from joinedup.records.fhir.shapes import Identifier, Reference

_VERSION = re.compile(r"/_history/[^/]*$")
_WEB = re.compile(r"(https?://.+)/([A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})$")
_RELATIVE = re.compile(r"[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}")
_UUID = re.compile(r"urn:(?:uuid|oid):([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})")


@dataclass(frozen=True, slots=True)
class Called:
    """What a resource is called: its own key, the web address of its server if it has one, and Type/id."""

    key: str
    base: str | None = None
    relative: str | None = None


def called(
    resource_type: str, id: str | None, full_url: str | None, content: bytes, system: str | None = None
) -> Called:
    """The key of a resource, as in the table above. `system`: a name for where ids without a web address come from."""
    url = _VERSION.sub("", full_url) if full_url else ""
    relative = f"{resource_type}/{id}" if id else None
    if url and (web := _WEB.fullmatch(url)) and (relative is None or web[2] == relative):
        return Called(url, web[1], web[2])
    if relative and system:
        return Called(f"{system}/{relative}", system)
    if relative:
        return Called(relative, None, relative)
    if uuid := _UUID.fullmatch(url):
        return Called(f"{resource_type}/{uuid[1].lower()}")
    if url.startswith(("http:", "https:")) or (_RELATIVE.fullmatch(url) and url.startswith(resource_type + "/")):
        return Called(url, None, url if not url.startswith("http") else None)
    return Called(f"{resource_type}/sha-{hashlib.sha256(content).hexdigest()[:24]}")


@dataclass(slots=True)
class Around:
    """What surrounds a resource while it is read: the key it has, its server, and the fullUrls of its bundle."""

    key: str
    base: str | None = None
    bundle: Mapping[str, str] = field(default_factory=dict)

    def means(self, text: str) -> str:
        """The key or name that the text of a literal reference means, seen from here."""
        text = text.strip()
        if not (self.base or "#" in text or "?" in text or "/_history/" in text or text in self.bundle):
            return text  # nearly every reference ends here, the quickest way through
        if text.startswith("#"):
            outer = self.key.split("#", 1)[0]
            return outer + text if len(text) > 1 else outer
        if text in self.bundle:
            return self.bundle[text]
        text = _VERSION.sub("", text)
        if "?" in text:
            return conditional(text)
        if self.base and _RELATIVE.fullmatch(text):
            text = f"{self.base}/{text}"
        return self.bundle.get(text, text)


def conditional(text: str) -> str:
    """A search used as a reference, in the spelling used for names: decoded, system in lower case."""
    kind, _, query = unquote(text).partition("?")
    kind = kind.rsplit("/", 1)[-1]
    if not query.startswith("identifier="):
        return f"{kind}?{query}"
    system, bar, value = query.removeprefix("identifier=").rpartition("|")
    return identified(kind, system, value) if bar else f"{kind}?{query}"


def identified(resource_type: str, system: str | None, value: str) -> str:
    """The name of whatever of that type has this identifier. Systems are compared without regard to case."""
    system = (system or "").strip().lower()
    if system == nhs_number.SYSTEM:
        value = nhs_number.plain(value) or value
    return f"{resource_type}?identifier={system}|{value.strip()}"


def names_of(resource_type: str, identifiers: Iterable[Identifier | None]) -> Iterator[str]:
    """A name for each identifier that can be relied on."""
    for identifier in identifiers:
        if identifier is None or not identifier.value or not identifier.value.strip():
            continue
        system = (identifier.system or "").strip().lower()
        if system == nhs_number.SYSTEM and nhs_number.state(identifier.value) != "valid":
            continue
        if system:
            yield identified(resource_type, system, identifier.value)


def said(reference: Reference | None, expected: str, around: Around) -> str | None:
    """The key or name that a reference means: its text, or the identifier it gives instead; None if it says neither."""
    if reference is None:
        return None
    if reference.reference and reference.reference.strip():
        return around.means(reference.reference)
    if reference.identifier and reference.identifier.value:
        return identified(reference.type or expected, reference.identifier.system, reference.identifier.value)
    return None


def as_given(reference: Reference | None) -> str | None:
    """What the record itself says of whoever is meant: the words, else the reference, else the identifier."""
    if reference is None:
        return None
    identifier = reference.identifier.value if reference.identifier else None
    return reference.display or reference.reference or identifier
