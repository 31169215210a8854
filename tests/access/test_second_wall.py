"""The second wall: with the decision taken away, PostgreSQL gives nobody."""

from collections.abc import Iterator

import pytest
from django.db import ProgrammingError, connection, transaction

from manyhands import who
from manyhands.access import Action, see
from manyhands.access.models import Sight
from manyhands.exchange.records.patients import known_already
from manyhands.people import second_wall
from manyhands.people.models import Patient, Role, Team
from manyhands.people.second_wall import opened_for, opened_for_the_site
from manyhands.site import unsafe
from tests.cast import MATRON, TEAM, gathers
from tests.story import Story, with_the_team

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def story() -> Iterator[Story]:
    """Ruth and Sam are in a group, Tess is not; whoever asks is a user of the database as a site has one."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no second wall: docs/decisions/0054-the-second-wall.md")
    story = with_the_team()
    story.happened(gathers("asha", "ruth", "sam"))
    Team.objects.create(id=TEAM, name="Riverside team")
    Role.objects.create(id=MATRON, team_id=TEAM, title="Community matron")
    for name in ("Ruth", "Sam", "Tess"):
        Patient.objects.create(id=name.lower(), record=f"record-{name}", given_names=name, family_name="Moss")
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE a_site NOLOGIN NOSUPERUSER NOBYPASSRLS")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO a_site")
        cursor.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO a_site")
        cursor.execute("SET ROLE a_site")
    yield story
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def asks(story: Story, *patients: str) -> list[str]:
    wanted = [who.Patient(each) for each in patients]
    return list(see(who.Person("carol"), TEAM, story.standing, wanted, at=story.now, page="group"))


def test_a_query_that_forgets_the_decision_gets_nobody(story: Story) -> None:
    assert list(Patient.objects.all()) == []
    assert Patient.objects.filter(id="ruth").first() is None
    assert Patient.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_patient")
        assert cursor.fetchall() == []


def test_through_the_decision_those_with_a_basis_are_given_and_then_the_wall_stands_again(story: Story) -> None:
    assert asks(story, "ruth", "tess") == ["ruth"]
    assert list(Patient.objects.all()) == []


def test_with_the_first_wall_taken_away_only_whom_the_page_asked_for_is_ever_there(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A query that leaves out whom it is for gets those that were opened, and no others."""
    with opened_for(["sam"]):
        assert [each.id for each in Patient.objects.all()] == ["sam"]
    with opened_for([]):
        assert list(Patient.objects.all()) == []
    monkeypatch.setattr("manyhands.access.seeing.opened_for", lambda _: opened_for([]))
    assert asks(story, "ruth", "sam") == []


def test_no_identifier_opens_everybody(story: Story) -> None:
    for asked in (["*"], ["*", "*"], [""], ["%"]):
        with opened_for(asked):
            assert list(Patient.objects.all()) == [], asked


def test_nobody_changes_or_takes_away_a_patient_who_was_not_opened(story: Story) -> None:
    assert Patient.objects.filter(id="ruth").update(family_name="Ash") == 0
    assert Patient.objects.all().delete()[0] == 0
    with opened_for_the_site():
        assert Patient.objects.filter(family_name="Moss").count() == 3


def test_it_stands_again_after_a_failure_inside(story: Story) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), opened_for_the_site(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")
    assert list(Patient.objects.all()) == []
    with opened_for(["ruth"]):
        with opened_for(["sam"]):
            assert [each.id for each in Patient.objects.all()] == ["sam"]
        assert [each.id for each in Patient.objects.all()] == ["ruth"]


def test_what_concerns_the_whole_site_goes_on_behind_it(story: Story) -> None:
    assert known_already(["record-Ruth", "record-Tess"]) == {"record-Ruth": "ruth", "record-Tess": "tess"}


def test_refusals_are_written_down_behind_it_too(story: Story) -> None:
    wanted = [who.Patient("tess")]
    see(who.Person("carol"), TEAM, story.standing, wanted, at=story.now, page="person", actions=(Action.READ,))
    assert Sight.objects.get().basis == ""


def test_a_superuser_passes_it_and_is_refused_for_real_people(story: Story, settings: object) -> None:
    settings.PRODUCTION, settings.EMBEDDED = True, False  # type: ignore[attr-defined]
    assert not second_wall.is_passed_by()
    assert list(unsafe.wall_passed_by(settings)) == []
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    assert second_wall.is_passed_by()
    assert ["superuser" in each for each in unsafe.wall_passed_by(settings)] == [True]
