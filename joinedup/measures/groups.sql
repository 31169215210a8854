-- In which group everybody is on a day: by age, sex, deprivation fifth (1 the most deprived) and ethnic category; null
-- where it is not recorded. The ages of those who had died by then are those at death.
WITH lived AS (
    SELECT patient, gender, ethnicity, deprivation_decile, born_on,
           CASE WHEN died_at < :until THEN CAST(died_at AS DATE) ELSE :as_at END AS day
    FROM patients
),
aged AS (
    SELECT patient, gender, ethnicity,
           CAST(floor((deprivation_decile + 1) / 2) AS INT) AS fifth,
           CASE WHEN born_on <= day
                THEN year(day) - year(born_on)
                     - CASE WHEN month(day) * 100 + day(day) < month(born_on) * 100 + day(born_on) THEN 1 ELSE 0 END
                END AS age
    FROM lived
)
SELECT patient,
       CASE WHEN age IS NULL THEN NULL WHEN age < 18 THEN '0 to 17' WHEN age < 40 THEN '18 to 39'
            WHEN age < 65 THEN '40 to 64' WHEN age < 75 THEN '65 to 74' WHEN age < 85 THEN '75 to 84'
            ELSE '85 and over' END AS age,
       gender AS sex,
       CAST(fifth AS STRING) AS deprivation_fifth,
       ethnicity
FROM aged
ORDER BY patient
