"""Which field of a form each reason is about, so that the summary at the head of the page leads to it."""

from collections.abc import Callable

from manyhands import acts
from manyhands.rules import refusals_against
from manyhands.rules.refusals import Refusal
from manyhands.workspace.asking import Asking

FieldOf = Callable[[Refusal], str]
"""The name of the field that a reason is about; "" where it is about none."""


def by_field(asking: Asking, act: acts.AnyAct, reasons: list[str], field_of: FieldOf) -> dict[str, list[str]]:
    """
    The reasons that an act was refused for, each under its field. The rule is asked again to know them by their codes;
    what was said only because others have acted meanwhile is under no field.
    """
    fields = {refusal.say(asking.names): field_of(refusal) for refusal in refusals_against(act, asking.standing)}
    sorted_out: dict[str, list[str]] = {}
    for reason in reasons:
        sorted_out.setdefault(fields.get(reason, ""), []).append(reason)
    return sorted_out
