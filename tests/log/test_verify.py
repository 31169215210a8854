"""Whether everything is as it was recorded: any change anywhere is found, and the first entry named."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manyhands import who
from manyhands.log.chain import digest_of
from manyhands.log.models import Entry
from manyhands.log.record import record
from manyhands.log.verify import Misfit, verify
from tests.emptying import guards_down
from tests.log.scene import Scene
from tests.log.test_races import at_once

ENTRY = ["name", "at", "by", "together", "payload", "recorded_at", "previous", "digest"]


@pytest.fixture
def told(scene: Scene) -> Scene:
    """Six entries with words, the fourth of which was withheld by the sixth."""
    record(scene.say("three"), scene.say("four"), scene.say("five"), scene.withhold(4))
    return scene


def by_force(statement: str, *values: object) -> None:
    """As somebody would who can do anything to the database."""
    with guards_down(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def misfit(team: who.Team, number: int | None = None) -> Misfit | None:
    (checked,) = verify(team, number)
    return checked.misfit


def test_a_chain_nobody_touched_fits_and_says_how_far(told):
    (checked,) = verify(told.team)

    assert (checked.fitting, checked.misfit) == (6, None)
    assert checked.digest == Entry.objects.get(team=told.team, number=6).digest


@pytest.mark.parametrize("column", ENTRY)
@pytest.mark.parametrize("number", [1, 3, 6])
def test_one_change_in_any_column_of_any_entry_is_found_and_named(told, column, number):
    changes = {
        "at": "2026-03-02 09:00:00.000001+00:00",
        "recorded_at": "2026-03-02 09:00:00.000001+00:00",
    }
    by_force(
        f"UPDATE log_entry SET {column} = %s WHERE team = %s AND number = %s",
        changes.get(column, "x"),
        told.team,
        number,
    )

    found = misfit(told.team)

    assert found is not None
    assert found.number == number


def test_any_one_byte_of_a_payload_or_a_text_that_is_altered_is_found(told):
    payload = Entry.objects.get(team=told.team, number=3).payload
    for at in range(0, len(payload), 7):
        altered = payload[:at] + chr(ord(payload[at]) ^ 1) + payload[at + 1 :]
        by_force("UPDATE log_entry SET payload = %s WHERE team = %s AND number = 3", altered, told.team)
        assert misfit(told.team) == Misfit(3, "its content was changed: it does not give its digest")

    by_force("UPDATE log_entry SET payload = %s WHERE team = %s AND number = 3", payload, told.team)
    assert misfit(told.team) is None


@pytest.mark.parametrize(
    ("statement", "number", "why"),
    [
        ("DELETE FROM log_entry WHERE team = %s AND number = 3", 3, "missing; the next there is, is 4"),
        ("DELETE FROM log_entry WHERE team = %s AND number = 1", 1, "missing; the next there is, is 2"),
        ("DELETE FROM log_entry WHERE team = %s AND number = 6", 4, "its words at words are missing, though never"),
        ("DELETE FROM log_entry WHERE team = %s AND number > 4", 4, "its words at words are missing, though never"),
        ("DELETE FROM log_entry WHERE team = %s", 1, "it is missing, and words of it are there"),
        ("UPDATE log_wording SET text = 'drie' WHERE team = %s AND number = 3", 3, "its words at words were changed"),
        ("UPDATE log_wording SET salt = '00' WHERE team = %s AND number = 3", 3, "its words at words were changed"),
        ("UPDATE log_wording SET text = NULL WHERE team = %s AND number = 3", 3, "missing, though never withheld"),
        ("DELETE FROM log_wording WHERE team = %s AND number = 5", 5, "missing, though only erasing is allowed"),
        (
            "UPDATE log_wording SET place = 'because' WHERE team = %s AND number = 2",
            2,
            "its words at words are missing",
        ),
        (
            "INSERT INTO log_wording SELECT team, 2, 'z', salt, text FROM log_wording WHERE team = %s AND number = 2",
            2,
            "there are words at z that it does not refer to",
        ),
        (
            "INSERT INTO log_wording SELECT team, 7, place, salt, text FROM log_wording WHERE team = %s AND number = 2",
            7,
            "it is missing, and words of it are there",
        ),
    ],
)
def test_what_does_not_fit_is_named_with_the_reason(told, statement, number, why):
    by_force(statement, told.team)

    found = misfit(told.team)

    assert found is not None
    assert (found.number, why in found.why) == (number, True), found


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps only moments in a column of moments")
@pytest.mark.parametrize("nonsense", ["x", "", "2026-02-30 09:00:00", 7, b"\xff"])
@pytest.mark.parametrize("column", ["at", "recorded_at"])
def test_nonsense_in_place_of_a_moment_is_found_and_named(told, column, nonsense):
    by_force(f"UPDATE log_entry SET {column} = %s WHERE team = %s AND number = 3", nonsense, told.team)

    found = misfit(told.team)

    assert found is not None
    assert found.number == 3


def test_an_entry_written_anew_with_a_digest_of_its_own_breaks_the_next(told):
    entry = Entry.objects.get(team=told.team, number=3)
    entry.payload = entry.payload.replace("falls", "walls")
    by_force(
        "UPDATE log_entry SET payload = %s, digest = %s WHERE team = %s AND number = 3",
        entry.payload,
        digest_of(entry),
        told.team,
    )

    assert misfit(told.team) == Misfit(4, "it does not follow the entry before: the digest of that is another")


def test_columns_that_say_something_else_than_the_payload_are_found_whatever_the_digest(told):
    entry = Entry.objects.get(team=told.team, number=6)
    entry.by = "dev"
    by_force("UPDATE log_entry SET by = 'dev', digest = %s WHERE team = %s AND number = 6", digest_of(entry), told.team)

    assert misfit(told.team) == Misfit(6, "its columns say something else than its payload")


def test_one_decision_is_checked_with_all_that_it_rests_on_and_nothing_after(told):
    by_force("UPDATE log_entry SET by = 'dev' WHERE team = %s AND number = 5", told.team)

    assert misfit(told.team, number=4) is None
    assert misfit(told.team, number=5) == Misfit(5, "its content was changed: it does not give its digest")
    assert misfit(told.team, number=9) is not None


def test_every_team_is_checked_and_one_that_does_not_fit_hides_no_other(told):
    others = [Scene().begin() for _ in range(3)]
    by_force("UPDATE log_entry SET name = 'x' WHERE team = %s AND number = 2", others[1].team)

    found = {checked.team: checked.misfit for checked in verify()}

    assert {team for team, misfit in found.items() if misfit} == {others[1].team}
    assert found.keys() >= {told.team, *(each.team for each in others)}


def test_checking_asks_as_often_for_a_long_chain_as_for_a_short_one(told):
    with CaptureQueriesContext(connection) as short:
        misfit(told.team)
    record(*(told.say(f"{i}") for i in range(300)))
    with CaptureQueriesContext(connection) as long:
        misfit(told.team)

    assert len(short) == len(long)


@pytest.fixture
def noted(told: Scene) -> dict[tuple[who.Team, int], str]:
    """The last digest of the team, as somebody noted it elsewhere."""
    (checked,) = verify(told.team)
    return {(told.team, checked.fitting): checked.digest}


def cut_off(team: who.Team, first: int) -> None:
    for table in ("log_wording", "log_entry"):
        by_force(f"DELETE FROM {table} WHERE team = %s AND number >= %s", team, first)


def test_a_chain_fits_what_was_noted_before_however_far_it_has_gone_on(told, noted):
    record(told.say("more"))

    assert next(verify(told.team, against=noted)).misfit is None


def test_an_end_that_was_cut_off_is_found_against_a_digest_noted_before(told, noted):
    cut_off(told.team, first=3)

    assert misfit(told.team) is None  # by itself, it fits
    assert next(verify(against=noted)).misfit == Misfit(
        3, "it is missing, and so is all up to 6, whose digest was noted"
    )


def test_a_log_that_was_written_anew_is_found_against_a_digest_noted_before(told, noted):
    cut_off(told.team, first=3)
    record(*(told.say(f"as if {i}") for i in range(5)))

    assert misfit(told.team) is None
    assert next(verify(against=noted)).misfit == Misfit(
        6, "its digest is not the one that was noted: the log was written anew"
    )


def test_a_team_of_which_nothing_is_left_is_found_against_a_digest_noted_before(told, noted):
    cut_off(told.team, first=1)

    (checked,) = verify(against=noted)

    assert checked.team == told.team
    assert checked.misfit == Misfit(1, "it is missing, and so is all up to 6, whose digest was noted")


@pytest.mark.parametrize("after", [1, 2, 3])
def test_what_is_recorded_while_a_chain_is_followed_never_looks_like_a_misfit(committed, after):
    """Somebody records an act just after the first question to the log, the second, or the third."""
    asked = []

    def recording_meanwhile(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if "log_" in sql and len(asked) < 3:
            asked.append(sql)
            if len(asked) == after:
                at_once(record, [committed.say("meanwhile")])
        return result

    with connection.execute_wrapper(recording_meanwhile):
        (checked,) = verify(committed.team)

    assert len(asked) >= min(after, 2)
    assert checked.misfit is None
    assert checked.fitting in (2, 3)
