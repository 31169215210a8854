-- How many different long-term conditions each person has on the day before :until; a row for everybody.
-- An ICD-10 code of the list stands for all that begin with it, a SNOMED CT code for itself. Begun by the day, not over
-- by it, never refuted or entered in error. Null, not 0, for everybody where no condition is in either system, and for
-- whoever has conditions of which none is.
WITH listed AS (
    SELECT * FROM (VALUES {rows of codes}) AS given(system, code, long_term)
),
known AS (
    SELECT DISTINCT system AS given_system, code AS given_code,
           CASE WHEN system = 'http://snomed.info/sct' THEN 'snomed'
                WHEN system LIKE '%icd-10-pcs' THEN 'other'
                WHEN system LIKE 'http://hl7.org/fhir/sid/icd-10%' OR system LIKE 'urn:oid:2.16.840.1.113883.6.3%'
                     OR system LIKE 'urn:oid:2.16.840.1.113883.6.90%' THEN 'icd10'
                ELSE 'other' END AS system,
           upper(replace(replace(code, '.', ''), ' ', '')) AS code
    FROM condition_codes
    WHERE code IS NOT NULL
),
counting AS (
    SELECT DISTINCT k.given_system, k.given_code, l.long_term
    FROM known k
    JOIN listed l ON k.system = l.system
                 AND (k.code = l.code OR l.system = 'icd10' AND substr(k.code, 1, length(l.code)) = l.code)
),
had AS (
    SELECT DISTINCT c.patient, n.long_term
    FROM conditions c
    JOIN condition_codes k ON c.condition = k.condition
    JOIN counting n ON k.system = n.given_system AND k.code = n.given_code
    WHERE c.patient IS NOT NULL
      AND coalesce(c.verification_status, '') NOT IN ('refuted', 'entered-in-error')
      AND coalesce(c.onset_on, c.recorded_on, DATE '0001-01-01') < CAST(:until AS DATE)
      AND NOT coalesce(c.abated_on < CAST(:until AS DATE), c.clinical_status IN ('resolved', 'inactive'), false)
),
counted AS (
    SELECT patient, count(*) AS conditions FROM had GROUP BY patient
),
readable AS (
    SELECT count(*) AS codes FROM known WHERE system <> 'other'
),
unreadable AS (
    SELECT c.patient
    FROM conditions c
    LEFT JOIN condition_codes k ON c.condition = k.condition
    LEFT JOIN known s ON k.system = s.given_system AND k.code = s.given_code AND s.system <> 'other'
    WHERE c.patient IS NOT NULL
    GROUP BY c.patient
    HAVING count(s.code) = 0
)
SELECT p.patient,
       CASE WHEN r.codes > 0 AND u.patient IS NULL THEN coalesce(c.conditions, 0) END AS conditions
FROM patients p
CROSS JOIN readable r
LEFT JOIN counted c ON p.patient = c.patient
LEFT JOIN unreadable u ON p.patient = u.patient
ORDER BY p.patient
