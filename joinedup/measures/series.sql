-- What happened in each month, for everybody together and for each one at a level: a row for each month and number
-- (null for everybody). people: with a contact; contacts; steps: pairs of a contact and the person's next one, within the
-- month of the next; hand_offs: steps to another organisation; in_pieces: people seen by three organisations or more.
-- for_each: 1, or 0 for everybody together alone, which takes half the memory.
WITH dealt AS (
    SELECT patient, organisation, {by} AS number, month_of(started_at) AS month,
           lag(organisation) OVER (PARTITION BY patient ORDER BY ordinal) AS before
    FROM visits
    WHERE organisation IS NOT NULL AND started_at >= :since AND started_at < :until
),
counted AS (
    SELECT patient, organisation, month, before, CAST(NULL AS INT) AS number FROM dealt
    UNION ALL
    SELECT patient, organisation, month, before, number FROM dealt
    WHERE number IS NOT NULL AND :for_each = 1
),
organisations_seen AS (
    SELECT patient, month, count(DISTINCT organisation) AS organisations
    FROM dealt
    GROUP BY patient, month
),
summed AS (
    SELECT b.month, b.number, b.patient,
           count(*) AS contacts,
           count(b.before) AS steps,
           CAST(sum(CASE WHEN b.before <> b.organisation THEN 1 ELSE 0 END) AS BIGINT) AS hand_offs
    FROM counted b
    GROUP BY b.month, b.number, b.patient
)
SELECT s.month, s.number,
       count(*) AS people,
       CAST(sum(s.contacts) AS BIGINT) AS contacts,
       CAST(sum(s.steps) AS BIGINT) AS steps,
       CAST(sum(s.hand_offs) AS BIGINT) AS hand_offs,
       count(*) FILTER (WHERE o.organisations >= 3) AS in_pieces
FROM summed s
JOIN organisations_seen o ON s.patient = o.patient AND s.month = o.month
GROUP BY s.month, s.number
ORDER BY s.number NULLS FIRST, s.month
