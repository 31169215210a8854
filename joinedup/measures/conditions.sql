-- How many different conditions each person has on the day before :until. Begun by the day; not over by it, unless
-- :resolved_too is 1; never refuted or entered in error. Nobody without any.
SELECT patient,
       count(DISTINCT coalesce(system || '|' || code, code, lower(trim(display)), condition)) AS conditions
FROM conditions
WHERE patient IS NOT NULL
  AND coalesce(verification_status, '') NOT IN ('refuted', 'entered-in-error')
  AND coalesce(onset_on, recorded_on, DATE '0001-01-01') < CAST(:until AS DATE)
  AND (:resolved_too = 1
       OR NOT coalesce(abated_on < CAST(:until AS DATE), clinical_status IN ('resolved', 'inactive'), false))
GROUP BY patient
ORDER BY patient
