-- To and fro: care that left somebody for another and came back to the same one within so many days.
-- Contacts that follow one another with the same one are one stay. A row for each ordered pair (left and came back to,
-- gone to between).
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
    SELECT patient,
           before AS between_number,
           provider AS to_number,
           lag(before) OVER (PARTITION BY patient ORDER BY ordinal) AS left_number,
           lag(before_at) OVER (PARTITION BY patient ORDER BY ordinal) AS left_at,
           started_at
    FROM stays
)
SELECT to_number,
       between_number,
       count(*) AS returns,
       count(DISTINCT patient) AS people,
       percentile(days_between(left_at, started_at), 5e-1) AS median_days
FROM back
WHERE left_number = to_number AND days_between(left_at, started_at) <= :days
GROUP BY to_number, between_number
ORDER BY returns DESC, to_number, between_number
