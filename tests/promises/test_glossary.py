"""The glossary has the words that are used, a sentence each, and no others."""

import re

from manyhands import acts, who
from tests.promises.tracked import ROOT, files

GLOSSARY = (ROOT / "GLOSSARY.md").read_text()
ENTRIES = dict(re.findall(r"^- \*\*(.+?)\*\*: (.+)$", GLOSSARY, re.MULTILINE))
IN_OTHER_WORDS = {  # an act's name in the log -> the glossary's word for it
    "invite": "member",
    "join": "member",
    "leave": "member",
    "remove": "member",
    "create-role": "role",
    "hold": "holder",
    "deputise": "deputy",
    "be-away": "away",
    "come-back": "away",
    "include": "group",
    "raise": "matter",
    "propose": "proposal",
    "comment": "proposal",
    "consent-with-concern": "concern",
    "consent-if": "condition",
    "object": "objection",
    "give-no-view": "position",
    "record-position": "recorded by",
    "confirm-position": "recorded by",
    "correct-position": "recorded by",
    "fulfil": "condition",
    "test-objection": "tested",
    "lower-to-concern": "concern",
    "resolve": "objection",
    "withdraw-objection": "objection",
    "withdraw": "proposal",
    "open-poll": "poll",
    "answer-poll": "poll",
    "close-poll": "poll",
    "call-poll-off": "poll",
    "open-review": "review",
    "answer-review": "review",
    "end": "review",
    "call-meeting": "meeting",
    "put-on": "agenda",
    "drop": "agenda",
    "reorder": "agenda",
    "attend": "meeting",
    "not-there": "meeting",
    "conclude": "agenda item",
    "close-meeting": "meeting",
    "ask": "responsibility",
    "decline": "responsibility",
    "report": "progress",
    "complete": "outcome",
    "accept": "hand-over",
    "give-back": "hand-over",
    "take-back": "hand-over",
}


def plain(text: str) -> str:
    return re.sub(r"[-_\s]+", " ", text).lower()


def test_every_entry_is_one_sentence():
    assert ENTRIES
    assert [word for word, said in ENTRIES.items() if not said.endswith(".") or ". " in said] == []


def test_entries_stand_in_the_order_of_the_alphabet():
    assert list(ENTRIES) == sorted(ENTRIES, key=plain)


def test_every_act_can_be_looked_up():
    known = set(map(plain, ENTRIES))
    missing = [name for name in acts.NAMES if not known & {plain(name), plain(IN_OTHER_WORDS.get(name, "?"))}]

    assert missing == []


def test_every_identifier_can_be_looked_up():
    kinds = [name for name, kind in vars(who).items() if hasattr(kind, "__supertype__")]

    assert [kind for kind in kinds if plain(re.sub(r"(?<!^)(?=[A-Z])", " ", kind)) not in map(plain, ENTRIES)] == []


def test_every_word_is_in_use_outside_the_glossary():
    written = plain("\n".join(path.read_text() for path in files("*.py", "*.html") if "promises" not in path.parts))

    assert [word for word in ENTRIES if plain(word) not in written] == []
