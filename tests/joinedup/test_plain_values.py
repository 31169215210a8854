"""NHS numbers, days and moments, periods, and what things are called."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.period import NoSuchPeriod, Period, months_before, months_of
from joinedup.records import nhs_number, when
from joinedup.records.fhir.naming import Around, called


@pytest.mark.parametrize(
    "number",
    [
        "9876543210",
        "4010232137",
        "9434765919",
        "9990000018",
        "4000000632",
        "9476719931",
        "0607230002",
        "0000000000",
        "401 023 2137",
        "401-023-2137",
        " 9990000018 ",
    ],
)
def test_numbers_whose_check_digit_holds_are_valid(number: str) -> None:
    assert nhs_number.state(number) == "valid"


@pytest.mark.parametrize(
    "number",
    [
        "1234567890",
        "9876543211",
        "3478526985",
        "123 456 789",
        "01 2345 6789",
        "012 345-6789",
        "999 000-0018",
        "4010-232137",
        "４０１０２３２１３７",
        "401023213X",
        "40102321370",
    ],
)
def test_other_numbers_are_invalid_and_kept_as_they_stand(number: str) -> None:
    assert nhs_number.state(number) == "invalid"
    assert nhs_number.plain(number)


@pytest.mark.parametrize("number", [None, "", "   "])
def test_no_number_is_absent(number: str | None) -> None:
    assert nhs_number.state(number) == "absent"


@given(st.integers(0, 999_999_999))
def test_at_most_one_check_digit_fits_nine_digits(nine: int) -> None:
    fitting = [digit for digit in range(10) if nhs_number.state(f"{nine:09d}{digit}") == "valid"]

    assert len(fitting) <= 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-08-04T10:00:00+01:00", datetime(2021, 8, 4, 9, tzinfo=UTC)),
        ("2021-08-04T10:00:00.123456789Z", datetime(2021, 8, 4, 10, 0, 0, 123456, tzinfo=UTC)),
        ("2021-08-04T10:00", datetime(2021, 8, 4, 10, tzinfo=UTC)),
        ("2021", datetime(2021, 1, 1, tzinfo=UTC)),
        ("1914-01-01T00:00:00-05:00", datetime(1914, 1, 1, 5, tzinfo=UTC)),
        ("0001-01-01T00:00:00+05:00", None),
        ("2021-02-30", None),
        ("2021-W05", None),
        ("20210804", None),
        ("2021-08-04T25:00:00Z", None),
        ("2021-08-04 10:00:00", None),
        ("", None),
        ("٢٠٢١-٠١-٠١", None),
    ],
)
def test_a_moment_is_an_instant_or_nothing(text: str, expected: datetime | None) -> None:
    assert when.moment(text) == expected


@given(st.text(max_size=30))
def test_no_text_at_all_stops_the_reading_of_a_date(text: str) -> None:
    assert when.moment(text) is None or when.day(text)[0] is not None


def test_a_day_is_taken_as_written_whatever_the_offset() -> None:
    assert when.day("2021-08-04T00:30:00+01:00") == (date(2021, 8, 4), "day")


@pytest.mark.parametrize(
    ("as_at", "months", "since"),
    [
        (date(2024, 12, 31), 12, date(2024, 1, 1)),
        (date(2024, 2, 29), 12, date(2023, 3, 1)),
        (date(2024, 3, 30), 1, date(2024, 2, 29)),
        (date(3, 1, 1), 240, date.min),
    ],
)
def test_a_look_back_is_whole_months_up_to_and_including_the_day(as_at: date, months: int, since: date) -> None:
    assert Period.back_from(as_at, months).since == since


@given(st.dates(date(100, 1, 1), date(9000, 1, 1)), st.integers(1, 600))
def test_looking_back_further_never_begins_later(day: date, months: int) -> None:
    assert months_before(day, months + 1) <= months_before(day, months) < day


@pytest.mark.parametrize("words", ["soon", "", "0 months", "-3 months", "2 weeks", "1.5 years"])
def test_words_that_are_no_period_are_refused(words: str) -> None:
    with pytest.raises(NoSuchPeriod, match="24 months"):
        months_of(words)


@pytest.mark.parametrize(
    ("id", "full_url", "key"),
    [
        ("1", None, "Patient/1"),
        ("1", "urn:uuid:0b6a1c1e-6a9a-4a0c-9d2e-000000000001", "Patient/1"),
        (None, "urn:uuid:0B6A1C1E-6a9a-4a0c-9d2e-000000000001", "Patient/0b6a1c1e-6a9a-4a0c-9d2e-000000000001"),
        ("1", "https://a.example/fhir/Patient/1", "https://a.example/fhir/Patient/1"),
        ("1", "https://a.example/fhir/Patient/1/_history/4", "https://a.example/fhir/Patient/1"),
        (None, "https://a.example/fhir/Patient/1", "https://a.example/fhir/Patient/1"),
        ("2", "https://a.example/fhir/Patient/1", "Patient/2"),
        (None, "Patient/7/_history/1", "Patient/7"),
    ],
)
def test_a_key_comes_from_the_resource_itself(id: str | None, full_url: str | None, key: str) -> None:
    assert called("Patient", id, full_url, b"{}").key == key


def test_without_any_name_the_key_is_of_the_content() -> None:
    one, other = (called("Patient", None, None, content).key for content in (b'{"a":1}', b'{"a":2}'))

    assert one.startswith("Patient/sha-")
    assert one != other
    assert called("Patient", None, None, b'{"a":1}').key == one


def test_a_relative_reference_is_to_the_same_server() -> None:
    around = Around("https://a.example/fhir/Encounter/1", "https://a.example/fhir")

    assert around.means("Patient/1") == "https://a.example/fhir/Patient/1"
    assert around.means("#x") == "https://a.example/fhir/Encounter/1#x"
