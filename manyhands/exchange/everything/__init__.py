"""
Everything, written out in open formats and taken in again: nobody is kept here because their record cannot leave.

    manifest.json      what is in each file, with its digest, and the last digest of every team
    acts.ndjson        a line for each act: as it was recorded, with the words beside it
    sights.ndjson      a line for each sight of a patient
    people.ndjson …    a line for each person, organisation, team, role and patient
    fhir/*.ndjson      the same places, people and work for other systems, as FHIR R4
    sheets/*.csv       the same lists for a spreadsheet

Only the lines at the top are taken in again; `fhir` and `sheets` can be worked out from them.
"""

from manyhands.exchange.everything.taking_in import CannotTakeIn, take_in
from manyhands.exchange.everything.writing_out import CannotWriteOut, write_out

__all__ = ["CannotTakeIn", "CannotWriteOut", "take_in", "write_out"]
