"""The part of a report about its records: what was loaded, what was set aside, what was left out, and how many."""

from __future__ import annotations

from pathlib import PurePath, PureWindowsPath

from joinedup.records.tables import READ_TABLES
from joinedup.release.tables import hide_small
from joinedup.report.markup import Cell, hidden, paragraph, section, table
from joinedup.report.place import Place

MOST_FILES = 40


def loaded(place: Place) -> str:
    """The section."""
    parts = [*_files(place), _tables(place), _left_out(place), *_troubles(place)]
    return section("loaded", "What was loaded, set aside and left out", parts)


def _files(place: Place) -> list[str]:
    sources = place.store.sources()
    rows: list[list[Cell]] = [
        [_last(each.source), each.outcome, each.resources, each.set_aside] for each in sources[:MOST_FILES]
    ]
    note = f"{len(sources) - MOST_FILES} more files are not listed." if len(sources) > MOST_FILES else ""
    note = f"{note} These are counts of records, not of people.".strip()
    said = paragraph(f"Generation {place.store.digest[:16]} of the store: the same files give the same.", "note")
    return [said, table("Files", ["file", "outcome", "records", "set aside"], rows, note)]


def _tables(place: Place) -> str:
    counts = place.store.counts()
    rows: list[list[Cell]] = [
        [each.name.replace("_", " "), each.row, hidden(hide_small(counts[each.name]))]
        for each in READ_TABLES
        if counts[each.name]
    ]
    return table("Rows in the tables", ["table", "one row for", "rows"], rows, "Rounded to 5; fewer than 8 are [c].")


def _left_out(place: Place) -> str:
    sql = """
        SELECT (SELECT count(*) FROM contacts) AS read_in,
               (SELECT count(*) FROM contacts WHERE patient IS NULL) AS of_nobody,
               count(*) AS that_count,
               count(*) FILTER (WHERE started_at IS NULL) AS without_time,
               count(*) FILTER (WHERE started_at < $since OR started_at >= $until) AS outside,
               count(*) FILTER (WHERE started_at >= $since AND started_at < $until) AS inside,
               count(*) FILTER (WHERE started_at >= $since AND started_at < $until AND organisation IS NULL) AS nobody
        FROM visits
    """
    row = place.store.query(sql, **place.window.values()).to_pylist()[0]
    rows: list[list[Cell]] = [
        ["contacts read", row["read_in"]],
        ["not counted: planned, cancelled, entered in error, or part of another", row["read_in"] - row["that_count"]],
        ["of these, of nobody known", row["of_nobody"]],
        ["contacts that count", row["that_count"]],
        ["without a time, so in no window", row["without_time"]],
        ["outside these months", row["outside"]],
        ["looked at here", row["inside"]],
        ["of these, with no organisation recorded: in no boundary and no continuity", row["nobody"]],
    ]
    shown = [[name, hidden(hide_small(int(count or 0)))] for name, count in rows]
    return table("Which contacts are looked at", ["contacts", "how many"], shown, "Rounded to 5; fewer than 8 are [c].")


def _troubles(place: Place) -> list[str]:
    asked = (
        ("Set aside: could not be read", "reason", "SELECT reason AS what, count(*) AS n FROM set_aside"),
        ("Doubted: kept, and not to be trusted", "doubt", "SELECT doubt AS what, count(*) AS n FROM doubts"),
        (
            "References that nothing, or more than one thing, answers to",
            "from, and why",
            "SELECT from_type || ': ' || why AS what, sum(times) AS n FROM unresolved",
        ),
    )
    parts = []
    for caption, first, sql in asked:
        found = place.store.query(f"{sql} GROUP BY what ORDER BY n DESC, what LIMIT 20").to_pylist()
        parts.append(table(caption, [first, "times"], [[row["what"], int(row["n"])] for row in found]))
    return parts


def _last(name: str) -> str:
    """The name of a file without the folders of the machine that it lay on."""
    return PureWindowsPath(name).name if "\\" in name else PurePath(name).name
