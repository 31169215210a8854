"""
Passwords that are known from breaches, looked up without a network.

`long.digests` holds the first six bytes of the SHA-256 of each password of twelve characters or more (in small
letters) among the million most frequent of a list put together from breaches up to 2015; shorter ones are refused for
their length. It has 43,940 of them, in order, and no password can be read off it.

What it does not cover: passwords that are rarer than that, and breaches since. Whoever may ask the network can be asked
for more; a site for health records mostly may not.

The list is `10-million-password-list-top-1000000` of SecLists (MIT licence, in LICENSE.txt beside this file), which
goes back to Mark Burnett's ten million passwords. `python -m manyhands.site.breached LIST` makes `long.digests` of it.
"""

from bisect import bisect_left
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.core.exceptions import ValidationError

SHORTEST = 12
"""Shorter passwords are refused for their length, and are not in the list."""
BYTES = 6
"""Of each digest: among 44,000, one password in six thousand million would be refused without being in the list."""
LIST = Path(__file__).parent / "long.digests"


def digest_of(password: str) -> bytes:
    return sha256(password.casefold().encode()).digest()[:BYTES]


def digests_of(passwords: list[str]) -> bytes:
    """What the file holds: the digest of each that is long enough, once, in order."""
    return b"".join(sorted({digest_of(each) for each in passwords if len(each) >= SHORTEST}))


@cache
def _listed() -> bytes:
    return LIST.read_bytes()


def is_breached(password: str) -> bool:
    """Whether the password, however its letters are written, is in the list."""
    listed, looked_for = _listed(), digest_of(password)
    at = bisect_left(range(len(listed) // BYTES), looked_for, key=lambda n: listed[n * BYTES : (n + 1) * BYTES])
    return listed[at * BYTES : (at + 1) * BYTES] == looked_for


class NotBreached:
    """Refuses a password that is in the list."""

    def validate(self, password: str, user: object = None) -> None:
        if is_breached(password):
            raise ValidationError(
                "This password is known from a breach of another site. Choose one that you use nowhere else.",
                code="password_breached",
            )

    def get_help_text(self) -> str:
        return "Your password must not be one that is known from a breach of another site."
