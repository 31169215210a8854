"""Every sight is written down, once and for good; and the chain shows whether it still is as it was."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from manyhands import who
from manyhands.access import Action, Search, lately, look_over, see
from manyhands.access.models import Sight
from manyhands.access.verify import missing_guards, verify
from manyhands.people.models import Patient, Role, Team
from tests.cast import MATRON, NURSING, TEAM, gathers
from tests.story import Story, with_the_team

pytestmark = pytest.mark.django_db

CAROL, ESI = who.Person("carol"), who.Person("esi")
COPY = (
    "INSERT INTO access_sight SELECT team, {number}, at, person, role, organisation, action, page, patient, "
    "record, basis, count, request, previous, digest FROM access_sight WHERE number = 2"
)
RUTH, SAM = who.Patient("ruth"), who.Patient("sam")


@pytest.fixture
def story() -> Story:
    story = with_the_team()
    story.happened(gathers("asha", "ruth", "sam"))
    Team.objects.create(id=TEAM, name="Riverside team")
    Role.objects.create(id=MATRON, team_id=TEAM, title="Community matron")
    for name in ("Ruth", "Sam", "Tess"):
        Patient.objects.create(id=name.lower(), record=f"record-{name}", given_names=name, family_name="Moss")
    return story


def sees(story: Story, person: who.Person, *patients: str, **more: Any) -> dict[who.Patient, Any]:
    wanted = [who.Patient(patient) for patient in patients]
    return see(person, TEAM, story.standing, wanted, at=story.now, page="board", **more)


def test_only_those_with_a_basis_are_named_and_the_basis_is_said(story: Story) -> None:
    seen = sees(story, CAROL, "ruth", "tess", "sam")

    assert [each.name for each in seen.values()] == ["Ruth Moss", "Sam Moss"]
    assert seen[RUTH].because == ("the team Riverside team has them in the group “Frail, and in pieces”",)


def test_each_person_on_a_list_is_written_down(story: Story) -> None:
    sees(story, CAROL, "ruth", "tess", "sam")

    first, second = Sight.objects.order_by("number")
    assert (first.patient, second.patient) == ("ruth", "sam")
    assert first.request == second.request
    assert (first.person, first.role, first.organisation, first.page) == ("carol", MATRON, NURSING, "board")
    assert (first.action, first.basis, first.count, first.at) == ("list", "caseload-allocation", 2, story.now)


def test_nobody_outside_is_shown_anyone_and_a_list_of_nobody_is_not_a_sight(story: Story) -> None:
    assert sees(story, ESI, "ruth", "sam") == {}
    assert not Sight.objects.exists()


def test_a_refused_page_about_a_person_is_written_down_without_a_basis(story: Story) -> None:
    assert sees(story, CAROL, "tess", actions=(Action.READ,)) == {}

    refused = Sight.objects.get()
    assert (refused.patient, refused.action, refused.basis, refused.role) == ("tess", "read", "", "")


def test_somebody_who_does_not_exist_takes_as_long_to_refuse_as_somebody_who_does(story: Story) -> None:
    with CaptureQueriesContext(connection) as for_somebody:
        assert sees(story, CAROL, "tess", actions=(Action.READ,)) == {}
    with CaptureQueriesContext(connection) as for_nobody:
        assert sees(story, CAROL, "no-such-patient", actions=(Action.READ,)) == {}

    assert len(for_nobody) == len(for_somebody)
    assert list(Sight.objects.order_by("number").values_list("patient", "basis")) == [
        ("tess", ""),
        ("no-such-patient", ""),
    ]


def test_what_can_be_nobodys_identifier_is_not_written_down(story: Story) -> None:
    assert sees(story, CAROL, "x" * 5000, "\0", actions=(Action.READ,)) == {}
    assert not Sight.objects.exists()


def test_people_looked_over_after_a_search_are_written_down_by_their_record(story: Story) -> None:
    search = Search(CAROL, TEAM, story.now, frozenset({"record-Ruth", "record-Una"}))

    shown = look_over(
        CAROL, TEAM, story.standing, ["record-Una", "record-Vi"], search=search, at=story.now, page="find-people"
    )

    assert shown == {"record-Una"}
    sight = Sight.objects.get()
    assert (sight.patient, sight.record, sight.basis) == ("", "record-Una", "cohort-review")


def test_a_thousand_people_take_as_many_queries_as_one(story: Story) -> None:
    many = [f"patient-{n}" for n in range(1000)]
    Patient.objects.bulk_create(Patient(id=each, record=each) for each in many)
    story.happened(gathers("asha", *many, group="many", found=1000))

    with CaptureQueriesContext(
        connection,
    ) as for_one:
        sees(story, CAROL, "ruth")
    with CaptureQueriesContext(connection) as for_many:
        assert len(sees(story, CAROL, *many)) == 1000

    assert len(for_many) == len(for_one)
    assert Sight.objects.count() == 1001


def test_who_has_seen_somebody_lately_counts_pages_and_leaves_out_refusals_and_other_teams(story: Story) -> None:
    sees(story, CAROL, "ruth", "sam")
    story.later(hours=1)
    sees(story, CAROL, "ruth", actions=(Action.READ, Action.READ_THE_READS))
    sees(story, who.Person("dev"), "ruth")
    see(CAROL, who.Team("other"), story.standing, [RUTH], at=story.now, page="board")
    sees(story, ESI, "ruth", actions=(Action.READ,))

    found = lately(RUTH, TEAM, since=story.now - timedelta(days=1))

    assert [(each.person, each.times, each.last_at) for each in found] == [
        ("carol", 2, story.now),
        ("dev", 1, story.now),
    ]


# ---- for good ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_sight SET person = 'dev'",
        "UPDATE access_sight SET digest = digest",
        "DELETE FROM access_sight",
        COPY.format(number="number + 7"),
        COPY.format(number="3"),
    ],
)
def test_the_database_refuses_to_change_lose_or_slip_in_a_sight(story: Story, statement: str) -> None:
    sees(story, CAROL, "ruth", "sam")

    with pytest.raises(DatabaseError, match="in the log of reads"), transaction.atomic():
        connection.cursor().execute(statement)

    assert [checked.fitting for checked in verify()] == [2]


def test_emptying_and_replacing_are_refused_too(story: Story) -> None:
    sees(story, CAROL, "ruth", "sam")
    statement = {
        "postgresql": "TRUNCATE access_sight",
        "sqlite": "INSERT OR REPLACE INTO access_sight SELECT * FROM access_sight WHERE number = 1",
    }[connection.vendor]

    with pytest.raises(DatabaseError, match="in the log of reads"), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_guards_are_all_there(story: Story) -> None:
    assert missing_guards() == []


def test_the_chain_fits_over_several_pages_and_teams(story: Story) -> None:
    sees(story, CAROL, "ruth", "sam")
    sees(story, CAROL, "ruth")
    see(CAROL, who.Team("other"), story.standing, [SAM], at=datetime(2026, 7, 1, 12, tzinfo=UTC), page="board")

    assert [(checked.team, checked.fitting, checked.misfit) for checked in verify()] == [
        ("other", 1, None),
        (TEAM, 3, None),
    ]


@pytest.mark.parametrize(
    ("statement", "number", "why"),
    [
        ("UPDATE access_sight SET person = 'dev' WHERE number = 2", 2, "its content was changed"),
        ("UPDATE access_sight SET previous = digest WHERE number = 2", 2, "it does not follow the sight before"),
        ("DELETE FROM access_sight WHERE number = 1", 1, "it is missing; the next there is, is 2"),
    ],
)
def test_what_was_changed_behind_the_guards_is_named(story: Story, statement: str, number: int, why: str) -> None:
    sees(story, CAROL, "ruth", "sam", actions=(Action.READ, Action.READ_THE_READS))
    without_guards(statement)

    (checked,) = verify(TEAM)

    assert checked.misfit is not None
    assert checked.misfit.number == number
    assert checked.misfit.why.startswith(why)


def test_what_was_cut_off_the_end_shows_against_a_digest_noted_earlier(story: Story) -> None:
    sees(story, CAROL, "ruth", "sam")
    (before,) = verify()
    noted = {(who.Team(f"{TEAM}/reads"), before.fitting): before.digest}
    assert [checked.misfit for checked in verify(against=noted)] == [None]

    without_guards("DELETE FROM access_sight")

    (after,) = verify(against=noted)
    assert after.misfit is not None
    assert after.misfit.why == "it is missing, and so is all up to 2, whose digest was noted"


def without_guards(statement: str) -> None:
    """As somebody might who can change the database's structure."""
    with connection.cursor() as cursor:
        for name in ("access_sight_never_changes", "access_sight_never_goes"):
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP FUNCTION {name}() CASCADE")
            else:
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement)
