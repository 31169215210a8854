-- Continuity of care of everybody: COC, UPC, SECON, MMCI and hand-offs, one row for each person.
-- The formulas are those of coc.py, upc.py, secon.py, mmci.py and hand_offs.py.
WITH dealt AS (
    SELECT patient, {by} AS provider, ordinal
    FROM visits
    WHERE {by} IS NOT NULL AND started_at >= :since AND started_at < :until
),
counts AS (
    SELECT patient, provider, CAST(count(*) AS DOUBLE) AS n
    FROM dealt
    GROUP BY patient, provider
),
steps AS (
    SELECT patient, provider, lead(provider) OVER (PARTITION BY patient ORDER BY ordinal) AS next_provider
    FROM dealt
),
by_steps AS (
    SELECT patient,
           avg(CASE WHEN provider = next_provider THEN 1e0 ELSE 0e0 END) AS secon,
           sum(CASE WHEN provider = next_provider THEN 0 ELSE 1 END) AS hand_offs
    FROM steps
    WHERE next_provider IS NOT NULL
    GROUP BY patient
),
most AS (
    SELECT patient, max(n) AS n
    FROM counts
    GROUP BY patient
),
usual AS (
    SELECT c.patient, min(c.provider) AS usual
    FROM counts c JOIN most m ON c.patient = m.patient AND c.n = m.n
    GROUP BY c.patient
),
by_counts AS (
    SELECT patient,
           sum(n) AS contacts,
           count(*) AS providers,
           sum(n * n) AS squares,
           max(n) AS largest
    FROM counts
    GROUP BY patient
)
SELECT b.patient,
       CAST(b.contacts AS BIGINT) AS contacts,
       CAST(b.providers AS BIGINT) AS providers,
       CASE WHEN b.contacts >= 2 THEN (b.squares - b.contacts) / (b.contacts * (b.contacts - 1)) END AS coc,
       b.largest / b.contacts AS upc,
       s.secon,
       CASE WHEN b.contacts >= 2
            THEN (1 - b.providers / (b.contacts + 1e-1)) / (1 - 1 / (b.contacts + 1e-1)) END AS mmci,
       CAST(coalesce(s.hand_offs, 0) AS BIGINT) AS hand_offs,
       u.usual
FROM by_counts b
JOIN usual u ON b.patient = u.patient
LEFT JOIN by_steps s ON b.patient = s.patient
ORDER BY b.patient
