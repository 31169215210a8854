"""
What each distinct reference means: the one record that answers to it.

Looked for in this order: a key; a name (fullUrl, identifier); for a web address, Type/id alone; for an identifier,
whatever type has it. Where more than one record answers, none does.
"""

from __future__ import annotations

STATEMENT = """
CREATE TABLE asked AS SELECT DISTINCT reference FROM raw_references;
CREATE TABLE by_name AS
SELECT name, min(key) AS key, min(resource_type) AS resource_type, count(DISTINCT key) AS answering
FROM named WHERE name IN (SELECT reference FROM asked)
    OR name IN (SELECT regexp_extract(reference, '([A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})$', 1) FROM asked)
GROUP BY name;
CREATE TABLE by_identifier AS
SELECT regexp_replace(name, '^[^?]*', '') AS name, min(key) AS key, min(resource_type) AS resource_type,
       count(DISTINCT key) AS answering
FROM named WHERE contains(name, '?identifier=')
    AND regexp_replace(name, '^[^?]*', '') IN (
        SELECT regexp_replace(reference, '^[^?]*', '') FROM asked WHERE contains(reference, '?identifier='))
GROUP BY 1;
CREATE TABLE answers AS
SELECT a.reference,
       CASE WHEN k.key IS NOT NULL THEN k.key
            WHEN n.answering = 1 THEN n.key WHEN n.answering > 1 THEN NULL
            WHEN t.key IS NOT NULL THEN t.key WHEN w.answering = 1 THEN w.key WHEN w.answering > 1 THEN NULL
            WHEN i.answering = 1 THEN i.key END AS key,
       CASE WHEN k.key IS NOT NULL THEN k.resource_type
            WHEN n.key IS NOT NULL THEN n.resource_type
            WHEN t.key IS NOT NULL THEN t.resource_type WHEN w.key IS NOT NULL THEN w.resource_type
            ELSE i.resource_type END AS resource_type,
       coalesce(n.answering, w.answering, i.answering, 0) AS answering
FROM asked a
LEFT JOIN known k ON a.reference = k.name
LEFT JOIN by_name n ON a.reference = n.name
LEFT JOIN known t ON starts_with(a.reference, 'http')
    AND regexp_extract(a.reference, '([A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})$', 1) = t.name
LEFT JOIN by_name w ON starts_with(a.reference, 'http')
    AND regexp_extract(a.reference, '([A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})$', 1) = w.name
LEFT JOIN by_identifier i ON contains(a.reference, '?identifier=')
    AND regexp_replace(a.reference, '^[^?]*', '') = i.name;
"""
