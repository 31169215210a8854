"""
How fast the measures of joinedup are, beside those whom an analyst would otherwise ask: `python -m benchmarks`.

    contacts.py    contacts in any number, spread as the demo's are
    entrant.py     one of those measured, in a process of its own
    contest.py     several of them, turn and turn about, who have to give the same answer
    continuity.py  density.py  handover.py  network.py  drill.py  report.py  engines.py   one row of the page each
    fhir.py        reading FHIR, as benchmarks/reading.py measures it
    growth.py      how time grows with the contacts, drawn
    page.py        one row as tables
    everything.py  all rows, and the part of the page that they make
"""
