-- One full name, two countries and nothing alike in their offices: namesakes. Each is told by its country; where an
-- article does not give one, the name stays what it is.
CREATE TEMP TABLE careers AS
SELECT coalesce(a.canonical_id, p.entity_id) AS canonical_id, p.country, list(DISTINCT p.office_kind) AS office_kinds
FROM (SELECT entity_id, country, unnest(office_kinds) AS office_kind FROM people WHERE country IS NOT NULL) p
JOIN name_keys k ON k.entity_id = p.entity_id AND k.name_key IS NOT NULL
LEFT JOIN entity_aliases a ON a.entity_id = p.entity_id AND a.article_id IS NULL
GROUP BY ALL;

CREATE TEMP TABLE namesakes AS
SELECT DISTINCT one.canonical_id
FROM careers one
JOIN careers other ON other.canonical_id = one.canonical_id AND other.country > one.country
WHERE NOT list_has_any(one.office_kinds, other.office_kinds);

INSERT INTO entity_aliases
SELECT p.entity_id, p.article_id, n.canonical_id || '.' || lower(p.country), 'alias.namesake'
FROM people p
LEFT JOIN entity_aliases a ON a.entity_id = p.entity_id AND a.article_id IS NULL
JOIN namesakes n ON n.canonical_id = coalesce(a.canonical_id, p.entity_id)
WHERE p.country IS NOT NULL;
