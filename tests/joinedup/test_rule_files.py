"""A rule as it is written down: what it says, and what is said of one that cannot be used."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.finding.measurable import BY_NAME, MEASURES
from joinedup.finding.places import lines_of
from joinedup.finding.rule_file import SHIPPED, BadRule, parsed, read, shipped
from joinedup.finding.starting import to_start_from

HEAD = """\
name = "Test"
version = "1.0"
purpose = "To test."
author = "A. Tester"
written_on = 2026-11-26
why = "It is a test."
within = "12 months"
"""


def rule(criteria: str, head: str = HEAD) -> str:
    return f"{head}\n{criteria}"


def wrong_with(text: str) -> list[str]:
    with pytest.raises(BadRule) as said:
        parsed(text, "my.toml")
    return str(said.value).splitlines()


@pytest.mark.parametrize("name", SHIPPED)
def test_every_rule_that_is_shipped_can_be_used_and_read_aloud(name: str) -> None:
    found = shipped(name)

    assert found.sentence().startswith(f"{found.name}, version {found.version}: ")
    assert found.purpose.endswith(".")
    assert found.why.endswith(".")


@pytest.mark.parametrize("name", SHIPPED)
def test_a_rule_to_start_from_is_the_shipped_one_with_every_measure_listed(name: str) -> None:
    written = to_start_from(name)

    assert parsed(written, "start.toml").digest == shipped(name).digest
    assert [each.name for each in MEASURES if f"# {each.name}: " not in written] == []


def test_a_rule_says_its_criteria_in_plain_words() -> None:
    text = rule(
        """
        [[all]]
        measure = "organisations"
        at_least = 4
        [[all]]
        measure = "UPC"
        at_most = 0.5
        within = "2 years"
        [[any]]
        measure = "falls"
        at_least = 1
        [[any]]
        measure = "age"
        at_least = 65
        at_most = 80
        [[not]]
        measure = "known by one alone"
        by = "practitioner"
        is = true
        within = "ever"
        """
    )

    assert parsed(text, "my.toml").criteria.words() == (
        "at least 4 organisations in 12 months"
        " and at most half of the contacts with the organisation seen most in 24 months"
        " and (at least 1 fall in 12 months or aged at least 65 and at most 80)"
        " and (not known by one practitioner alone ever)"
    )


def test_the_digest_is_of_what_a_rule_finds_and_not_of_its_prose() -> None:
    criteria = '[[all]]\nmeasure = "falls"\nat_least = 1\n'
    one = parsed(rule(criteria), "a.toml")

    renamed = parsed(rule(criteria).replace("To test", "To try").replace("1.0", "1.1"), "b.toml")
    longer = parsed(rule(criteria).replace("12 months", "1 year"), "c.toml")
    other = parsed(rule(criteria).replace("12 months", "13 months"), "d.toml")

    assert one.digest == renamed.digest == longer.digest
    assert one.digest != other.digest


@pytest.mark.parametrize(
    ("criteria", "says"),
    [
        (
            '[[all]]\nmeasure = "organisation"\nat_least = 4',
            "my.toml, line 10, all 1, measure: “organisation” is not a measure. Did you mean “organisations”",
        ),
        (
            '[[all]]\nmeasure = "falls"\nat_least = "one"',
            "my.toml, line 11, all 1, at_least: 'one' is not a number. Write it without quotes, as at_least = 4.",
        ),
        (
            '[[all]]\nmeasure = "falls"\nat_least = true',
            "my.toml, line 11, all 1, at_least: True is not a number.",
        ),
        (
            '[[all]]\nmeasure = "falls"\nat_least = 4\nat_most = 2',
            "line 12, all 1, at_most: at_most = 2 and at_least = 4 leave no number between them. Write a larger",
        ),
        (
            '[[all]]\nmeasure = "COC"\nat_most = 30',
            "my.toml, line 11, all 1, at_most: 30 cannot be: “continuity of care” goes from 0 to 1.",
        ),
        (
            '[[all]]\nmeasure = "falls"\nat_least = -1',
            "line 11, all 1, at_least: -1 cannot be: “falls” goes from 0 up.",
        ),
        ('[[all]]\nmeasure = "falls"\nat_least = nan', "line 11, all 1, at_least: nan is not a number."),
        ('[[all]]\nmeasure = "falls"', "my.toml, line 9, all 1: sets no bound. Write at_least = 4"),
        ('[[all]]\nmeasure = "falls"\nleast = 1', "line 11, all 1, least: is not known. Did you mean at_least"),
        (
            '[[all]]\nmeasure = "falls"\nat_least = 1\nby = "team"',
            "line 12, all 1, by: “falls” is by nobody in particular. Leave out by.",
        ),
        (
            '[[all]]\nmeasure = "COC"\nby = "ward"\nat_least = 0.1',
            "line 11, all 1, by: “ward” is none of those it can be by. Write one of practitioner, team, organisation",
        ),
        (
            '[[all]]\nmeasure = "age"\nat_least = 65\nwithin = "1 year"',
            "line 12, all 1, within: “age” is on the day, and looks back on nothing. Leave out within.",
        ),
        (
            '[[all]]\nmeasure = "falls"\nat_least = 1\nwithin = "lately"',
            "line 12, all 1, within: “lately” is not a length of time. Write within = “12 months”",
        ),
        (
            '[[all]]\nmeasure = "falls"\nat_least = 1\nwithin = 12',
            "line 12, all 1, within: 12 is not a length of time.",
        ),
        (
            '[[all]]\nmeasure = "known by one alone"\nat_least = 1',
            "line 11, all 1, at_least: bounds nothing: this measure is yes or no. Write is = true",
        ),
        ('[[all]]\nmeasure = "falls"\nis = true', "line 11, all 1, is: “falls” is a number. Write at_least"),
        ('[[all]]\nmeasure = "falls"\nless_than = 0', "line 11, all 1, less_than: 0 cannot be gone beyond"),
        (
            '[[all]]\nmeasure = "falls"\nat_least = 1\nmore_than = 2',
            "line 12, all 1, more_than: is a second bound on the same side as at_least. Leave one out.",
        ),
        ("[[all]]\nat_least = 1", "my.toml, line 9, all 1: lacks a measure. Write measure = “organisations”, say."),
        ('all = "falls"', "my.toml, line 9, all: is not a list of criteria. Begin each with a line [[all]]."),
        ("", "my.toml: asks nothing of anybody. Add a criterion"),
        ('[[everyone]]\nmeasure = "falls"', "my.toml, line 9, everyone: is not known."),
        (
            '[[all]]\n[[all.any]]\nmeasure = "falls"\nat_least = 1\n[[all.any]]\nmeasure = "tumbles"\nat_least = 1',
            "my.toml, line 14, all 1, any 2, measure: “tumbles” is not a measure.",
        ),
        (
            '[[any]]\nany = [\n  { measure = "falls", at_least = 1 },\n  { measure = "falls", at_least = "x" },\n]',
            "my.toml, line 12, any 1, any 2, at_least: 'x' is not a number.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_file_line_and_field_and_what_to_write(criteria: str, says: str) -> None:
    (only,) = wrong_with(rule(criteria))

    assert says in only


@pytest.mark.parametrize(
    ("line", "instead", "says"),
    [
        ('name = "Test"\n', "", "my.toml, name: is missing. Say what it is called"),
        ('version = "1.0"', "version = 1.0", "my.toml, line 2, version: is not a text. Say in quotes, as version"),
        ("2026-11-26", '"2026-11-26"', "my.toml, line 5, written_on: is not a day. Write written_on = 2026-11-26"),
        ('within = "12 months"\n', "", "all 1: does not say how far to look back. Write within"),
        ('within = "12 months"', 'dead_too = "yes"\nwithin = "ever"', "line 7, dead_too: is neither true nor false."),
        ('within = "12 months"', "within = ", "my.toml is not TOML: Invalid value (at line 7"),
    ],
)
def test_what_is_wrong_at_the_head_is_said_as_well(line: str, instead: str, says: str) -> None:
    text = rule('[[all]]\nmeasure = "falls"\nat_least = 1\n').replace(line, instead, 1)

    (only,) = wrong_with(text)

    assert says in only


def test_everything_that_is_wrong_is_said_at_once() -> None:
    text = rule('[[all]]\nmeasure = "fals"\nat_least = 1\n[[all]]\nmeasure = "age"\nat_least = 200\n').replace(
        'author = "A. Tester"\n', ""
    )

    assert [said.split(": ")[0] for said in wrong_with(text)] == [
        "my.toml, author",
        "my.toml, line 9, all 1, measure",
        "my.toml, line 13, all 2, at_least",
    ]


def test_a_rule_that_is_not_there_is_answered_with_those_that_are_shipped(tmp_path: Path) -> None:
    with pytest.raises(BadRule, match="care-in-pieces"):
        read(tmp_path / "nowhere.toml")


def test_a_rule_in_another_encoding_is_refused_as_no_text(tmp_path: Path) -> None:
    path = tmp_path / "rule.toml"
    path.write_bytes('name = "Pfleger für"'.encode("latin-1"))

    with pytest.raises(BadRule, match="cannot be read as text"):
        read(path)


@given(bound=st.sampled_from(["at_least", "at_most"]), number=st.integers(0, 40), name=st.sampled_from(sorted(BY_NAME)))
def test_every_measure_can_be_asked_by_every_name(bound: str, number: int, name: str) -> None:
    measure = BY_NAME[name]
    asks = "is = true" if measure.kind == "yes or no" else f"{bound} = {min(number, measure.most or number)}"

    (criterion,) = parsed(rule(f'[[all]]\nmeasure = "{name}"\n{asks}'), "my.toml").criteria.leaves()

    assert criterion.measure is measure
    assert criterion.words()


FIELDS = st.dictionaries(
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from(["1", '"# [[x]] = 1"', "'[a]'", "true", '["x", "y"]', "{ k = 1, l = [2] }", "[\n 1, # one\n 2\n]"]),
    max_size=3,
)


@given(head=FIELDS, tables=st.lists(st.tuples(st.sampled_from(["[[t]]", "[[ t . u ]]"]), FIELDS), max_size=5))
def test_every_field_of_any_toml_has_the_line_on_which_it_stands(
    head: dict[str, str], tables: list[tuple[str, dict[str, str]]]
) -> None:
    tables = [("[[t]]", {}), *tables]
    lines = [f"{name} = {value}" for name, value in head.items()]
    for header, fields in tables:
        lines += ["# a comment [[t]] = 1", f"{header}  # and one", *(f"{n} = {v}" for n, v in fields.items())]
    text = "\n".join(lines) + "\n"

    found = lines_of(text)

    shown = text.splitlines()
    said = tomllib.loads(text)
    assert {place[0] for place in found} == set(said)
    assert [place[1] for place in found if place[0] == "t" and len(place) == 2 and isinstance(place[1], int)] == list(
        range(len(said["t"]))
    )
    for place, line in found.items():
        if isinstance(place[-1], str) and place[-1] in "abc":
            assert shown[line - 1].startswith(f"{place[-1]} = ")
