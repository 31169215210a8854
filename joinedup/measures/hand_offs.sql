-- How often care went from one to the next at a level: a row for each ordered pair, staying with the same one included.
-- tied: of these, how many had both contacts at the same instant, so that nothing but the order of the record says
-- which came first. median_days and ninetieth_days: from the one contact to the next.
WITH steps AS (
    SELECT patient,
           {by} AS from_number,
           lead({by}) OVER (PARTITION BY patient ORDER BY ordinal) AS to_number,
           started_at,
           lead(started_at) OVER (PARTITION BY patient ORDER BY ordinal) AS next_at
    FROM visits
    WHERE {by} IS NOT NULL AND started_at >= :since AND started_at < :until
)
SELECT from_number,
       to_number,
       count(*) AS times,
       count(DISTINCT patient) AS people,
       CAST(sum(CASE WHEN started_at = next_at THEN 1 ELSE 0 END) AS BIGINT) AS tied,
       percentile(days_between(started_at, next_at), 5e-1) AS median_days,
       percentile(days_between(started_at, next_at), 9e-1) AS ninetieth_days
FROM steps
WHERE to_number IS NOT NULL
GROUP BY from_number, to_number
ORDER BY times DESC, from_number, to_number
