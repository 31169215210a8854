-- How many contacts each person had in the window, whoever they were with. Nobody without any.
SELECT patient, count(*) AS contacts
FROM visits
WHERE started_at >= :since AND started_at < :until
GROUP BY patient
ORDER BY patient
