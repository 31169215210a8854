-- On how many days of the window each person has a fall on record; a row for everybody.
-- A day counts once, whether a condition began on it, a contact was about a fall, or both. An ICD-10 code of the list
-- stands for all that begin with it, a SNOMED CT code for itself. Null, not 0, where no condition is in either system and
-- no contact has a reason.
WITH listed AS (
    SELECT * FROM (VALUES {rows of codes}) AS given(system, code)
),
known AS (
    SELECT code AS given_code, upper(replace(replace(code, '.', ''), ' ', '')) AS code
    FROM (SELECT code FROM condition_codes
          WHERE system IS NULL OR system NOT LIKE '%icd-10-pcs'
          UNION
          SELECT reason_code AS code FROM contacts) met
    WHERE code IS NOT NULL
),
falling AS (
    SELECT DISTINCT k.given_code
    FROM known k
    JOIN listed l ON k.code = l.code OR l.system = 'icd10' AND substr(k.code, 1, length(l.code)) = l.code
),
days AS (
    SELECT c.patient, coalesce(c.onset_on, c.recorded_on, CAST(m.started_at AS DATE)) AS day
    FROM conditions c
    JOIN condition_codes k ON c.condition = k.condition
    JOIN falling f ON k.code = f.given_code
    LEFT JOIN contacts m ON c.contact = m.contact
    WHERE coalesce(c.verification_status, '') NOT IN ('refuted', 'entered-in-error')
    UNION
    SELECT c.patient, CAST(c.started_at AS DATE) AS day
    FROM contacts c
    JOIN falling f ON c.reason_code = f.given_code
    WHERE c.part_of IS NULL AND coalesce(c.status, '') NOT IN ('planned', 'cancelled', 'entered-in-error')
),
readable AS (
    SELECT (SELECT count(*) FROM condition_codes
            WHERE system = 'http://snomed.info/sct'
               OR system LIKE 'http://hl7.org/fhir/sid/icd-10%' AND system NOT LIKE '%pcs'
               OR system LIKE 'urn:oid:2.16.840.1.113883.6.3%' OR system LIKE 'urn:oid:2.16.840.1.113883.6.90%')
           + (SELECT count(*) FROM contacts WHERE reason_code IS NOT NULL) AS codes
),
counted AS (
    SELECT patient, count(*) AS falls, max(day) AS last_on
    FROM days
    WHERE day >= CAST(:since AS DATE) AND day < CAST(:until AS DATE)
    GROUP BY patient
)
SELECT p.patient, CASE WHEN r.codes > 0 THEN coalesce(c.falls, 0) END AS falls, c.last_on
FROM patients p
CROSS JOIN readable r
LEFT JOIN counted c ON p.patient = c.patient
ORDER BY p.patient
