"""The tests' own emptying of the database leaves the log's guards standing."""

import pytest
from django.db import connection

from manyhands.log import guards


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_the_guards_stand_again_after_a_test_that_commits(time: str) -> None:
    assert guards.missing() == []

    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM log_entry")
        assert cursor.fetchone() == (0,)
