-- Each person's Hospital Frailty Risk Score by an admission and those of the look-back before it; a row for everybody.
-- Admissions are contacts that count, of a class or type in code_lists/admissions.csv. A code belongs to an admission
-- when its condition names that contact or a part of it; or, naming none, when it was recorded during the stay.
-- of_all: 1, and every ICD-10 code of the person recorded in the window counts, whatever the contact.
WITH kinds AS (
    SELECT * FROM (VALUES {rows of admissions}) AS listed(what, kind, told)
),
weights AS (
    SELECT * FROM (VALUES {rows of weights}) AS listed(icd10_group, weight)
),
admissions AS (
    SELECT c.contact, c.patient, c.started_at, coalesce(c.ended_at, c.started_at) AS ended_at
    FROM contacts c
    WHERE c.patient IS NOT NULL AND c.part_of IS NULL
      AND coalesce(c.status, '') NOT IN ('planned', 'cancelled', 'entered-in-error')
      AND (c.class IN (SELECT kind FROM kinds WHERE what = 'class')
           OR c.type_code IN (SELECT kind FROM kinds WHERE what = 'type'))
      AND c.started_at < :until
),
index_admission AS (
    SELECT patient, max(started_at) AS index_at FROM admissions WHERE started_at >= :since GROUP BY patient
),
counted AS (
    SELECT a.contact, a.patient, a.started_at, a.ended_at
    FROM admissions a
    JOIN index_admission i ON a.patient = i.patient
    WHERE a.started_at >= i.index_at - INTERVAL '24' MONTH
),
coded AS (
    SELECT c.condition, c.patient, c.contact, c.recorded_on, c.onset_on,
           upper(replace(replace(k.code, '.', ''), ' ', '')) AS code
    FROM conditions c
    JOIN condition_codes k ON c.condition = k.condition
    WHERE c.patient IS NOT NULL
      AND (k.system LIKE 'http://hl7.org/fhir/sid/icd-10%' OR k.system LIKE 'urn:oid:2.16.840.1.113883.6.3%'
           OR k.system LIKE 'urn:oid:2.16.840.1.113883.6.90%')
      AND k.system NOT LIKE '%pcs'
      AND coalesce(c.verification_status, '') NOT IN ('refuted', 'entered-in-error')
      AND length(replace(replace(k.code, '.', ''), ' ', '')) >= 3
),
parted AS (
    -- a contact and, of a part, the whole of which it is one; parts of parts too
    SELECT p.contact, p.started_at, coalesce(w.part_of, p.part_of, p.contact) AS whole
    FROM contacts p
    LEFT JOIN contacts w ON p.part_of = w.contact
),
of_admissions AS (
    SELECT d.patient, d.code
    FROM coded d
    JOIN parted p ON d.contact = p.contact
    JOIN counted a ON p.whole = a.contact AND d.patient = a.patient
    UNION ALL
    SELECT d.patient, d.code
    FROM coded d
    JOIN counted a ON d.patient = a.patient
    WHERE d.contact IS NULL
      AND d.recorded_on >= CAST(a.started_at AS DATE) AND d.recorded_on <= CAST(a.ended_at AS DATE)
),
of_anything AS (
    SELECT d.patient, d.code, coalesce(d.recorded_on, CAST(p.started_at AS DATE), d.onset_on) AS known_on
    FROM coded d
    LEFT JOIN parted p ON d.contact = p.contact
),
chosen AS (
    SELECT patient, code FROM of_admissions WHERE :of_all = 0
    UNION ALL
    SELECT patient, code FROM of_anything
    WHERE :of_all = 1 AND (known_on >= CAST(:since AS DATE) AND known_on < CAST(:until AS DATE)
                           OR known_on IS NULL AND :ever = 1)
),
grouped AS (
    SELECT patient, substr(code, 1, 3) AS icd10_group, count(*) AS times FROM chosen
    GROUP BY patient, substr(code, 1, 3)
),
scored AS (
    SELECT g.patient,
           CAST(sum(g.times) AS BIGINT) AS icd10_codes,
           count(w.icd10_group) AS groups,
           round(coalesce(sum(w.weight), 0e0), 1) AS score
    FROM grouped g
    LEFT JOIN weights w ON g.icd10_group = w.icd10_group
    GROUP BY g.patient
),
stayed AS (
    SELECT patient, count(*) AS admissions FROM counted GROUP BY patient
)
SELECT p.patient,
       i.index_at,
       coalesce(a.admissions, 0) AS admissions,
       coalesce(s.icd10_codes, 0) AS icd10_codes,
       coalesce(s.groups, 0) AS groups,
       s.score,
       CASE WHEN s.score IS NULL THEN 'not computable'
            WHEN s.score < 5e0 THEN 'low'
            WHEN s.score <= 15e0 THEN 'intermediate'
            ELSE 'high' END AS band,
       year(d.day) - year(p.born_on)
           - CASE WHEN month(d.day) * 100 + day(d.day) < month(p.born_on) * 100 + day(p.born_on) THEN 1 ELSE 0 END
           AS age
FROM patients p
LEFT JOIN index_admission i ON p.patient = i.patient
LEFT JOIN stayed a ON p.patient = a.patient
LEFT JOIN scored s ON p.patient = s.patient
LEFT JOIN (SELECT patient, CASE WHEN died_at < :until THEN CAST(died_at AS DATE) ELSE :as_at END AS day FROM patients) d
    ON p.patient = d.patient
ORDER BY p.patient
