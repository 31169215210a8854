"""
Finding people by a rule that a clinician wrote and can read aloud.

    rule_file.py    a rule as it is written down: TOML, with a name, a version, a purpose, and criteria
    criteria.py     what a criterion asks, and how several are put together
    measurable.py   everything that can be asked of one person, by the name it has in a rule
    everybody.py    those numbers of everybody in a store, each worked out once
    people.py       whom a rule finds, and why nobody else
    reasons.py      why somebody was found, in a sentence
    remembered.py   a list of people found, kept for the next time: who entered and left since, and why
    compared.py     the people found beside everybody, by age, sex, deprivation and ethnicity
    rules/          rules that are shipped, to be used and to start from
"""
