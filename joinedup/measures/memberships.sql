-- Memberships of organisations that are valid on a day: begun by it and not ended before it. Both ends are days of it.
SELECT m.member_of, m.type, count(DISTINCT m.member) AS members,
       count(DISTINCT CASE WHEN n.of > 1 THEN m.member END) AS in_several
FROM memberships m
JOIN (
    SELECT member, type, count(DISTINCT member_of) AS of
    FROM memberships
    WHERE started_on <= :as_at AND (ended_on IS NULL OR ended_on >= :as_at) AND member_of IS NOT NULL
    GROUP BY member, type
) n ON m.member = n.member AND m.type = n.type
WHERE m.started_on <= :as_at AND (m.ended_on IS NULL OR m.ended_on >= :as_at) AND m.member_of IS NOT NULL
GROUP BY m.member_of, m.type
ORDER BY members DESC, m.member_of
