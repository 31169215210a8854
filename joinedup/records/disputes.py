"""
Two people under one key: what happens when two sources each have their own Patient/1.

An id is only unique within the system that gave it, and files do not always say which system that was. Readings of one
key are of different people when their valid NHS numbers differ, or, without two numbers to compare, when both the birth
date and the family name differ. Whoever was read first keeps the key. The other reading is set aside, with what to do
(`--from NAME` keeps the two systems' records apart); and no reference from that reading's file, nor from anywhere in a
load that knew only the other person, is taken to mean whoever has the key. Better a contact of nobody known than a
contact of the wrong person.
"""

from __future__ import annotations

_PEOPLE = """
CREATE TABLE disputed AS
WITH read AS (
    SELECT coalesce(s.known_as, r.key) AS key, r.place, r.source, r.load,
           CASE WHEN p.nhs_number_state = 'valid' THEN p.nhs_number END AS nhs_number,
           p.born_on, lower(trim(p.family_name)) AS family_name
    FROM raw_patients p JOIN readings r ON p.place = r.place LEFT JOIN same_address s ON r.key = s.key
), doubtful AS (
    SELECT key, count(DISTINCT nhs_number) > 1 AS by_number FROM read GROUP BY key
    HAVING count(DISTINCT nhs_number) > 1 OR (count(DISTINCT born_on) > 1 AND count(DISTINCT family_name) > 1)
), told_apart AS (
    SELECT r.*, CASE WHEN d.by_number THEN r.nhs_number
                     ELSE CAST(r.born_on AS VARCHAR) || ' ' || coalesce(r.family_name, '') END AS person
    FROM read r JOIN doubtful d USING (key)
), first_read AS (
    SELECT key, arg_min(person, {'load': load, 'place': place}) AS person FROM told_apart
    WHERE person IS NOT NULL GROUP BY key
)
SELECT t.key, t.place, t.source, t.load, t.person IS NULL OR t.person = f.person AS keeps_key
FROM told_apart t JOIN first_read f USING (key)
"""

_REFUSED = """
CREATE TABLE refused AS
WITH others AS (SELECT key, source, load FROM disputed WHERE NOT keeps_key),
     keepers AS (SELECT DISTINCT key, load FROM disputed WHERE keeps_key)
SELECT key, source FROM others
UNION
SELECT o.key, l.source FROM (SELECT DISTINCT key, load FROM others) o JOIN loads l USING (load)
WHERE (o.key, o.load) NOT IN (SELECT (key, load) FROM keepers)
"""

_SET_ASIDE = """
CREATE TABLE disputed_aside AS
SELECT source, 'record ' || key AS position,
       'another person, read earlier, is already called ' || key || ': load these records with --from NAME' AS reason,
       'Patient' AS excerpt
FROM disputed WHERE NOT keeps_key
"""

STATEMENTS = (_PEOPLE, _REFUSED, _SET_ASIDE)
"""Made from readings and same_address: `disputed` readings, `refused` (key, source) references, and what to say."""
