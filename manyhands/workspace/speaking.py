"""
Speaking as: in which of their roles somebody could press a button, as the rule itself says, or why in none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from manyhands import acts, who
from manyhands.rules.things import RoleStanding
from manyhands.workspace.asking import Asking, Hat


@dataclass(frozen=True)
class Button:
    """A button: the roles it can be pressed in, or every reason why it cannot be."""

    hats: tuple[Hat, ...]
    reasons: tuple[str, ...]

    @property
    def allowed(self) -> bool:
        return not self.reasons


def button(asking: Asking, make: Callable[[dict[str, Any]], acts.AnyAct]) -> Button:
    """
    Ask the rule about an act in each role that whoever asks may speak in. `make` is handed the fields that every act
    begins with, and makes the act. Where no role would do, the reasons are those of the role with the fewest.
    """
    if not asking.hats:
        return Button((), tuple(asking.reasons_against(make(asking.speaking()))))
    tried = [(hat, tuple(asking.reasons_against(make(asking.speaking(hat.role.role))))) for hat in asking.hats]
    good = tuple(hat for hat, reasons in tried if not reasons)
    if good:
        return Button(good, ())
    return Button((), min((reasons for _, reasons in tried), key=len))


def has_to_choose(asking: Asking, affected: Iterable[who.Organisation]) -> bool:
    """
    Whether somebody who could speak here for several organisations has not said for which. Of several roles in one
    organisation the first, which they hold, is taken: the organisation is heard by each.
    """
    mine = {hat.role.organisation for hat in asking.hats} & set(affected)
    return len(mine) > 1 and not asking.request.POST.get("in_role")


WHICH_ROLE = "Choose which of your roles you speak in: the others are not heard by it."


def spoken_as(role: who.Role | None, organisation: who.Organisation, asking: Asking) -> str:
    """A role and its organisation in words, as they stand beside what was said."""
    named = asking.names.organisation(organisation)
    return f"{asking.names.role(role)}, {named}" if role is not None else named


def role_choices(asking: Asking, first: str = "Choose a role") -> list[tuple[str, str]]:
    """Every role of the team to choose from, by organisation; vacant ones say so."""
    named = sorted(
        (
            (role.role, f"{spoken_as(role.role, role.organisation, asking)}{_vacant(role, asking)}")
            for role in asking.standing.roles.values()
        ),
        key=lambda choice: choice[1].casefold(),
    )
    return [("", first), *((str(role), words) for role, words in named)]


def _vacant(role: RoleStanding, asking: Asking) -> str:
    return "" if asking.standing.people_in(role.role, asking.now) else " (nobody yet)"
