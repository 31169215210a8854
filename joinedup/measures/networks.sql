-- Ties between all at a level: how many people two have both dealt with, of at least :at_least people; with :most, only
-- those among the so many heaviest of one of their ends (equal ones: the first by number).
-- of_one, of_other: how many people each of the two has dealt with.
WITH met AS (
    SELECT DISTINCT patient, {by} AS provider
    FROM visits
    WHERE {by} IS NOT NULL AND started_at >= :since AND started_at < :until
),
known AS (
    SELECT provider, count(*) AS people FROM met GROUP BY provider
),
tied AS (
    SELECT a.provider AS one, b.provider AS other, count(*) AS shared
    FROM met a
    JOIN met b ON a.patient = b.patient AND a.provider < b.provider
    GROUP BY a.provider, b.provider
    HAVING count(*) >= :at_least
),
ends AS (
    SELECT one AS mine, other AS theirs, one, other, shared FROM tied
    UNION ALL
    SELECT other AS mine, one AS theirs, one, other, shared FROM tied
),
placed AS (
    SELECT one, other, shared,
           row_number() OVER (PARTITION BY mine ORDER BY shared DESC, theirs) AS place
    FROM ends
),
kept AS (
    SELECT one, other, shared FROM placed WHERE place <= :most GROUP BY one, other, shared
)
SELECT k.one, k.other, k.shared, o.people AS of_one, t.people AS of_other
FROM kept k
JOIN known o ON k.one = o.provider
JOIN known t ON k.other = t.provider
ORDER BY k.shared DESC, k.one, k.other
