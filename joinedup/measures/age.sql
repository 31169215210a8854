-- Everybody's age in whole years on :as_at, or at death for those who had died by then.
WITH lived AS (
    SELECT patient, born_on, born_on_known_to AS known_to,
           coalesce(died_at < :until, deceased, false) AS died,
           CASE WHEN died_at < :until THEN CAST(died_at AS DATE) ELSE :as_at END AS day
    FROM patients
)
SELECT patient,
       CASE WHEN born_on <= day
            THEN year(day) - year(born_on)
                 - CASE WHEN month(day) * 100 + day(day) < month(born_on) * 100 + day(born_on) THEN 1 ELSE 0 END
            END AS age,
       known_to,
       died
FROM lived
ORDER BY patient
