"""When something may be asked of a role, taken on, reported on and closed."""

from collections.abc import Iterator

from manyhands import acts, who
from manyhands.rules import refusals
from manyhands.rules.days import day_of
from manyhands.rules.refusals import Refusal
from manyhands.rules.speaking import speaks_in
from manyhands.rules.standing import Standing
from manyhands.rules.things import ResponsibilityStanding


def against_asking(act: acts.Ask, standing: Standing) -> Iterator[Refusal]:
    """
    Anyone in a role can ask a role to take something on, naming another role to stand in, a day for the first check
    and how it will be known to be done. What was declined can be asked of somebody else.
    """
    before = standing.responsibilities.get(act.responsibility)
    if before is not None and before.state != "declined":
        yield refusals.taken_identifier("responsibility")
    if not act.what.strip():
        yield refusals.words_needed("what is asked")
    if not act.known_by.strip():
        yield refusals.words_needed("how it will be known to be done")
    if act.role == act.deputy_role:
        yield refusals.same_role_twice(refusals.short(act.what), act.role)
    for role in (act.role, act.deputy_role):
        if role not in standing.roles:
            yield refusals.nothing_like_it("role")
    if act.group is not None and act.group not in standing.groups:
        yield refusals.nothing_like_it("group")
    if act.first_check_on < day_of(act.at):
        yield refusals.check_in_the_past(refusals.short(act.what), act.first_check_on)


def against_taking_on(act: acts.TakeOn, standing: Standing) -> Iterator[Refusal]:
    """The role that was asked, through its holder or a deputy, accepts; nobody accepts for another role."""
    yield from _against_answering(act, act.responsibility, standing)


def against_declining(act: acts.Decline, standing: Standing) -> Iterator[Refusal]:
    """The role that was asked can decline, and says why, so that somebody else can be asked."""
    yield from _against_answering(act, act.responsibility, standing)
    if not act.because.strip():
        yield refusals.reason_needed("declining")


def _against_answering(
    act: acts.TakeOn | acts.Decline, responsibility: who.Responsibility, standing: Standing
) -> Iterator[Refusal]:
    held = standing.responsibilities.get(responsibility)
    if held is None:
        yield refusals.nothing_like_it("responsibility")
        return
    if held.state != "asked":
        yield refusals.not_asked(held.state)
    if not speaks_in(act, held.role, standing):
        yield refusals.not_for_this_role(held.role, standing.people_in(held.role, act.at))


def against_reporting(act: acts.Report, standing: Standing) -> Iterator[Refusal]:
    """
    Whoever is in the role that holds it, or in the role that stands in, says how it is getting on. What a partner
    outside the team answers by a link is recorded for whoever asked them, who has to be in that role still.
    """
    held = standing.responsibilities.get(act.responsibility)
    if held is None:
        yield refusals.nothing_like_it("responsibility")
        return
    yield from _against_working_on(act, held, standing)
    if not act.words.strip():
        yield refusals.words_needed("how it is getting on")
    if act.next_check_on is not None and act.next_check_on < day_of(act.at):
        yield refusals.check_in_the_past(refusals.short(held.what), act.next_check_on)


def against_reporting_on_people(act: acts.ReportOnPeople, standing: Standing) -> Iterator[Refusal]:
    """
    Whoever is in the role that holds a responsibility about a group, or in the role that stands in, says how far it
    has come for people who are in the group. That it cannot be done for somebody, or does not apply to them, needs a
    reason.
    """
    held = standing.responsibilities.get(act.responsibility)
    if held is None:
        yield refusals.nothing_like_it("responsibility")
        return
    yield from _against_working_on(act, held, standing)
    if not held.is_about_a_group:
        yield refusals.not_about_a_group()
    if not act.patients:
        yield refusals.nobody_ticked()
    if len(set(act.patients)) < len(act.patients):
        yield refusals.chosen_twice()
    if held.is_about_a_group and not standing.people_of(held).issuperset(act.patients):
        yield refusals.not_in_the_group()
    if act.reached in (acts.Reached.CANNOT, acts.Reached.EXCEPTION) and not act.because.strip():
        yield refusals.reason_needed("what is not done for somebody")


def against_completing(act: acts.Complete, standing: Standing) -> Iterator[Refusal]:
    """
    Whoever is in the role that holds it, or in the role that stands in, closes it and says what happened. One about a
    group is done once it is done for each person in the group, or they are an exception with a reason; closed in any
    other way, whom it did not reach stays on the record.
    """
    held = standing.responsibilities.get(act.responsibility)
    if held is None:
        yield refusals.nothing_like_it("responsibility")
        return
    yield from _against_working_on(act, held, standing)
    if not act.what_happened.strip():
        yield refusals.words_needed("what happened")
    if act.outcome is acts.Outcome.DONE and (left := standing.not_yet_reached(held)):
        yield refusals.not_everyone_reached(len(left))


def _against_working_on(
    act: acts.Report | acts.ReportOnPeople | acts.Complete, held: ResponsibilityStanding, standing: Standing
) -> Iterator[Refusal]:
    if held.state == "closed":
        yield refusals.is_closed()
    elif held.state != "taken-on":
        yield refusals.not_taken_on()
    if not (speaks_in(act, held.role, standing) or speaks_in(act, held.deputy_role, standing)):
        could = standing.people_in(held.role, act.at) + standing.people_in(held.deputy_role, act.at)
        yield refusals.not_for_this_role(held.role, dict.fromkeys(could))
