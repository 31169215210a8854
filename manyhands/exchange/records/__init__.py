"""
The loaded records of care, asked by the workspace. The only place that imports `joinedup`.

    opening.py    the store at `settings.RECORDS`, opened once and again after each load
    finding.py    the search for people whose care is in pieces, and the rule of a group made from it
    patients.py   patients of the workspace and their keys in the records: made when somebody is put in a group
    reaching.py   what the records call the organisations of a team
    dealings.py   who has dealt with whom, and how the people of a group are getting on
    deprivation.py  how deprived the place is that each patient lives in, in fifths
    story.py      what has happened to one person
    leading.py    how widely leading is shared beside chance, and how it has moved
    loading.py    what was loaded, from where, and what was set aside

Everything here raises `NoRecords` where nothing has been loaded; it says how to.
"""

from manyhands.exchange.records.dealings import Dealing, GettingOn, SeenBy, dealings, getting_on, last_day, seen_by
from manyhands.exchange.records.deprivation import fifths_of
from manyhands.exchange.records.finding import Findings, Found, Terms, find, group_rule, terms_of
from manyhands.exchange.records.leading import Moved, SharedOut, between, can_be_told, how_it_moved, shared_out
from manyhands.exchange.records.loading import Loaded, loaded, store_digest
from manyhands.exchange.records.opening import NoRecords
from manyhands.exchange.records.patients import bring_up_to_date, known_already, match, match_anybody, put_on_file
from manyhands.exchange.records.story import CareStory, story_of

__all__ = [
    "CareStory",
    "Dealing",
    "Findings",
    "Found",
    "GettingOn",
    "Loaded",
    "Moved",
    "NoRecords",
    "SeenBy",
    "SharedOut",
    "Terms",
    "between",
    "bring_up_to_date",
    "can_be_told",
    "dealings",
    "fifths_of",
    "find",
    "getting_on",
    "group_rule",
    "how_it_moved",
    "known_already",
    "last_day",
    "loaded",
    "match",
    "match_anybody",
    "put_on_file",
    "seen_by",
    "shared_out",
    "store_digest",
    "story_of",
    "terms_of",
]
