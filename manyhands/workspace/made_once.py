"""
Parts of a page that many people look at in the same second, made once for all who see the same.

A part is kept under all that it is made of: the digest of the team's last act, which stands for all that was done, and
what differs between those who look. Names are corrected outside the log, so that no part is kept for longer than a
minute.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from threading import Lock

from django.utils.safestring import SafeString, mark_safe

MOST = 200
"""Parts kept in one process, at most: some tens of kilobytes each."""


class _Part:
    """One part; whoever comes while it is being made waits for it, and does not make it too."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.text: SafeString | None = None


_parts: OrderedDict[Hashable, _Part] = OrderedDict()
_lock = Lock()


def made_once(now: datetime, make: Callable[[], str], *made_of: Hashable) -> SafeString:
    """The part that is made of these, as it was made for whoever asked first in this minute. It has to be HTML."""
    key = (now.replace(second=0, microsecond=0), *made_of)
    with _lock:
        part = _parts.setdefault(key, _Part())
        _parts.move_to_end(key)
        while len(_parts) > MOST:
            _parts.popitem(last=False)
    with part.lock:
        if part.text is None:
            # A template made it, with escaping on. Bandit's two checks of one thing cannot be named together.
            part.text = mark_safe(make())  # nosec
        return part.text
