-- Each network of who turns to whom: its members and ties, how many ties are returned, cross from place to place, or run
-- along a formal line (a network of the same members whose name ends in “reports”), either way. Nobody names themselves.
WITH ties AS (
    SELECT DISTINCT network, answered, named FROM turned_to WHERE answered <> named
),
all_members AS (
    SELECT DISTINCT t.network, m.networks, m.member, m.at_place AS place
    FROM (SELECT DISTINCT network FROM ties) t
    JOIN network_members m ON t.network = m.networks OR t.network LIKE concat(m.networks, ' %')
    UNION ALL
    SELECT t.network, CAST(NULL AS STRING), t.member, CAST(NULL AS STRING)
    FROM (
        SELECT network, answered AS member FROM ties
        UNION
        SELECT network, named FROM ties
    ) t
),
members AS (
    SELECT network, member, max(networks) AS networks, max(place) AS place
    FROM all_members
    GROUP BY network, member
),
of_each AS (
    SELECT network, count(*) AS members, max(networks) AS networks
    FROM members
    GROUP BY network
),
lines AS (
    SELECT DISTINCT answered, named, replace(network, ' reports', '') AS networks
    FROM ties
    WHERE network LIKE '% reports'
),
sought AS (
    SELECT network, max(times) AS most, sum(times * times) AS squares
    FROM (SELECT network, named, count(*) AS times FROM ties GROUP BY network, named) s
    GROUP BY network
)
SELECT t.network, max(e.members) AS members, count(*) AS ties, count(b.named) AS returned,
       count(CASE WHEN one.place IS NOT NULL AND other.place IS NOT NULL THEN 1 END) AS places_known,
       count(CASE WHEN one.place <> other.place THEN 1 END) AS crossing,
       count(CASE WHEN up.named IS NOT NULL OR down.named IS NOT NULL THEN 1 END) AS along_lines,
       count(DISTINCT l.networks) > 0 AS lines_known,
       CAST(max(s.most) AS BIGINT) AS most_sought, CAST(max(s.squares) AS BIGINT) AS squares
FROM ties t
JOIN of_each e ON t.network = e.network
JOIN sought s ON t.network = s.network
JOIN members one ON t.network = one.network AND t.answered = one.member
JOIN members other ON t.network = other.network AND t.named = other.member
LEFT JOIN ties b ON t.network = b.network AND t.answered = b.named AND t.named = b.answered
LEFT JOIN (SELECT DISTINCT networks FROM lines) l ON t.network LIKE concat(l.networks, ' %')
LEFT JOIN lines up ON l.networks = up.networks AND t.answered = up.answered AND t.named = up.named
LEFT JOIN lines down ON l.networks = down.networks AND t.answered = down.named AND t.named = down.answered
GROUP BY t.network
ORDER BY t.network
