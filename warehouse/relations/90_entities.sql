-- Entities: what the mentions of current articles tell of each.
CREATE TEMP TABLE meant AS
SELECT c.canonical_id AS entity_id, m.article_id, m.text, m.mention_kind, m.role, m.country
FROM mentions m
JOIN articles a ON a.article_id = m.article_id AND a.is_current
JOIN canonical_ids c ON c.article_id = m.article_id AND c.entity_id = m.entity_id;

CREATE TEMP TABLE names AS
SELECT entity_id, first(text ORDER BY is_whole DESC, is_capitals, times DESC, length(text) DESC, text) AS name
FROM (
    SELECT
        entity_id,
        text,
        count(*) AS times,
        text = upper(text) AS is_capitals,
        trim(regexp_replace(lower(strip_accents(text)), '[^a-z0-9]+', '-', 'g'), '-')
            = split_part(split_part(entity_id, ':', 2), '.', 1) AS is_whole
    FROM meant
    WHERE mention_kind IN ('name', 'acronym')
    GROUP BY ALL
)
GROUP BY entity_id;

CREATE TEMP TABLE homes AS
SELECT entity_id, first(country ORDER BY articles DESC, times DESC, country) AS country
FROM (
    SELECT entity_id, country, count(DISTINCT article_id) AS articles, count(*) AS times
    FROM meant
    WHERE country IS NOT NULL
    GROUP BY ALL
)
GROUP BY entity_id;

CREATE TEMP TABLE offices_held AS
SELECT entity_id, list(role ORDER BY times DESC, role) AS roles
FROM (
    SELECT entity_id, first(role ORDER BY spelt DESC, role) AS role, sum(spelt) AS times
    FROM (SELECT entity_id, role, count(DISTINCT article_id) AS spelt FROM meant WHERE role IS NOT NULL GROUP BY ALL)
    GROUP BY entity_id, lower(role)
)
GROUP BY entity_id;

INSERT INTO entities BY NAME
SELECT
    m.entity_id,
    coalesce(c.name, o.name, n.name, any_value(split_part(m.entity_id, ':', 2))) AS name,
    split_part(m.entity_id, ':', 1) AS entity_type,
    coalesce(c.country, o.country, h.country) AS country,
    coalesce(r.roles, []) AS roles,
    count(*) AS mention_count,
    count(DISTINCT m.article_id) AS article_count
FROM meant m
LEFT JOIN countries c ON m.entity_id = 'country:' || c.country
LEFT JOIN organisations o ON o.entity_id = m.entity_id
LEFT JOIN names n ON n.entity_id = m.entity_id
LEFT JOIN homes h ON h.entity_id = m.entity_id
LEFT JOIN offices_held r ON r.entity_id = m.entity_id
GROUP BY m.entity_id, c.name, o.name, n.name, c.country, o.country, h.country, r.roles;
