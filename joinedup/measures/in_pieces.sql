-- How many people, and how many of them were dealt with by three organisations or more, of everybody with a contact and
-- of each group of them: by age, sex, deprivation fifth (1 the most deprived), ethnic category, and
-- sector that saw them (its number; somebody seen by two is in both).
WITH seen AS (
    SELECT patient, count(DISTINCT organisation) AS organisations, count(*) AS contacts
    FROM visits
    WHERE organisation IS NOT NULL AND started_at >= :since AND started_at < :until
    GROUP BY patient
),
met AS (
    SELECT DISTINCT patient, sector
    FROM visits
    WHERE organisation IS NOT NULL AND sector IS NOT NULL AND started_at >= :since AND started_at < :until
),
people AS (
    SELECT s.patient, s.organisations, s.contacts, p.gender, p.ethnicity,
           CAST(floor((p.deprivation_decile + 1) / 2) AS INT) AS fifth,
           year(:as_at) - year(p.born_on)
               - CASE WHEN month(:as_at) * 100 + day(:as_at) < month(p.born_on) * 100 + day(p.born_on)
                      THEN 1 ELSE 0 END AS age
    FROM seen s JOIN patients p ON s.patient = p.number
),
grouped AS (
    SELECT 'everybody' AS what, 'everybody' AS of_which, organisations, contacts FROM people
    UNION ALL
    SELECT 'organisations', CASE WHEN organisations >= 5 THEN '5 or more' ELSE CAST(organisations AS STRING) END,
           organisations, contacts
    FROM people
    UNION ALL
    SELECT 'age', CASE WHEN age < 18 THEN '0 to 17' WHEN age < 40 THEN '18 to 39' WHEN age < 65 THEN '40 to 64'
                       WHEN age < 75 THEN '65 to 74' WHEN age < 85 THEN '75 to 84' ELSE '85 and over' END,
           organisations, contacts
    FROM people WHERE age IS NOT NULL
    UNION ALL
    SELECT 'sex', gender, organisations, contacts FROM people WHERE gender IS NOT NULL
    UNION ALL
    SELECT 'deprivation fifth', CAST(fifth AS STRING), organisations, contacts FROM people WHERE fifth IS NOT NULL
    UNION ALL
    SELECT 'ethnicity', ethnicity, organisations, contacts FROM people WHERE ethnicity IS NOT NULL
    UNION ALL
    SELECT 'sector', CAST(m.sector AS STRING), p.organisations, p.contacts
    FROM people p JOIN met m ON p.patient = m.patient
)
SELECT what, of_which,
       count(*) AS people,
       count(*) FILTER (WHERE organisations >= 3) AS in_pieces,
       CAST(sum(contacts) AS BIGINT) AS contacts
FROM grouped
GROUP BY what, of_which
ORDER BY what, of_which
