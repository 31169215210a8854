"""
The report of a place: one HTML page that needs nothing else, no script, no font and no picture from elsewhere.

What is on it may be shown outside: counts of few people are hidden, others rounded (joinedup/release). Every picture
has its numbers in a table below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from importlib.resources import files

from joinedup import __version__
from joinedup.engines.tongue import Engine
from joinedup.measures import continuity
from joinedup.measures.asking import Window
from joinedup.measures.hand_offs import HandOffs, hand_offs
from joinedup.measures.in_pieces import MANY, InPieces, in_pieces
from joinedup.measures.waits import Waits, waits
from joinedup.period import spoken
from joinedup.records.store import Store
from joinedup.release.tables import THRESHOLD, hide_small
from joinedup.report.boundaries import boundaries
from joinedup.report.leaving import leaving
from joinedup.report.loaded import loaded
from joinedup.report.markup import section
from joinedup.report.methods import methods
from joinedup.report.over_time import monthly, over_time
from joinedup.report.pieces import FEWEST_CONTACTS, pieces
from joinedup.report.place import Place

CONTENTS = (
    ("short", "In short"),
    ("boundaries", "How care passes between them"),
    ("pieces", "Where care is in pieces"),
    ("leaving", "Whom the place could not do without"),
    ("time", "Over time"),
    ("methods", "How this was counted"),
    ("loaded", "What was loaded"),
)


def page(
    store: Store,
    name: str,
    within_months: int | None = 24,
    as_at: date | None = None,
    practitioners: bool = False,
    engine: Engine | None = None,
) -> str:
    """
    The page as HTML, about the months up to and including `as_at` (the last contact by default).

    `practitioners`: also the departure drill by name, for the planning of their own team and not to be published.
    The same store, window and engine give the same page.
    """
    window = Window.of(store, within_months, as_at)
    place = Place(store, name, within_months, window, engine)
    args = within_months, window.as_at
    over_months = monthly(place)  # first, since it takes most memory
    passed = hand_offs(store, "organisation", *args, engine)
    waited = waits(store, *args, engine)
    found = in_pieces(store, *args, engine)
    measured = continuity.measure(store, "organisation", *args, FEWEST_CONTACTS, engine)
    parts = [
        in_short(place, passed, waited, found),
        boundaries(place, passed, waited),
        pieces(found, measured),
        leaving(place, practitioners),
        over_time(place, over_months),
        methods(),
        loaded(place),
    ]
    return _whole(place, parts)


def in_short(place: Place, passed: HandOffs, waited: Waits, found: InPieces) -> str:
    """What stands out, in sentences."""
    everybody = found.of("everybody").to_pylist()
    if not everybody:
        said = ["Nobody has a contact in this time with the organisation recorded."]
    else:
        people, many = everybody[0]["people"], everybody[0]["in_pieces"]
        said = [
            f"{_about(people)} people had {_about(everybody[0]['contacts'])} contacts that count, "
            f"with {_met(place)}.".capitalize()
        ]
        if many >= THRESHOLD and people - many >= THRESHOLD:
            share = 100 * (hide_small(many) or 0) / (hide_small(people) or 1)
            said.append(f"{share:.0f} of each 100 people were dealt with by {MANY} organisations or more.")
        if passed.rate is not None and passed.times >= THRESHOLD:
            said.append(f"The next contact was with another organisation {100 * passed.rate:.0f} times in 100.")
    if slowest := _slowest(waited):
        said.append(slowest)
    items = "".join(f"<li>{escape(each)}</li>" for each in said)
    caution = (
        "A picture of how care goes between organisations, from what was recorded. It is no league table of "
        "organisations and no measure of anybody."
    )
    return section(
        "short", "In short", [f'<ul class="short">{items}</ul>', f'<div class="care"><p>{escape(caution)}</p></div>']
    )


def _slowest(waited: Waits) -> str:
    for what in ("sector boundary", "boundary"):
        rows = [
            row for row in waited.of(what).to_pylist() if row["seen"] >= THRESHOLD and row["km_median_days"] is not None
        ]
        if len(rows) > 1:
            row = max(rows, key=lambda each: (each["km_median_days"], each["from_key"], each["to_key"]))
            return (
                f"The slowest boundary is from {row['from_name']} to {row['to_name']}: half of those referred are not "
                f"seen within {row['km_median_days']:.0f} days, those still waiting counted."
            )
    return ""


def _met(place: Place) -> str:
    number = place.met("organisation")
    return f"{number:,} organisation{'s' * (number != 1)}"


def _about(count: int) -> str:
    rounded = hide_small(count)
    return f"fewer than {THRESHOLD}" if rounded is None else f"about {rounded:,}"


def _whole(place: Place, parts: Sequence[str]) -> str:
    since = place.window.period.since
    began = spoken(since) if since and since > date.min else "the beginning of the records"
    title = f"How joined up care is: {place.name}"
    there = "".join(parts)
    contents = "".join(
        f'<li><a href="#{where}">{escape(said)}</a></li>' for where, said in CONTENTS if f'id="{where}"' in there
    )
    look = files("joinedup.report").joinpath("style.css").read_text(encoding="utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f'<style>{look}</style></head><body><a class="skip" href="#main">Skip to main content</a>'
        f'<header><div class="in"><h1>{escape(title)}</h1>'
        f"<p>From {began} to {spoken(place.window.as_at)}.</p></div></header>"
        f'<div class="in"><nav aria-label="Contents"><ul>{contents}</ul></nav>'
        f'<main id="main" tabindex="-1">{there}</main></div>'
        f'<footer><div class="in">[c] stands for a count of few people, or for one from which it could be worked out. '
        f"Made by joinedup {escape(__version__)}.</div></footer></body></html>\n"
    )
