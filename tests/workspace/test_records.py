"""The Records page: what was loaded, from where, what was set aside and why."""

import html
import re

from tests import small_records
from tests.cast import TEAM, invites, joins

PAGE = f"/teams/{TEAM}/records"


def text_of(response):
    body = re.sub(r"<(script|style|head).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def test_it_says_how_many_of_each_were_loaded_from_where_and_up_to_when(records):
    text = text_of(records.as_("carol").get(PAGE))

    assert "6 people" in text
    assert "17 contacts" in text
    assert "Last contact on record 27 February 2026" in text
    assert "(1 file)" in text


def test_what_could_not_be_read_is_listed_with_file_place_and_reason(records):
    text = text_of(records.as_("carol").get(PAGE))

    assert "1 thing could not be read" in text
    assert re.search(r"File all\.ndjson Where line \d+ Why not readable", text)


def test_nobody_is_named_on_it(records):
    records.happened(invites("asha", "fay"), joins("fay"))

    for person in ("carol", "fay"):
        page = records.as_(person).get(PAGE).content.decode()
        assert "Moss" not in page
        assert "9990000018" not in page


def test_without_records_it_says_how_to_load_some(records, settings, tmp_path):
    small_records.settle(settings, tmp_path / "none")

    text = text_of(records.as_("carol").get(PAGE))

    assert "No records of care have been loaded yet" in text
    assert "joinedup load" in text
