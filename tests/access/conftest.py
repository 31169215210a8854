"""A place with something at every address: people of every kind, and one of everything that has a page."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from manyhands import acts, who
from manyhands.exchange.email.composing import token_for
from manyhands.exchange.records import put_on_file
from manyhands.log.record import record
from manyhands.notices.models import Letter
from manyhands.people.models import Person, Team
from tests import small_records
from tests.cast import (
    NURSING,
    TEAM,
    VISIT,
    agrees,
    asks,
    attends,
    calls_a_meeting,
    circulates,
    closes_the_meeting,
    concludes,
    consents,
    gathers,
    invites,
    item,
    joins,
    objects,
    offers,
    opens_review,
    polls,
    proposes,
    publishes,
    raises,
    removes,
    takes_on,
)
from tests.workspace.workplace import Workplace, workplace

TALK = acts.Event(called=acts.Words("Falls day"), starts_at=datetime(2026, 5, 4, 13, tzinfo=UTC), minutes=90)
OF_ANOTHER_TEAM, INVITED, LEFT, WITH_A_ROLE, WITHOUT_A_ROLE = "hal", "gus", "ines", "carol", "fay"


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_records.write_and_load(tmp_path_factory.mktemp("records"))


@pytest.fixture
def place(db: None, settings: Any, store: Path, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    """The team in place, with one of everything; the site reads the story's clock."""
    story = workplace()
    monkeypatch.setattr("django.utils.timezone.now", lambda: story.now)
    small_records.settle(settings, store)
    settings.BREAK_GLASS_KINDS = ("nurse",)
    for person, organisation in ((INVITED, "charity"), (OF_ANOTHER_TEAM, "elsewhere")):
        Person.objects.open(
            person,
            f"{person}@example.org",
            person.title(),
            "correct horse battery staple",
            organisations=[organisation],
        )
    Team.objects.create(id="hillside", name="Hillside team")
    hillside = acts.Convene(
        team=who.Team("hillside"),
        by=who.Person(OF_ANOTHER_TEAM),
        for_organisation=who.Organisation("elsewhere"),
        at=datetime(2026, 3, 2, 9, tzinfo=UTC),
        role=who.Role("hillside-coordinator"),
        kind="care-coordinator",
        purpose=acts.Words("Somewhere else"),
    )
    record(hillside)
    ruth = put_on_file(["Patient/ruth"])["Patient/ruth"]
    story.happened(
        gathers("asha", ruth),
        raises("asha"),
        lambda s: replace(proposes("carol")(s), group=who.Group("frail")),
        objects("dev"),
        proposes("carol", "settled", affected=(NURSING,), follows=(VISIT,)),
        consents("carol", "settled"),
        agrees("carol", "settled"),
        opens_review("carol", "settled"),
        lambda s: replace(asks("asha")(s), patient=ruth),
        takes_on("carol"),
        offers("carol", "dev", item("responsibility", "ring", "matron", "social-worker")),
        invites("asha", "fay"),
        joins("fay"),
        invites("asha", INVITED, who.Organisation("charity")),
        removes("asha", LEFT),
        calls_a_meeting("asha"),
        circulates("asha"),
        attends("asha"),
        calls_a_meeting("asha", "held"),
        circulates("asha", meeting="held"),
        attends("asha", meeting="held"),
        concludes("asha", meeting="held"),
        closes_the_meeting("asha", "held"),
        publishes("carol", events=(TALK,)),
        polls("carol", asked=(NURSING,)),
    )
    Letter.objects.create(
        id="a-message", person_id=WITH_A_ROLE, waiting=1, made_at=story.now, next_try_at=story.now, state="sent"
    )
    return story


@pytest.fixture
def browsers(place: Workplace) -> dict[str, Client]:
    """A browser for each kind of person."""
    kinds = {
        "with-a-role": WITH_A_ROLE,
        "without-a-role": WITHOUT_A_ROLE,
        "of-another-team": OF_ANOTHER_TEAM,
        "left": LEFT,
        "invited": INVITED,
        "esi": "esi",
    }
    return {kind: place.as_(person) for kind, person in kinds.items()} | {"nobody-signed-in": Client()}


@pytest.fixture
def parts(place: Workplace) -> dict[str, str]:
    """What stands in addresses, for one of everything."""
    patient = next(iter(place.standing.groups[who.Group("frail")].patients))
    return {
        "team": TEAM,
        "group": "frail",
        "patient": patient,
        "proposal": "visits",
        "responsibility": "ring",
        "matter": "visits",
        "handover": "going",
        "meeting": "thursday",
        "paper": "falls",
        "poll": "how-often",
        "glass": "never-broken",
        "which": "help",
        "person": "carol",
        "role": "matron",
        "number": "1",
        "address": "1.guessed~address",
        "letter": "a-message",
        "invitation": "never-sent",
        "link": "never-sent",
        "forgotten": "never-sent",
        "pk": "1",
        "provider": "nobody-knows",
        "token": token_for(WITH_A_ROLE),
    }
