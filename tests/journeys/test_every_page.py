"""
Every page there is, as its people meet it: full (the demo's teams, with a year behind them) and empty (a team that has
only just been convened), with everything unfolded, by axe, at the width of a phone, and by Tab from end to end.

An address that is neither among CASES nor among BUTTONS fails.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core import signing

from demo.place import ASHA, BEN, DEV, ESI, FEMI, GRACE, HAMID, INES, PRIORY_TEAM, SAMIRA, UCHE
from manyhands import who
from manyhands.exchange.email.composing import token_for
from manyhands.log.read import brought_forward
from manyhands.notices.models import Letter
from manyhands.people.models import Person
from manyhands.pictures import proposals
from manyhands.workspace.asking import standing_in
from manyhands.workspace.models import PartnerLink
from manyhands.workspace.pages import forgotten
from manyhands.workspace.pages.asking_partner import SALT
from manyhands.workspace.shared_links import address_of
from manyhands.workspace.urls import urlpatterns
from tests.journeys import scene
from tests.journeys.conftest import OpenAs
from tests.journeys.scene import Clock
from tests.journeys.walk import Walk

BUTTONS = {
    "agree", "answer", "answer-offer", "answer-poll", "be-away", "be-moved",
    "call-poll-off", "close-poll", "come-back", "comment", "confirm", "create-role", "emergency-note",
    "fulfil", "gather", "give-role", "include", "invite", "leave", "lower-concern", "offer", "offer-more", "offer-role",
    "proceed-without", "put-right", "record-position", "release", "remove", "resolve", "review-glass", "sign-out",
    "take-back", "test-concern", "what-if-deputise", "who-may-see",
    "withdraw", "withdraw-concern",
}  # fmt: skip
"""Addresses that only take what a form sends; the form is on one of the pages."""


PARTS_AND_FILES = {
    "alive",
    "meeting-calendar",
    "meeting-now",
    "minutes-pdf",
    "paper-events",
    "ready",
    "who-has-seen-fhir",
    "who-has-seen-sheet",
}
"""Addresses of a part of a page, which is on that page, and of files that are no pages."""


ON_THE_WAY_IN = {
    "account_login", "again-with-provider", "back-from-provider", "come-in", "mfa_authenticate",
    "mfa_login_webauthn", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "our-keys", "provider-signed-out",
    "still-here", "tie-to-provider", "untie-from-provider", "with-provider",
}  # fmt: skip
"""Another name of `sign-in`, what comes after it, and ways to and from others: tests/journeys/test_signing_in.py."""


NEEDS_WORDS = {
    "amend", "answer-concern", "break-glass", "answer-condition", "answer-object", "comment", "create-role", "gather",
    "include", "invite", "matters/new", "meetings/new", "offer", "polls/new", "call-off", "who-may-see",
    "proceed-without", "proposals/new", "release", "remove",
    "remove-words", "responsibilities/new", "sign-in", "again", "app", "bring-in", "code", "password",
    "teams/new", "withdraw",
}  # fmt: skip
"""Forms that nobody can send without writing something in them, by the last part of their address."""


@dataclass(frozen=True)
class Case:
    """A page as somebody opens it: the name of its address, the address, and who (nobody: not signed in)."""

    name: str
    address: str
    person: str | None = ASHA.key

    @property
    def said(self) -> str:
        return f"{self.name} ({self.address}, {self.person or 'nobody'})"


def full() -> list[Case]:
    """Every page of a team with a year behind it."""
    team = who.Team(PRIORY_TEAM.key)
    here, standing = f"/teams/{team}", standing_in(team)
    told = brought_forward(team, proposals.fold)
    ends = {one.closed.how if one.closed else "open": one.proposal for one in standing.proposals.values()}
    objected = next(each.proposal for each in standing.objections.values() if each.is_open)
    held = {one.state: one.responsibility for one in standing.responsibilities.values()}
    group = next(iter(standing.groups.values()))
    patient = next(iter(group.patients))
    in_hand = {held.patient for held in standing.open_responsibilities()}
    not_in_hand = min(group.patients - in_hand)
    link = PartnerLink.objects.get()
    return [
        Case("about", "/about/help"),
        Case("about", "/about/accessibility"),
        Case("about", "/about/records"),
        Case("amend", f"{here}/proposals/{ends['open']}/amend"),
        Case("ask", f"{here}/responsibilities/new?patient={patient}"),
        Case("belonging", f"{here}/members"),
        Case("board", f"{here}/"),
        Case("break-glass", f"{here}/break-glass", BEN.key),
        Case("broken-glass", "/broken-glass"),
        Case("broken-glass", "/broken-glass", UCHE.key),
        Case("convene", "/teams/new"),
        Case("find-people", f"{here}/find-people"),
        Case("find-people", f"{here}/find-people?aged=65&conditions=4&organisations=3&within_months=24"),
        Case("find-people", f"{here}/find-people?aged=65&conditions=x&organisations=3&within_months=24"),
        Case("group", f"{here}/groups/{group.group}"),
        Case("groups", f"{here}/groups"),
        Case("hand-over", f"{here}/hand-over"),
        Case("hand-over", f"{here}/hand-over?to={BEN.key}"),
        Case("hand-over", f"{here}/hand-over", HAMID.key),
        Case("hand-over", f"{here}/hand-over", GRACE.key),
        Case("credit", f"{here}/proposals/{next(iter(standing.shared))}/credit"),
        Case("credit", f"{here}/proposals/{ends['agreed']}/credit"),
        Case("shared-credit", f"/we-did-it-ourselves/{address_of(team, next(iter(standing.shared.values())))}", None),
        Case("history", f"{here}/history"),
        Case("leading", f"{here}/leading"),
        Case("leading", f"{here}/leading?by=role"),
        Case("history", f"{here}/history?check=all&order=oldest"),
        Case("invitation", f"{here}/invitation", ESI.key),
        Case("matter", f"{here}/matters/{next(iter(told.matters))}"),
        Case("polls", f"{here}/polls"),
        Case("open-poll", f"{here}/polls/new"),
        Case("open-poll", f"{here}/polls/new?method=schulze"),
        Case("open-poll", f"{here}/polls/new?method=time-poll"),
        *(Case("poll", f"{here}/polls/{one.poll}") for one in standing.polls.values()),
        Case("call-meeting", f"{here}/meetings/new"),
        Case("meetings", f"{here}/meetings"),
        *(Case("meeting", f"{here}/meetings/{one.meeting}") for one in standing.meetings.values()),
        *(Case("meeting-screen", f"{here}/meetings/{one.meeting}/screen") for one in standing.meetings.values()),
        *(Case("minutes", f"{here}/meetings/{one.meeting}/minutes") for one in standing.meetings.values() if one.ended),
        Case("papers", "/papers"),
        Case("papers", "/papers", ESI.key),
        *(Case("paper", f"{here}/papers/{one}") for one in standing.papers),
        Case("paper", f"{here}/papers/pe-p-leading?version=1"),
        Case("paper", f"{here}/papers/pe-p-one-name", UCHE.key),
        Case("publish", f"{here}/papers/new"),
        Case("revise", f"{here}/papers/pe-p-memory/revise"),
        Case("my-work", "/"),
        Case("my-work", "/", GRACE.key),
        Case("my-work", "/", DEV.key),
        Case("my-work", "/", FEMI.key),
        Case("proposal", f"{here}/proposals/pe-before-christmas", FEMI.key),
        Case("my-work", "/", ESI.key),
        Case("person", f"{here}/people/{patient}"),
        Case("who-has-seen", f"{here}/people/{patient}/who-has-seen"),
        Case("remove-patient", f"{here}/people/{not_in_hand}/remove"),
        Case("remove-patient", f"{here}/people/{min(group.patients & in_hand)}/remove"),
        Case("reads", "/reads"),
        Case("reads", "/reads", UCHE.key),
        Case("reads", f"/reads?person={ASHA.key}", UCHE.key),
        Case("sessions", "/your-sign-in/sessions"),
        Case("propose", f"{here}/proposals/new?group={group.group}"),
        *(Case("proposal", f"{here}/proposals/{proposal}") for proposal in ends.values()),
        Case("proposal", f"{here}/proposals/{objected}"),
        Case("raise", f"{here}/matters/new"),
        Case("records", f"{here}/records"),
        Case("remove-words", f"{here}/history/{_entry_with_words(team)}/remove-words"),
        *(Case("responsibility", f"{here}/responsibilities/{one}") for one in held.values()),
        *(Case("review", f"{here}/proposals/{one}/review", INES.key) for one in ("pe-one-number", "pe-weekly-call")),
        Case("review", f"{here}/proposals/pe-one-number/review"),
        Case("change-decision", f"{here}/proposals/pe-one-number/review/change"),
        Case("notices", "/notices"),
        Case("notices", "/notices", DEV.key),
        Case("letter", f"/notices/messages/{Letter.objects.filter(person_id=GRACE.key).first().id}", GRACE.key),
        Case("stop-notices", f"/notices/stop/{token_for(GRACE.key)}", None),
        Case("sign-in", "/sign-in", None),
        Case("account_reauthenticate", "/sign-in/again"),
        Case("mfa_reauthenticate", "/sign-in/again/code", HAMID.key),
        Case("mfa_index", "/your-sign-in"),
        Case("mfa_index", "/your-sign-in", HAMID.key),
        Case("change-password", "/your-sign-in/password"),
        Case("mfa_activate_totp", "/your-sign-in/app"),
        Case("bring-in", "/bring-in"),
        Case("forgotten", "/sign-in/forgotten", None),
        Case("new-password", f"/sign-in/forgotten/{_forgotten_by(SAMIRA.key)}", None),
        *(Case("ask-partner", f"{here}/responsibilities/{one}/partner") for one in held.values()),
        Case("ask-partner", f"{here}/responsibilities/{link.responsibility}/partner", link.asked_by_id),
        Case("partner", f"/asked/{signing.dumps(link.pk, salt=SALT)}", None),
        Case("mfa_add_webauthn", "/your-sign-in/passkey"),
        Case("mfa_deactivate_totp", "/your-sign-in/app/remove", HAMID.key),
        Case("mfa_view_recovery_codes", "/your-sign-in/recovery-codes", HAMID.key),
        Case("mfa_generate_recovery_codes", "/your-sign-in/recovery-codes/new", HAMID.key),
        Case("step-down", f"{here}/members/step-down?role={standing.coordinating}"),
        Case("step-into", "/step-into", None),
        Case("what-if", f"{here}/what-if"),
        Case("what-if", f"{here}/what-if?who=person:{ASHA.key}"),
    ]


def empty() -> list[Case]:
    """The pages of a team that has only just been convened, where no records are loaded."""
    here = f"/teams/{scene.NEW.key}"
    pages = {
        "ask": "responsibilities/new",
        "belonging": "members",
        "board": "",
        "find-people": "find-people",
        "groups": "groups",
        "hand-over": "hand-over",
        "history": "history",
        "leading": "leading",
        "call-meeting": "meetings/new",
        "meetings": "meetings",
        "propose": "proposals/new",
        "raise": "matters/new",
        "records": "records",
        "what-if": f"what-if?who=person:{ASHA.key}",
    }
    return [
        Case("my-work", "/"),
        Case("notices", "/notices"),
        *(Case(name, f"{here}/{page}") for name, page in pages.items()),
    ]


def _forgotten_by(person: str) -> str:
    """What stands in the link for a new password of theirs: somebody who signs in for no case, which would end it."""
    token = default_token_generator.make_token(Person.objects.get(id=person))
    return signing.dumps([person, token], salt=forgotten.SALT)


def _entry_with_words(team: who.Team) -> int:
    """The number of the first proposal's entry in the log."""
    from manyhands import acts
    from manyhands.log.read import read

    return next(entry.number for entry in read(team) if isinstance(entry.act, acts.Propose))


@pytest.fixture
def no_year(clock: Clock, settings: Any, tmp_path: Path, transactional_db: None) -> None:
    scene.settle(settings, tmp_path / "none")
    scene.come_together(scene.NEW, today=clock.today)


@pytest.fixture
def walk(open_as: OpenAs, axe: Callable[..., None]) -> Walk:
    return Walk(open_as, axe)


def test_every_page_has_a_case(a_year: None) -> None:
    tried = {case.name for case in full()}

    assert {pattern.name for pattern in urlpatterns} - BUTTONS - PARTS_AND_FILES - ON_THE_WAY_IN == tried
    assert tried & BUTTONS == set()


def test_every_page_of_a_full_team_is_as_it_should_be_for_axe(a_year: None, walk: Walk) -> None:
    walk.in_a_window(full())


def test_every_page_of_a_full_team_fits_a_phone_and_its_keyboard(a_year: None, walk: Walk) -> None:
    walk.on_a_phone(full())


def test_every_page_of_an_empty_team_is_as_it_should_be(no_year: None, walk: Walk) -> None:
    walk.in_a_window(empty())
    walk.on_a_phone(empty())


def test_every_form_sent_empty_says_what_to_put_right_and_leads_to_it(a_year: None, walk: Walk) -> None:
    refused = walk.forms_sent_empty(full())

    assert NEEDS_WORDS - refused == set()
