"""
The six positions: what each is called and means, what it asks for, and the act that it is.
"""

from dataclasses import dataclass
from typing import Any

from manyhands import acts, who
from manyhands.pictures.proposals import Said
from manyhands.workspace.asking import Asking, new_identifier


@dataclass(frozen=True)
class PositionKind:
    """One of the six. `prompt` is the question of its box; without one there is no box."""

    kind: str
    called: str
    meaning: str
    prompt: str
    reason_needed: bool
    button: str
    colour: str


KINDS = (
    PositionKind(
        "consent",
        "Consent",
        "Workable for now and safe to try.",
        "Anything you want remembered? (optional)",
        False,
        "Consent",
        "green",
    ),
    PositionKind(
        "concern",
        "Consent with a concern",
        "Consent, with a worry on the record.",
        "What should we watch for?",
        True,
        "Consent with this concern",
        "aqua-green",
    ),
    PositionKind(
        "condition",
        "Consent if …",
        "Consent if something is done.",
        "What must be true, and who can say that it is?",
        True,
        "Consent with this condition",
        "yellow",
    ),
    PositionKind(
        "object",
        "Safety concern",
        "Going ahead would do harm.",
        "What harm, to whom?",
        True,
        "Raise this safety concern",
        "red",
    ),
    PositionKind(
        "stand-aside",
        "Stand aside",
        "I do not agree and will not stop it.",
        "What should others know? (optional)",
        False,
        "Stand aside",
        "purple",
    ),
    PositionKind("no-view", "No view", "Read it, nothing to add.", "", False, "Say “no view”", "grey"),
)
NOT_SHOWN_YET = PositionKind(
    "kept-back", "Answered", "Seen once everybody has answered, or the time is up.", "", False, "", "white"
)
"""Stands for what somebody else has answered, while everybody gives their own view first. Nobody can choose it."""

BY_KIND = {kind.kind: kind for kind in KINDS}
ACTS: dict[str, type[acts.Position]] = {
    "consent": acts.Consent,
    "concern": acts.ConsentWithConcern,
    "stand-aside": acts.StandAside,
    "no-view": acts.GiveNoView,
}
"""The positions that need no more than words; a condition and an objection need a name of their own."""

AnyPosition = acts.Consent | acts.ConsentWithConcern | acts.ConsentIf | acts.Object | acts.StandAside | acts.GiveNoView


def position(
    asking: Asking,
    kind: str,
    proposal: who.Proposal,
    version: int,
    because: acts.Words,
    speaking: dict[str, Any],
    fulfilled_by: who.Role | None = None,
    again: Said | None = None,
) -> AnyPosition:
    """
    The act of taking a position. `again` is what the same role said before, when it is said anew on the version in
    hand: a condition keeps its name. A safety concern keeps its name for as long as it is open.
    """
    said: dict[str, Any] = {**speaking, "proposal": proposal, "version": version, "because": because}
    if kind == "condition":
        named = again.condition if again is not None and again.condition else who.Condition(new_identifier())
        return acts.ConsentIf(**said, condition=named, fulfilled_by=fulfilled_by or who.Role(""))
    if kind == "object":
        own = asking.standing.open_objection_of(speaking["in_role"], proposal) if speaking["in_role"] else None
        return acts.Object(**said, objection=own.objection if own else who.Objection(new_identifier()))
    made: AnyPosition = ACTS[kind](**said)  # type: ignore[assignment]  # each of the four is one of the six
    return made
