"""The two teams' year: judged by the rules, and with something on it for every page to show."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from demo import place, workspace
from demo.place import LARKFIELD_TEAM, PRIORY_TEAM
from manyhands import acts, who
from manyhands.exchange.records import dealings, opening
from manyhands.log.read import read
from manyhands.log.verify import verify
from manyhands.people.models import Organisation, Patient, Person, Role
from manyhands.pictures import alarms, who_holds_what
from manyhands.rules import refusals_against
from manyhands.rules.folding import fold
from manyhands.rules.standing import Standing

TODAY = date(2026, 11, 23)
NOW = datetime.combine(TODAY, time(10), UTC)
PRIORY, LARKFIELD = who.Team(PRIORY_TEAM.key), who.Team(LARKFIELD_TEAM.key)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def furnished(loaded: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Once for all tests here, which only look."""
    with django_db_blocker.unblock(), override_settings(RECORDS=loaded), transaction.atomic():
        opening.forget()
        workspace.furnish(TODAY, ours=True)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def priory(furnished: None) -> Standing:
    return fold(read(PRIORY))


@pytest.fixture
def larkfield(furnished: None) -> Standing:
    return fold(read(LARKFIELD))


def everything(team: who.Team) -> list[acts.AnyAct]:
    return [entry.act for entry in read(team)]


def test_a_year_of_acts_was_let_in_by_the_rules_and_ends_before_today(furnished: None) -> None:
    for team in (PRIORY, LARKFIELD):
        told = everything(team)
        assert len(told) > 120
        assert told[-1].at.date() < TODAY
        assert timedelta(days=300) < NOW - told[0].at < timedelta(days=366)
        assert all(act.at.weekday() < 5 for act in told if not isinstance(act, acts.Include | acts.Release))
    assert {each.team: each.misfit for each in verify()} == {PRIORY: None, LARKFIELD: None}


def test_proposals_have_ended_in_every_way_and_some_are_open(priory: Standing, larkfield: Standing) -> None:
    proposals = [*priory.proposals.values(), *larkfield.proposals.values()]
    ended = Counter(one.closed.how if one.closed else "open" for one in proposals)

    assert len(proposals) >= 12
    assert set(ended) == {"agreed", "agreed-without", "withdrawn", "open"}
    assert ended["open"] >= 4


def test_every_kind_of_position_has_been_taken(furnished: None) -> None:
    kinds = {act.kind for team in (PRIORY, LARKFIELD) for act in everything(team) if isinstance(act, acts.Position)}

    assert kinds == {"consent", "concern", "condition", "object", "stand-aside", "no-view"}


def test_nearly_every_act_that_there_is_has_been_done(furnished: None) -> None:
    done = {type(act) for team in (PRIORY, LARKFIELD) for act in everything(team)}

    left_for_the_reader = {
        acts.Leave, acts.Remove, acts.ComeBack, acts.TakeBack, acts.Withhold, acts.WithdrawObjection,
        acts.Replace, acts.End, acts.ConfirmPosition, acts.CorrectPosition, acts.NotThere, acts.CallOff,
        acts.LowerToConcern, acts.StopSharing,
        acts.LowerToConcern, acts.Retract, acts.TakeDown, acts.CallPollOff,
    }  # fmt: skip
    assert set(acts.NAMES.values()) - done <= left_for_the_reader


def test_one_objection_was_met_by_an_amendment_and_one_is_open(priory: Standing) -> None:
    met = priory.objections[who.Objection("pe-o-nobody-to-speak")]
    still_open = priory.objections[who.Objection("pe-o-no-bloods")]

    assert (met.closed_as, met.closed_version) == ("integrated", 2)
    assert still_open.is_open
    assert still_open.organisation == place.MENTAL_HEALTH


def test_open_proposals_wait_for_named_organisations(priory: Standing, larkfield: Standing) -> None:
    waiting = set(priory.proposals[who.Proposal("pe-before-christmas")].not_yet_heard())
    ready = larkfield.proposals[who.Proposal("lf-second-look")]

    assert waiting == {place.SOCIAL_CARE, place.HOSPITAL, place.GOOD_NEIGHBOURS}
    assert priory.who_could_speak_for(who.Organisation(place.SOCIAL_CARE), NOW) == (place.INES.key, place.DEV.key)
    assert list(ready.not_yet_heard()) == []
    agree = acts.Agree(
        team=LARKFIELD,
        by=who.Person(place.TOM.key),
        for_organisation=who.Organisation(place.MENTAL_HEALTH),
        at=NOW,
        in_role=who.Role("lf-mental-health"),
        proposal=ready.proposal,
        version=ready.version,
    )
    assert refusals_against(agree, larkfield) == []


def test_a_deputy_stands_in_for_somebody_who_is_away(priory: Standing) -> None:
    answering = priory.answering(who.Responsibility("pe-r-care-act"), NOW)

    assert priory.is_away(who.Person(place.DEV.key), NOW)
    assert answering is not None
    assert (answering.person, answering.standing_in) == (place.INES.key, True)


def test_alarms_are_up_for_what_nobody_holds_and_what_is_late(priory: Standing, larkfield: Standing) -> None:
    def kinds(team: who.Team, standing: Standing) -> set[tuple[str, str | None]]:
        found = alarms.alarms(who_holds_what.fold(read(team)), standing, NOW)
        return {(alarm.kind, alarm.responsibility or alarm.role) for alarm in found if alarm.is_due(NOW)}

    assert kinds(PRIORY, priory) >= {
        ("role-vacant", "pe-link-worker"),
        ("declined", "pe-r-damp"),
        ("not-taken-on", "pe-r-bloods"),
        ("check-overdue", "pe-r-key-safes"),
    }
    assert ("nobody-present", "lf-r-nights") in kinds(LARKFIELD, larkfield)
    assert priory.responsibilities[who.Responsibility("pe-r-key-safes")].support_needed


def test_responsibilities_have_ended_well_and_badly(furnished: None) -> None:
    ended = Counter(
        act.outcome for team in (PRIORY, LARKFIELD) for act in everything(team) if isinstance(act, acts.Complete)
    )

    assert set(ended) == set(acts.Outcome)


def test_somebody_is_half_way_through_handing_over_and_cannot_leave_yet(priory: Standing) -> None:
    handover = priory.handovers[who.HandOver("pe-h-hamid")]
    states = Counter(offer.state for offer in handover.offered)
    leaving = acts.Leave(
        team=PRIORY,
        by=who.Person(place.HAMID.key),
        for_organisation=who.Organisation(place.COMMUNITY),
        at=NOW,
    )

    assert states == {"accepted": 2, "returned": 1, "offered": 3}
    assert next(offer.because for offer in handover.offered if offer.state == "returned")
    assert {refusal.code for refusal in refusals_against(leaving, priory)} == {"still-in-hand"}


def test_the_groups_are_those_that_the_records_say(furnished: None, priory: Standing, larkfield: Standing) -> None:
    on_list = priory.groups[who.Group("pe-list")]
    in_pieces = priory.groups[who.Group("pe-in-pieces")]

    assert 25 <= len(on_list.patients) <= 80
    assert 10 <= len(in_pieces.patients) <= 24
    assert in_pieces.version == 2
    assert in_pieces.rules[-1].found >= len(in_pieces.patients)
    assert in_pieces.rules[-1].considered == 3000
    assert "an organisation of the team has seen" in in_pieces.rules[-1].sentence
    assert not on_list.patients & in_pieces.patients
    assert not priory.groups[who.Group("pe-list")].patients & larkfield.groups[who.Group("lf-list")].patients
    assert all(Patient.objects.get(id=patient).died_on is None for patient in on_list.patients)


def test_what_if_asha_left_and_what_if_anybody_else_did(furnished: None, priory: Standing, larkfield: Standing) -> None:
    def known_only_by(standing: Standing, group: str) -> Counter[str]:
        """For each member: how many of the group nobody else in the team has met in the last year."""
        patients = standing.groups[who.Group(group)].patients
        members = set(standing.members(NOW))
        knows: dict[who.Patient, set[str]] = {patient: set() for patient in patients}
        for one in dealings(patients, date(2025, 11, 1), date(2026, 11, 1)):
            if one.person in members:
                knows[one.patient].add(str(one.person))
        return Counter(next(iter(people)) for people in knows.values() if len(people) == 1)

    priory_only, larkfield_only = known_only_by(priory, "pe-list"), known_only_by(larkfield, "lf-list")

    assert priory_only[place.ASHA.key] > 0.35 * len(priory.groups[who.Group("pe-list")].patients)
    assert priory_only.most_common(1)[0][0] == place.ASHA.key
    assert sum(larkfield_only.values()) < 0.15 * len(larkfield.groups[who.Group("lf-list")].patients)


def test_esi_has_an_account_and_is_nowhere_in_the_log(priory: Standing, larkfield: Standing) -> None:
    esi = who.Person(place.ESI.key)

    account = Person.objects.get(id=esi)
    assert account.check_password(workspace.PASSWORD)
    assert list(account.organisations.values_list("id", flat=True)) == [place.HOME_CARE]
    for team, standing in ((PRIORY, priory), (LARKFIELD, larkfield)):
        assert esi not in standing.memberships
        assert all(act.by != esi for act in everything(team))


def test_everybody_and_everything_in_the_log_has_a_name(furnished: None, priory: Standing, larkfield: Standing) -> None:
    people = {str(person) for standing in (priory, larkfield) for person in standing.memberships}
    roles = {str(role) for standing in (priory, larkfield) for role in standing.roles}

    assert people <= set(Person.objects.values_list("id", flat=True))
    assert roles == set(Role.objects.values_list("id", flat=True))
    assert {one.key for one in place.ORGANISATIONS} == set(Organisation.objects.values_list("id", flat=True))
    assert all(person.check_password(workspace.PASSWORD) for person in Person.objects.all())
    assert all(person.organisations.count() == 1 for person in Person.objects.all())


def test_some_people_have_said_what_matters_to_them(furnished: None) -> None:
    said = Patient.objects.exclude(what_matters="")

    assert said.count() == len(workspace.WHAT_MATTERS)


def test_no_name_of_anybody_looked_after_is_in_the_log(furnished: None) -> None:
    ids = {str(p.id): p for p in Patient.objects.all()}
    for team in (PRIORY, LARKFIELD):
        for act in everything(team):
            if isinstance(act, acts.Gather):
                assert {str(included.patient) for included in act.patients} <= set(ids)
                for included in act.patients:
                    assert ids[str(included.patient)].nhs_number not in included.because
