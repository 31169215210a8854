"""
Which readings are of the same thing, and which one reading of it is kept.

Three things make two keys the same: the same Type/id with and without a web address (when one address only has it), the
same valid NHS number (unless the birth dates differ, or tracing has found a conflict: verification status 04 or 05),
and the same ODS code (unless one is part of the other). The key kept is that of the earliest load, then the first in
the alphabet, so a key once used is never taken away.

The reading kept is the newest by meta.lastUpdated, then of the latest load, then the first read.
"""

from __future__ import annotations

from joinedup.records import disputes

_READINGS = """
CREATE VIEW readings AS
SELECT i.key, i.resource_type, i.relative, i.place, i.source, l.load,
       {'updated': coalesce(epoch_us(i.last_updated), -9223372036854775807), 'load': l.load, 'place': -i.place} AS rank
FROM raw_identities i JOIN loads l USING (source)
"""

_SAME_ADDRESS = """
CREATE TABLE same_address AS
WITH addressed AS (
    SELECT relative, min(key) AS key, min(load) AS load
    FROM readings WHERE relative IS NOT NULL AND key <> relative
    GROUP BY relative HAVING count(DISTINCT key) = 1
), bare AS (
    SELECT key, min(load) AS load FROM readings WHERE key IN (SELECT relative FROM addressed) GROUP BY key
)
SELECT CASE WHEN a.load < b.load THEN b.key ELSE a.key END AS key,
       CASE WHEN a.load < b.load THEN a.key ELSE b.key END AS known_as
FROM addressed a JOIN bare b ON a.relative = b.key
"""

_RECORDS = """
CREATE TABLE records AS
SELECT coalesce(s.known_as, r.key) AS key, any_value(resource_type) AS resource_type,
       arg_max(place, rank) AS place, max(rank) AS rank, min(load) AS load, min(place) AS first_place
FROM readings r LEFT JOIN same_address s ON r.key = s.key
WHERE r.place NOT IN (SELECT place FROM disputed WHERE NOT keeps_key)
GROUP BY 1
"""

_SAME_PERSON = """
CREATE TABLE same_person AS
WITH numbered AS (
    SELECT r.key, r.load, p.nhs_number, p.born_on
    FROM raw_patients p JOIN records r ON p.place = r.place
    WHERE p.nhs_number_state = 'valid' AND coalesce(p.nhs_number_status, '') NOT IN ('04', '05')
), agreed AS (
    SELECT nhs_number, count(DISTINCT born_on) <= 1 AS one_birth_date FROM numbered GROUP BY nhs_number
), grouped AS (
    SELECT n.key, n.load, n.nhs_number || CASE
        WHEN a.one_birth_date THEN '' WHEN n.born_on IS NULL THEN n.key ELSE CAST(n.born_on AS VARCHAR) END AS person
    FROM numbered n JOIN agreed a USING (nhs_number)
), first_known AS (
    SELECT person, arg_min(key, {'load': load, 'key': key}) AS known_as FROM grouped GROUP BY person
)
SELECT g.key, f.known_as FROM grouped g JOIN first_known f USING (person) WHERE g.key <> f.known_as
"""

_SAME_ORGANISATION = """
CREATE TABLE same_organisation AS
WITH coded AS (
    SELECT r.key, r.load, o.ods_code FROM raw_organisations o JOIN records r ON o.place = r.place
    WHERE o.ods_code IS NOT NULL AND (o.part_of IS NULL OR o.part_of NOT IN (
        SELECT r2.key FROM raw_organisations o2 JOIN records r2 ON o2.place = r2.place WHERE o2.ods_code = o.ods_code))
), first_known AS (
    SELECT ods_code, arg_min(key, {'load': load, 'key': key}) AS known_as FROM coded GROUP BY ods_code
)
SELECT c.key, f.known_as FROM coded c JOIN first_known f USING (ods_code) WHERE c.key <> f.known_as
"""

_KNOWN = """
CREATE TABLE same AS
SELECT key, known_as, 'the same NHS number' AS because FROM same_person
UNION ALL SELECT key, known_as, 'the same ODS code' FROM same_organisation
UNION ALL SELECT a.key, coalesce(p.known_as, o.known_as, a.known_as), 'the same Type/id'
    FROM same_address a LEFT JOIN same_person p ON a.known_as = p.key
    LEFT JOIN same_organisation o ON a.known_as = o.key;
CREATE TABLE known AS
SELECT r.key AS name, coalesce(s.known_as, r.key) AS key, r.resource_type
FROM records r LEFT JOIN same s ON r.key = s.key
UNION ALL SELECT a.key, s.known_as, r.resource_type
    FROM same_address a JOIN same s ON a.key = s.key JOIN records r ON r.key = a.known_as;
CREATE TABLE named AS
SELECT n.name, k.key, k.resource_type FROM raw_names n JOIN known k ON n.key = k.name
    WHERE n.place NOT IN (SELECT place FROM disputed WHERE NOT keeps_key)
UNION ALL SELECT r.relative, k.key, k.resource_type FROM readings r JOIN known k ON r.key = k.name
    WHERE r.relative IS NOT NULL AND r.relative <> r.key;
"""

STATEMENTS = (
    _READINGS,
    _SAME_ADDRESS,
    *disputes.STATEMENTS,
    _RECORDS,
    _SAME_PERSON,
    _SAME_ORGANISATION,
    _KNOWN,
)
"""Make `readings`, `records` (one reading for each key), `same`, and what each is `known` and `named` as."""
