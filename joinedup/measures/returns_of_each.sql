-- How often the care of each person left somebody for another and came back to the same one within so many days, as in
-- returns.sql. A row for each person with a contact at the level.
WITH dealt AS (
    SELECT patient, {by} AS provider, ordinal, started_at,
           lag({by}) OVER (PARTITION BY patient ORDER BY ordinal) AS before,
           lag(started_at) OVER (PARTITION BY patient ORDER BY ordinal) AS before_at
    FROM visits
    WHERE {by} IS NOT NULL AND started_at >= :since AND started_at < :until
),
stays AS (
    SELECT patient, provider, ordinal, started_at, before, before_at
    FROM dealt
    WHERE before IS NULL OR before <> provider
),
back AS (
    SELECT patient, provider, started_at,
           lag(before) OVER (PARTITION BY patient ORDER BY ordinal) AS left_number,
           lag(before_at) OVER (PARTITION BY patient ORDER BY ordinal) AS left_at
    FROM stays
)
SELECT patient,
       count(*) FILTER (WHERE left_number = provider AND days_between(left_at, started_at) <= :days) AS returns
FROM back
GROUP BY patient
ORDER BY patient
