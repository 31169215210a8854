"""
Who may see whom, on what basis, and who has.

    deciding.py   the one decision: this person, doing this, about this patient, now: allowed or not, and why
    bases.py      the levels, the closed list of bases, and the grounds that a decision rests on, in words
    grounds.py    when each of them is true, as the log of acts has it
    circumstances.py, kept.py   what is known beside the log: sharing agreements, and what patients have said
    searching.py  whom a team can find; the basis that a search gives to look them over, and when it ends
    seeing.py     the only way to a patient's name: those with a basis, each sight written down
    reads.py      the log of reads: adding to it, and who has seen somebody lately
    reports.py    what the log of reads tells: of one patient, of one person, and what is out of pattern
    breaking_glass.py   seeing somebody in an emergency, and its review
    removing.py   what goes when the record of a patient is removed
    verify.py     whether every sight in it is still as it was written
    models.py     its table; chain.py, guards.py: what keeps it as it was

A page asks `see`, and nothing else in the workspace reads `people.Patient`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from manyhands.access.bases import Action, Basis, Decision, Ground
    from manyhands.access.deciding import decide, who_can_see, who_would_see
    from manyhands.access.kept import known_of, sharing
    from manyhands.access.reads import lately
    from manyhands.access.searching import Search, reach
    from manyhands.access.seeing import Glimpsed, Seen, glimpse, look_over, note_search, see

__all__ = [
    "Action",
    "Basis",
    "Decision",
    "Glimpsed",
    "Ground",
    "Level",
    "Search",
    "Seen",
    "decide",
    "glimpse",
    "known_of",
    "lately",
    "look_over",
    "note_search",
    "reach",
    "see",
    "sharing",
    "who_can_see",
    "who_would_see",
]

# Django imports this package before there may be any tables, so what uses tables is looked up when first asked for.
_WHERE = {
    "bases": ("Action", "Basis", "Decision", "Ground", "Level"),
    "deciding": ("decide", "who_can_see", "who_would_see"),
    "kept": ("known_of", "sharing"),
    "reads": ("lately",),
    "searching": ("Search", "reach"),
    "seeing": ("Glimpsed", "Seen", "glimpse", "look_over", "note_search", "see"),
}
_MODULE_OF = {name: module for module, names in _WHERE.items() for name in names}


def __getattr__(name: str) -> object:
    if name in _MODULE_OF:
        return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    raise AttributeError(f"{__name__} has no {name}")
