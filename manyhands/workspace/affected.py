"""Which organisations a proposal could affect, to be ticked; and which have seen the people that it is about."""

from datetime import timedelta

from manyhands import who
from manyhands.exchange.records import NoRecords, last_day, seen_by
from manyhands.workspace.asking import Asking
from manyhands.workspace.plain_words import counted

Choice = tuple[str, str, str, bool]
"""Of a box to tick: its value, its words, a hint, and whether it cannot be ticked."""

A_YEAR = timedelta(days=365)


def affected_choices(asking: Asking, seen: dict[who.Organisation, int] | None = None) -> list[Choice]:
    """
    The team's organisations; one that nobody could speak for cannot be ticked, and says why. `seen` says how many of
    the group's people each has seen lately, where that is known.
    """
    standing, names = asking.standing, asking.names
    choices = []
    for organisation in standing.organisations(asking.now):
        could = bool(standing.who_could_speak_for(organisation, asking.now))
        many = (seen or {}).get(organisation, 0)
        hint = f"Has seen {counted(many, 'person', 'people')} of the group in the last year" if many else ""
        choices.append((str(organisation), names.organisation(organisation), could, hint))
    return [(o, name, hint if could else "Nobody has a role for it yet", not could) for o, name, could, hint in choices]


def seen_lately(asking: Asking, group: str) -> dict[who.Organisation, int]:
    """How many of a group's people each organisation has seen in the year to the last contact in the records."""
    patients = asking.standing.groups[who.Group(group)].patients if group else frozenset()
    if not patients:
        return {}
    try:
        until = last_day()
        found = seen_by(patients, until - A_YEAR, until + timedelta(days=1)) if until is not None else []
    except NoRecords:
        return {}
    return {each.organisation: each.patients for each in found if each.organisation is not None}
