"""
Who turns to whom: how dense a network of asking is, how mutual, how far it crosses places, and on how few it rests.

    density  = ties / (members × (members − 1))
    returned = ties whose other end named them too
    crossing = ties between different places; along lines: ties that are also a formal line, either way
    effective number sought = ties² / Σ (times each was named)²

Unit      ties, from one who answered to one whom they named; density is none, 0 to 1; the effective number is members
Better    neither: that much crosses places, and that many are turned to, is what a team of several would show
Needs     lists of ties with `from` and `to`, as people answered; for places, a list of the members
Source    Wasserman and Faust 1994, ch. 4 (density, returned); Hill 1973, Ecology 54: 427-432 (order 2), as
          in shares.py. Tests: Krackhardt 1987, Lazega 2001, Coleman, Katz and Menzel 1966
Beware    who is named is not who is good, only who is turned to; whoever did not answer still can be named. Said by
          place and never of one member by name: a list of who is sought least would be a league table of persons
Example   A and B name each other, and both name C: 4 ties of 6, density 0.67; 2 are returned; named 1, 1 and 2 times,
          which is as if 16 / 6 = 2.67 were sought alike
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from joinedup.engines.tongue import Engine, statement
from joinedup.measures.asking import NotInTheseRecords, engine_for
from joinedup.records.store import Store


@dataclass(frozen=True)
class TurnedTo:
    """
    A row for each network: network, members, ties, returned, crossing (null where no places are known), along_lines
    (null where no formal lines are), most_sought (how often the one named most often was), whole numbers; density and
    effective_sought, float64. `places`: network, from_place, to_place, ties, who_named, were_named.
    """

    table: pa.Table
    places: pa.Table


def turned_to(store: Store, engine: Engine | None = None) -> TurnedTo:
    """The networks in a store. Raises NotInTheseRecords where there are none."""
    if not store.query("SELECT count(*) AS n FROM turned_to")["n"][0].as_py():
        raise NotInTheseRecords(
            f"{store.path} does not say who turns to whom. Load lists of ties: CSV with the columns from and to."
        )
    chosen = engine_for(store, engine)
    rows = chosen.run(statement("turned_to")).to_pylist()
    for row in rows:
        row["density"] = row["ties"] / (row["members"] * (row["members"] - 1))
        row["effective_sought"] = row["ties"] ** 2 / row["squares"]
        row["crossing"] = row["crossing"] if row["places_known"] else None
        row["along_lines"] = row["along_lines"] if row["lines_known"] else None
    return TurnedTo(pa.Table.from_pylist(rows, SCHEMA), chosen.run(statement("turned_to_places")))


SCHEMA = pa.schema(
    [("network", pa.string())]
    + [(name, pa.int64()) for name in ("members", "ties", "returned", "crossing", "along_lines", "most_sought")]
    + [("density", pa.float64()), ("effective_sought", pa.float64())]
)


def plainly(ties: Iterable[tuple[str, str]], members: int) -> dict[str, float]:
    """
    The same of one network, tie by tie.

    >>> found = plainly([("A", "B"), ("B", "A"), ("A", "C"), ("B", "C")], 3)
    >>> [round(found[name], 2) for name in ("ties", "density", "returned", "most_sought", "effective_sought")]
    [4, 0.67, 2, 2, 2.67]
    """
    once = {(one, other) for one, other in ties if one != other}
    times = Counter(other for _, other in once)
    return {
        "ties": len(once),
        "density": len(once) / (members * (members - 1)),
        "returned": sum((other, one) in once for one, other in once),
        "most_sought": max(times.values()),
        "effective_sought": len(once) ** 2 / sum(each**2 for each in times.values()),
    }
