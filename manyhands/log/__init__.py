"""
Where acts are kept for good: one door in (`record`), one way out (`read`), and `verify`.

    record.py       the door: ask the rules, then append or refuse
    read.py         the acts of a team, and what is folded from them, brought forward
    verify.py       whether everything still fits, and the first entry that does not

    wording.py      how an act is written down, and read in whichever wording it was written
    shapes.py       the shape of an act, from its type hints
    chain.py        the digest of an entry, which rests on the entry before
    models.py       the two tables: entries, and beside them the words that people wrote
    guards.py       what the database itself refuses
    rows.py         the questions put to the two tables
    turns.py        how writers take turns
    kept.py         what was folded, kept in memory
    walk.py         entries and their words in step, for `verify`
    withholding.py  how words are removed by a recorded act
"""
