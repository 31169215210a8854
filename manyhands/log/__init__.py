"""
Where acts are kept for good: one door in (`record`), one way out (`read`), and `verify`.

    record.py       the door: ask the rules, then append or refuse
    read.py         the acts of a team, and what is folded from them, kept in memory and brought forward
    verify.py       whether everything still fits, and the first entry that does not
    wording.py      how an act is written down, and read in whichever wording it was written
    models.py       the two tables: entries, and beside them the words that people wrote
    chain.py        the digest of an entry, which rests on the entry before
    turns.py        how writers take turns
    withholding.py  how words are removed by a recorded act
    guards.py       what the database itself refuses
"""
