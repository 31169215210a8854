"""Who stands in for somebody who is away, role by role, in words; and where to name a deputy for what nobody does."""

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from manyhands import acts, who
from manyhands.pictures.supposing import supposing
from manyhands.workspace.asking import Asking


def stand_ins(asking: Asking, away: acts.BeAway) -> SafeString:
    """For each role that they hold, on the day that they go: who answers for it, or that nobody does."""
    then = supposing(asking.standing, away)
    held = [role.role for role in then.roles_of(away.person, away.from_at) if role.holder(away.from_at) == away.person]
    if not held:
        return format_html("{}", "They hold no role, so nobody has to stand in.")
    lines = [_stands_in(role, next(iter(then.present_in(role, away.from_at)), None), asking) for role in held]
    return format_html_join(" ", "{}", ((line,) for line in lines))


def _stands_in(role: who.Role, person: who.Person | None, asking: Asking) -> SafeString:
    names = asking.names
    if person is not None:
        return format_html("{} stands in as {}.", names.person(person), names.role(role))
    return format_html(
        'Nobody stands in for {}: <a href="{}#role-{}">name a deputy</a>.',
        names.role(role),
        reverse("belonging", kwargs={"team": asking.team}),
        role,
    )
