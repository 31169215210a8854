-- For each network, how often those of one place named those of another. Nobody names themselves.
WITH ties AS (
    SELECT DISTINCT network, answered, named FROM turned_to WHERE answered <> named
)
SELECT t.network, one.at_place AS from_place, other.at_place AS to_place, count(*) AS ties,
       count(DISTINCT t.answered) AS who_named, count(DISTINCT t.named) AS were_named
FROM ties t
JOIN network_members one ON t.answered = one.member AND (t.network = one.networks OR t.network LIKE concat(one.networks, ' %'))
JOIN network_members other ON t.named = other.member AND other.networks = one.networks
WHERE one.at_place IS NOT NULL AND other.at_place IS NOT NULL
GROUP BY t.network, one.at_place, other.at_place
ORDER BY t.network, one.at_place, other.at_place
