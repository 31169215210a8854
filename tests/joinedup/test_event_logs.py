"""Event logs and tables of contacts: what is read from each, the traps in them, and what is set aside."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from joinedup.measures import continuity, hand_offs
from joinedup.records.load import load
from joinedup.records.mapping import BadMapping, Mapping
from joinedup.records.store import Store
from tests.joinedup.conftest import Opened, shared_folder
from tests.joinedup.making import rows

HEAD = "case_id,timestamp,activity,group\n"


def stored(folder: Path, text: str, mapping: Mapping | None = None, name: str = "log.csv") -> Store:
    (folder / name).write_text(text, encoding="utf-8")
    load([str(folder / name)], folder / "store", mapping=mapping or Mapping())
    return Store(folder / "store")


def sequence(store: Store) -> list[tuple[str, str | None]]:
    """Each visit's person and organisation, in order."""
    found = store.query(
        """SELECT p.patient, n.key FROM visits v JOIN patients p ON v.patient = p.number
           LEFT JOIN numbers n ON n.level = 'organisation' AND n.number = v.organisation ORDER BY v.ordinal"""
    )
    names = zip(found["patient"].to_pylist(), found["key"].to_pylist(), strict=True)
    return [(who.split("/")[1], key and key.split("/")[1]) for who, key in names]


def test_a_case_called_na_and_a_group_called_question_mark_are_kept(tmp_path: Path) -> None:
    with stored(tmp_path, HEAD + "NA,2014-01-01,seen,?\nNA,2014-01-02,seen,NA\n") as store:
        assert sequence(store) == [("NA", "?"), ("NA", "NA")]


def test_an_empty_group_is_nobody_unless_it_is_said_what_it_stands_for(tmp_path: Path) -> None:
    text = HEAD + "p,2014-01-01,seen,A\np,2014-01-02,seen,\np,2014-01-03,seen,A\n"
    for name in ("dropped", "kept"):
        (tmp_path / name).mkdir()

    with stored(tmp_path / "dropped", text) as dropped, stored(tmp_path / "kept", text, Mapping(blank="?")) as kept:
        assert sequence(dropped) == [("p", "A"), ("p", None), ("p", "A")]
        assert sequence(kept) == [("p", "A"), ("p", "?"), ("p", "A")]


def test_ties_in_time_are_in_the_order_of_the_record_or_as_it_numbers_them(tmp_path: Path) -> None:
    for name in ("read", "numbered"):
        (tmp_path / name).mkdir()

    with stored(tmp_path / "read", HEAD + "p,2014-01-01,x,B\np,2014-01-01,x,A\np,2013-01-01,x,C\n") as read:
        assert sequence(read) == [("p", "C"), ("p", "B"), ("p", "A")]
    ordered = "case_id,timestamp,group,order\np,2014-01-01,B,10\np,2014-01-01,A,9\n"
    with stored(tmp_path / "numbered", ordered) as numbered:
        assert sequence(numbered) == [("p", "A"), ("p", "B")]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2014/10/22 11:15:41.000", datetime(2014, 10, 22, 11, 15, 41, tzinfo=UTC)),
        ("2014-10-22T11:15:41+02:00", datetime(2014, 10, 22, 9, 15, 41, tzinfo=UTC)),
        ("2014-10-22", datetime(2014, 10, 22, tzinfo=UTC)),
        ("03/04/2014", datetime(2014, 4, 3, tzinfo=UTC)),
        ("20141022", datetime(2014, 10, 22, tzinfo=UTC)),
        ("22 October 2014 11:15", datetime(2014, 10, 22, 11, 15, tzinfo=UTC)),
        ("22-Oct-2014 11:15", datetime(2014, 10, 22, 11, 15, tzinfo=UTC)),
        ("22/10/2014 11:15:41.250", datetime(2014, 10, 22, 11, 15, 41, 250_000, tzinfo=UTC)),
        ("20141022111541", datetime(2014, 10, 22, 11, 15, 41, tzinfo=UTC)),
        ("1413976541", datetime(2014, 10, 22, 11, 15, 41, tzinfo=UTC)),
        ("1413976541000", datetime(2014, 10, 22, 11, 15, 41, tzinfo=UTC)),
    ],
)
def test_times_are_read_as_they_are_commonly_written_the_day_first(tmp_path: Path, text: str, at: datetime) -> None:
    with stored(tmp_path, HEAD + f"p,{text},x,A\n") as store:
        assert rows(store, "contacts", "started_at") == [(at,)]


def test_rows_that_cannot_be_read_are_set_aside_with_line_and_field_and_the_rest_goes_on(tmp_path: Path) -> None:
    text = HEAD + "p,2014-01-01,x,A\np,yesterday,x,A\n,2014-01-03,x,A\np,2014-01-04\np,2014-01-05,x,B\n"

    with stored(tmp_path, text) as store:
        assert sequence(store) == [("p", "A"), ("p", "B")]
        aside = {each.position: each.reason for each in store.set_aside()}
        (source,) = store.sources()

    assert aside == {
        "line 3": "“timestamp” is not a date or time that can be read: say how it is written in a mapping, as "
        "reading.time_format",
        "line 4": "“case_id” is empty: nobody knows whose it is",
        "line 5": "2 fields where the header has 4",
    }
    assert (source.outcome, source.set_aside) == ("read", 3)


def test_a_line_within_quotes_does_not_part_a_row_and_later_lines_keep_their_numbers(tmp_path: Path) -> None:
    with stored(tmp_path, HEAD + 'p,2014-01-01,"two\nlines",A\np,never,x,A\n') as store:
        assert [each.position for each in store.set_aside()] == ["line 4"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_from_the_header(tmp_path: Path, delimiter: str) -> None:
    with stored(tmp_path, (HEAD + "p,2014-01-01,x,A\n").replace(",", delimiter)) as store:
        assert sequence(store) == [("p", "A")]


def test_a_table_in_latin_1_and_one_with_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    (tmp_path / "latin.csv").write_bytes((HEAD + "p,2014-01-01,x,Café\n").encode("latin-1"))
    (tmp_path / "marked.csv.gz").write_bytes(gzip.compress((HEAD + "q,2014-01-01,x,Café\n").encode("utf-8-sig")))

    load([str(tmp_path)], tmp_path / "store")

    with Store(tmp_path / "store") as store:
        assert sequence(store) == [("p", "Café"), ("q", "Café")]


def test_a_sheet_saved_as_unicode_text_or_with_a_line_that_says_its_delimiter_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text((HEAD + "p,2014-01-01,x,Café\n").replace(",", "\t"), encoding="utf-16")
    said = HEAD + "q,2014-01-01,x,B\nq,never,x,B\n"
    (tmp_path / "b.csv").write_text("sep=;\n" + said.replace(",", ";"), encoding="utf-8")

    load([str(tmp_path)], tmp_path / "store")

    with Store(tmp_path / "store") as store:
        assert sequence(store) == [("p", "Café"), ("q", "B")]
        assert [each.position for each in store.set_aside()] == ["line 4"]


def test_letters_that_windows_writes_are_read_also_where_a_file_has_them_late_or_among_others(tmp_path: Path) -> None:
    (tmp_path / "windows.csv").write_bytes(HEAD.encode() + "p,2014-01-01,x,Café – “Rose”\n".encode("cp1252"))
    long = HEAD + f"q,2014-01-01,{'x' * 200},Plain\n" * 25_000
    (tmp_path / "late.csv").write_bytes(long.encode() + "r,2014-01-01,x,Café\n".encode("cp1252"))

    load([str(tmp_path)], tmp_path / "store")

    with Store(tmp_path / "store") as store:
        assert {where for _, where in sequence(store)} == {"Café – “Rose”", "Plain", "Café"}
        assert store.set_aside() == []


def test_an_encoding_that_a_mapping_says_is_held_to(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_bytes((HEAD + "p,2014-01-01,x,Café\n").encode("latin-1"))

    load([str(tmp_path / "log.csv")], tmp_path / "store", mapping=Mapping(encoding="utf-8"))

    with Store(tmp_path / "store") as store:
        (aside,) = store.set_aside()
    assert aside.reason == "the file cannot be read (UnicodeDecodeError)"


@pytest.mark.parametrize(
    "header",
    [
        "NHS Number,Appointment Date,Activity,Organisation Code",
        "CASE_ID,TIMESTAMP,ACTIVITY,SITE",
        "caseId,startTime,activityName,orgCode",
        "case.id,event-time,handling,organisation name",
    ],
)
def test_columns_are_known_by_common_names_however_their_words_are_joined(tmp_path: Path, header: str) -> None:
    with stored(tmp_path, f"{header}\np,2014-01-01,visit,A\n") as store:
        assert rows(store, "contacts", "patient", "activity", "organisation") == [
            ("Patient/p", "visit", "Organization/A")
        ]
        assert rows(store, "contacts", "started_at") == [(datetime(2014, 1, 1, tzinfo=UTC),)]


def test_a_table_that_tells_nothing_is_named_with_its_columns_and_an_empty_one_as_empty(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("id,what\n1,x\n")
    (tmp_path / "nothing.csv").write_text("")
    (tmp_path / "headless.csv").write_text("9434765919,Mrs Somebody,1931-02-03\n")

    done = load([str(tmp_path)], tmp_path / "store")

    assert {Path(each.name).name: each.why for each in done.left} == {
        "notes.csv": "no known column says whose each row is and what is told of them: say it in a --mapping. "
        "It has id, what",
        "nothing.csv": "it is empty",
        "headless.csv": "no known column says whose each row is and what is told of them: say it in a --mapping. "
        "Its first line does not look like the names of its 3 columns",
    }
    assert (done.passed_over, done.passed_over_by_name) == (3, 0)


def test_an_event_outside_every_trace_is_set_aside(tmp_path: Path) -> None:
    lone = '<event><string key="concept:name" value="x"/></event>'
    trace = f'<trace><string key="concept:name" value="p"/>{lone}</trace>'
    with stored(tmp_path, f"<log>{trace}{lone}</log>", name="log.xes") as store:
        assert [(each.position, each.reason) for each in store.set_aside()] == [
            ("event 1 outside traces", "nobody knows whose it is")
        ]
        assert len(rows(store, "contacts", "activity")) == 1


def test_what_is_said_of_a_person_may_stand_on_one_row_or_in_a_table_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("Case ID;timestamp;org:group;Age\np;2014-05-05;A;85\np;2014-05-06;B;\n")
    (tmp_path / "people.csv").write_text("case_id,sex,ethnicity,imd_decile\np,F,any,3\n")

    load([str(tmp_path)], tmp_path / "store")

    with Store(tmp_path / "store") as store:
        found = rows(store, "patients", "born_on", "born_on_known_to", "gender", "ethnicity", "deprivation_decile")
    assert len(found) == 1
    assert found[0][0] in (date(1929, 1, 1), None)


def test_a_mapping_says_which_column_says_what_and_what_to_leave_out(tmp_path: Path) -> None:
    text = "who,when,where,kind\np,2014-01-01,A,keep\np,2014-01-02,B,drop\n"
    mapping = Mapping({"patient": "who", "started_at": "when", "organisation": "where"}, leave_out={"kind": ("drop",)})

    with stored(tmp_path, text, mapping) as store:
        assert sequence(store) == [("p", "A")]


def test_a_mapping_that_does_not_fit_is_said_with_the_columns_there_are(tmp_path: Path) -> None:
    with stored(tmp_path, HEAD + "p,2014-01-01,x,A\n", Mapping({"patient": "whose"})) as store:
        (aside,) = store.set_aside()
        (source,) = store.sources()

    assert source.outcome == "not readable"
    assert "columns.patient names a column “whose” that is not there" in aside.reason
    assert "case_id, timestamp, activity, group" in aside.reason


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[columns", "is not TOML"),
        ("[colums]\n", r"\[colums\] is not known"),
        ('[columns]\nwho = "x"', "columns.who is not known"),
        ("[columns]\npatient = 3", "columns.patient has to be"),
        ('[reading]\nencoding = "klingon"', "no encoding"),
    ],
)
def test_a_mapping_file_that_is_wrong_says_where_and_what_it_may_say(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "m.toml").write_text(text)

    with pytest.raises(BadMapping, match=said):
        Mapping.read(tmp_path / "m.toml")


def test_the_same_table_under_another_mapping_is_read_again_and_under_the_same_is_not(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(HEAD + "p,2014-01-01,x,A\n")
    by_activity = Mapping({"organisation": "activity"})

    first = load([str(tmp_path / "log.csv")], tmp_path / "store")
    again = load([str(tmp_path / "log.csv")], tmp_path / "store")
    other = load([str(tmp_path / "log.csv")], tmp_path / "store", mapping=by_activity)

    assert (first.changed, again.changed, other.changed) == (True, False, True)


def test_contacts_in_parquet_are_read_as_those_in_text(tmp_path: Path) -> None:
    at = pa.array([datetime(2014, 1, 2, tzinfo=UTC), datetime(2014, 1, 1, tzinfo=UTC)], pa.timestamp("us", tz="UTC"))
    table = pa.table({"patient": ["p", "p"], "started_at": at, "organisation": ["B", "A"], "practitioner": ["x", None]})
    pq.write_table(table, tmp_path / "contacts.parquet")

    load([str(tmp_path / "contacts.parquet")], tmp_path / "store")

    with Store(tmp_path / "store") as store:
        assert sequence(store) == [("p", "A"), ("p", "B")]


XES = """<?xml version="1.0"?>
<log xes.version="1.0"{namespace}>
  <global scope="event"><string key="org:group" value="UNKNOWN"/></global>
  <int key="meta_concept:named_events_total" value="{total}"/>
  <trace><string key="concept:name" value="NA"/>
    <event><string key="concept:name" value="Triage"/><date key="time:timestamp" value="2014-03-30T01:30:00+01:00"/>
      <string key="org:group" value="?"><string key="org:group" value="nested"/></string></event>
    <event><string key="concept:name" value="Bloods"/><date key="time:timestamp" value="2014-03-30T03:30:00+02:00"/>
      <string key="org:group" value="B"/><int key="Age" value="85"/></event>
  </trace>
</log>"""


@pytest.mark.parametrize("namespace", ["", ' xmlns="http://www.xes-standard.org/"'])
def test_a_log_in_xes_is_read_with_and_without_its_namespace(tmp_path: Path, namespace: str) -> None:
    with stored(tmp_path, XES.format(namespace=namespace, total=2), name="log.xes") as store:
        assert sequence(store) == [("NA", "?"), ("NA", "B")]
        assert rows(store, "patients", "born_on", "born_on_known_to") == [(date(1929, 1, 1), "year")]
        assert store.doubts() == []


def test_a_log_that_says_it_has_more_events_than_were_read_is_doubted(tmp_path: Path) -> None:
    with stored(tmp_path, XES.format(namespace="", total=3), name="log.xes") as store:
        (doubt,) = store.doubts()

    assert doubt.doubt == "the log says that it has 3 named events; 2 were read"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('<!DOCTYPE log [<!ENTITY a "aaaa">]><log/>', "document type of its own"),
        (XES.format(namespace="", total=2)[:-30], "not well-formed XML at line"),
    ],
)
def test_a_log_that_is_broken_or_declares_entities_is_set_aside_and_what_came_before_stands(
    tmp_path: Path, text: str, why: str
) -> None:
    with stored(tmp_path, text, name="log.xes") as store:
        (aside,) = store.set_aside()

    assert why in aside.reason


SEPSIS, HOSPITAL = "eventlog-sepsis", "eventlog-hospital-2011"


def whole(tmp_path_factory: pytest.TempPathFactory, name: str, mapping: Mapping, *files: str) -> Store:
    folder = shared_folder(name)
    store = tmp_path_factory.mktemp("log") / "store"
    load([str(folder / file) for file in files], store, mapping=mapping)
    return Store(store)


@pytest.mark.parametrize("file", ["sepsis.xes.gz", "sepsis.csv.gz"])
def test_the_sepsis_log_gives_its_published_values_from_either_form(
    tmp_path_factory: pytest.TempPathFactory, file: str
) -> None:
    with whole(tmp_path_factory, SEPSIS, Mapping(), file) as store:
        found = continuity.measure(store)
        steps = hand_offs.hand_offs(store)
        assert store.doubts() == []
        aged = store.query("SELECT count(*) AS n FROM patients WHERE born_on IS NOT NULL")["n"][0].as_py()

    assert (found.table.num_rows, found.pairs, found.hand_offs, aged) == (1050, 14164, 7048, 1050)
    means = [found.mean(name) for name in continuity.MEASURES]
    assert means == pytest.approx([0.2905, 0.4951, 0.4159, 0.6405], abs=5e-5)
    assert found.median("coc") == pytest.approx(0.2667, abs=5e-5)
    assert (steps.table.num_rows, steps.between.num_rows) == (210, 196)
    busiest = [(row["from_number_name"] + row["to_number_name"], row["times"]) for row in steps.between.to_pylist()[:5]]
    assert busiest == [("AC", 946), ("AB", 867), ("CA", 863), ("BA", 685), ("BE", 637)]
    na = {row["patient"]: row for row in found.table.to_pylist()}["Patient/NA"]
    assert (na["contacts"], na["providers"], na["hand_offs"]) == (24, 6, 7)
    assert [na[name] for name in continuity.MEASURES] == pytest.approx([0.4565, 0.6667, 0.6957, 0.7835], abs=5e-5)


LABORATORY = {"group": ("General Lab Clinical Chemistry",)}


@pytest.mark.parametrize(
    ("mapping", "by", "people", "pairs", "steps", "means", "median"),
    [
        (Mapping(), "organisation", 1139, 149132, 29569, [0.5625, 0.6945, 0.8025, 0.9285], 0.4795),
        (Mapping(blank="(blank)"), "organisation", 1139, 149148, 29591, [0.5625, 0.6945, 0.8024, 0.9284], 0.4795),
        (
            Mapping({"team": "producer_code"}, blank="(blank)"),
            "team",
            1139,
            149148,
            61980,
            [0.3642, 0.4837, 0.6408, 0.8753],
            0.1918,
        ),
        (
            Mapping(blank="(blank)", leave_out=LABORATORY),
            "organisation",
            1137,
            54232,
            16655,
            [0.5441, 0.6891, 0.7178, 0.8825],
            0.4596,
        ),
    ],
)
def test_the_hospital_log_gives_its_published_values(
    tmp_path_factory: pytest.TempPathFactory,
    mapping: Mapping,
    by: str,
    people: int,
    pairs: int,
    steps: int,
    means: list[float],
    median: float,
) -> None:
    with whole(tmp_path_factory, HOSPITAL, mapping, "hospital_events.csv.gz") as store:
        found = continuity.measure(store, by)  # type: ignore[arg-type]

    assert (found.table.num_rows, found.pairs, found.hand_offs) == (people, pairs, steps)
    assert [found.mean(name) for name in continuity.MEASURES] == pytest.approx(means, abs=5e-5)
    assert found.median("coc") == pytest.approx(median, abs=5e-5)


def test_the_hospital_logs_ages_come_from_its_table_of_cases(tmp_path_factory: pytest.TempPathFactory) -> None:
    with whole(tmp_path_factory, HOSPITAL, Mapping(), "hospital_events.csv.gz", "hospital_cases.csv.gz") as store:
        assert store.counts()["patients"] == 1143


def test_a_table_whose_end_is_damaged_is_set_aside_with_the_reason(tmp_path: Path) -> None:
    whole_file = gzip.compress((HEAD + "p,2014-01-01,x,A\n" * 9999).encode())
    (tmp_path / "log.csv.gz").write_bytes(whole_file[:-20])

    load([str(tmp_path / "log.csv.gz")], tmp_path / "store", format="contacts")

    with Store(tmp_path / "store") as store:
        (aside,) = store.set_aside()
    assert "damaged or ends too early" in aside.reason


@pytest.mark.parametrize(
    ("case", "visits", "values"),
    [
        ("A", 22, (0.4805, 0.6818, 0.7143, 0.8104)),
        ("B", 12, (0.2424, 0.4167, 0.4545, 0.6396)),
        ("NA", 24, (0.4565, 0.6667, 0.6957, 0.7835)),
    ],
)
def test_single_cases_of_the_sepsis_log_have_their_published_values(
    shipped: Opened, case: str, visits: int, values: tuple[float, ...]
) -> None:
    found = continuity.measure(shipped("eventlog-sepsis"), "organisation").table.to_pylist()

    (one,) = (row for row in found if row["patient"] == f"Patient/{case}")
    assert one["contacts"] == visits
    assert tuple(round(one[name], 4) for name in ("coc", "upc", "secon", "mmci")) == values


def test_within_a_day_the_hospital_log_is_in_its_own_order_and_a_blank_group_is_nobody(shipped: Opened) -> None:
    store = shipped("eventlog-hospital-2011")

    order = store.query("SELECT patient, started_at, sequence FROM contacts ORDER BY patient, started_at, ordinal")
    rows = order.to_pylist()
    out_of_order = [
        (one, after)
        for one, after in pairwise(rows)
        if (one["patient"], one["started_at"]) == (after["patient"], after["started_at"])
        and one["sequence"] > after["sequence"]
    ]
    assert len(rows) > 1_000
    assert out_of_order == []
    assert store.query("SELECT count(*) AS n FROM contacts WHERE organisation IS NULL")["n"][0].as_py() > 0
