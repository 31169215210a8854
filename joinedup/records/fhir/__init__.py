"""
FHIR R4 as it is met in real files: bundles, single resources and NDJSON, into rows of the plain tables.

`reader.py` takes one document; `shapes.py` says which parts are kept; `people.py`, `dealings.py` and `plans.py` make
rows of them; `naming.py` says what a resource is called and what a reference means.
"""
