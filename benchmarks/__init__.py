"""
What is measured against peers and limits, with one command: `python -m benchmarks`.

    history.py     a team's history of any length, in which every rule holds
    places.py      databases to measure on: SQLite as the site uses it, PostgreSQL where it can be started
    recording.py   acts recorded per second, against a bare INSERT and commit
    folding.py     10,000 acts read and folded, against decoding alone
    board.py       a page of the board at 10 acts and at 10,000
    measures/      the measures of joinedup beside their peers, on contacts in any number
    results.py     the table, and docs/reference/benchmarks.md
"""
