-- How often each person was admitted to hospital in the window, and how; a row for everybody.
-- Admissions are contacts that count, of a class or type in code_lists/admissions.csv. Unplanned: by its type, or, where
-- that does not tell, when an emergency contact of the person began in the day before it. Planned: by its type. Null, not
-- 0, where no contact has a class or a type.
WITH kinds AS (
    SELECT * FROM (VALUES {rows of admissions}) AS listed(what, kind, told)
),
counting AS (
    SELECT c.contact, c.patient, c.class, c.type_code, c.started_at, c.ended_at
    FROM contacts c
    WHERE c.patient IS NOT NULL AND c.part_of IS NULL
      AND coalesce(c.status, '') NOT IN ('planned', 'cancelled', 'entered-in-error')
),
admissions AS (
    SELECT c.contact, c.patient, c.started_at, c.ended_at, max(nullif(t.told, '')) AS told
    FROM counting c
    LEFT JOIN kinds t ON t.what = 'type' AND c.type_code = t.kind
    WHERE c.started_at >= :since AND c.started_at < :until
      AND (t.kind IS NOT NULL OR c.class IN (SELECT kind FROM kinds WHERE what = 'class'))
    GROUP BY c.contact, c.patient, c.started_at, c.ended_at
),
through_emergency AS (
    SELECT DISTINCT a.contact
    FROM admissions a
    JOIN counting e ON a.patient = e.patient AND e.class = 'EMER' AND e.contact <> a.contact
                   AND e.started_at <= a.started_at AND e.started_at >= a.started_at - INTERVAL '1' DAY
),
telling AS (
    SELECT count(*) AS contacts FROM contacts WHERE class IS NOT NULL OR type_code IS NOT NULL
),
counted AS (
    SELECT a.patient,
           count(*) AS admissions,
           count(*) FILTER (WHERE a.told = 'unplanned' OR a.told IS NULL AND e.contact IS NOT NULL) AS unplanned,
           count(*) FILTER (WHERE a.told = 'planned') AS planned,
           sum(CASE WHEN a.ended_at > a.started_at
                    THEN days_between(a.started_at, least(a.ended_at, :until)) ELSE 0e0 END) AS days_in_hospital,
           max(a.started_at) AS last_at
    FROM admissions a
    LEFT JOIN through_emergency e ON a.contact = e.contact
    GROUP BY a.patient
)
SELECT p.patient,
       CASE WHEN t.contacts > 0 THEN coalesce(c.admissions, 0) END AS admissions,
       CASE WHEN t.contacts > 0 THEN coalesce(c.unplanned, 0) END AS unplanned,
       CASE WHEN t.contacts > 0 THEN coalesce(c.planned, 0) END AS planned,
       CASE WHEN t.contacts > 0 THEN coalesce(c.days_in_hospital, 0e0) END AS days_in_hospital,
       c.last_at
FROM patients p
CROSS JOIN telling t
LEFT JOIN counted c ON p.patient = c.patient
ORDER BY p.patient
