"""Made-up lists: who turns to whom in two places, with formal lines, and practices that have moved between networks."""

from __future__ import annotations

from pathlib import Path
from random import Random

MEMBERS = [f"m{number}" for number in range(14)]
OFFICES = ("north", "south", "west")


def who_turns_to_whom(into: Path, seed: int = 3) -> list[Path]:
    """
    Two networks of the same members, who are in three offices (one of them in none that is known), and their formal
    lines; and a third network, of whose members and lines nothing is known.
    """
    chance = Random(seed)
    asked = [(one, other) for one in MEMBERS for other in MEMBERS if one != other and chance.random() < 0.25]
    friends = [(one, other) for one, other in asked if chance.random() < 0.4]
    lines = [(member, MEMBERS[(number - 1) // 3]) for number, member in enumerate(MEMBERS) if number]
    offices = [(member, OFFICES[number % 3] if number else "") for number, member in enumerate(MEMBERS)]
    return [
        _list(into / "ward_advice_edges.csv", "from,to", asked),
        _list(into / "ward_friends_edges.csv", "from,to", friends),
        _list(into / "ward_reports_edges.csv", "from,to", lines),
        _list(into / "ward_nodes.csv", "id,office", offices),
        _list(into / "elsewhere_edges.csv", "from,to", [("a", "b"), ("b", "a"), ("b", "c")]),
    ]


def practices_in_networks(into: Path, practices: int = 12) -> Path:
    """Practices of three networks; every fourth has moved, and is in both on the day on which it did."""
    header = (
        "Partner Organisation Code,Partner Name,PCN Code,PCN Name,"
        "Practice to PCN Relationship Start Date,Practice to PCN Relationship End Date"
    )
    rows = []
    for number in range(practices):
        practice = (f"A8{number:04}", f"Practice {number}")
        net, other = f"U{number % 3}", f"U{(number + 1) % 3}"
        moves = number % 4 == 0
        rows.append((*practice, net, f"Network {net}", "20200101", "20250701" if moves else ""))
        rows += [(*practice, other, f"Network {other}", "20250701", "")] * moves
    return _list(into / "epcncorepartnerdetails.csv", header, rows)


def _list(file: Path, header: str, rows: list[tuple[str, ...]]) -> Path:
    file.write_text("\n".join([header, *(",".join(row) for row in rows)]) + "\n", encoding="utf-8")
    return file
