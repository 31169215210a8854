-- In how many organisations each person is known by one practitioner alone, of how many that have any.
WITH known AS (
    SELECT patient, organisation, count(DISTINCT practitioner) AS practitioners
    FROM visits
    WHERE organisation IS NOT NULL AND practitioner IS NOT NULL AND started_at >= :since AND started_at < :until
    GROUP BY patient, organisation
)
SELECT patient,
       count(*) FILTER (WHERE practitioners = 1) AS resting,
       count(*) AS organisations
FROM known
GROUP BY patient
ORDER BY patient
