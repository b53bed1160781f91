-- Who was named with which office, current versions only: one row per person, office and country (the article's, else the person's), with the days of publication on which it was first and last seen.
SELECT
    c.canonical_id AS entity_id,
    any_value(e.name) AS name,
    lower(m.role) AS role,
    coalesce(m.country, e.country) AS country,
    CAST(min(a.published_at) AS DATE) AS first_seen_on,
    CAST(max(a.published_at) AS DATE) AS last_seen_on,
    count(DISTINCT m.article_id) AS articles
FROM mentions m
JOIN articles a ON a.article_id = m.article_id AND a.is_current
JOIN canonical_ids c ON c.article_id = m.article_id AND c.entity_id = m.entity_id
LEFT JOIN entities e ON e.entity_id = c.canonical_id
WHERE m.entity_type = 'person' AND m.mention_kind = 'name' AND m.role IS NOT NULL
GROUP BY c.canonical_id, lower(m.role), coalesce(m.country, e.country)
