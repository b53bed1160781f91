-- Spellings of one full name are one person: the standard spelling stands for them, else the one in most articles.
INSERT INTO entity_aliases
SELECT entity_id, NULL AS article_id, canonical_id, 'alias.spelling' AS rule
FROM (
    SELECT
        p.entity_id,
        first_value(p.entity_id) OVER (
            PARTITION BY k.name_key ORDER BY k.is_standard DESC, p.articles DESC, p.entity_id
        ) AS canonical_id
    FROM (SELECT entity_id, count(*) AS articles FROM people GROUP BY entity_id) p
    JOIN name_keys k USING (entity_id)
    WHERE k.name_key IS NOT NULL
)
WHERE entity_id <> canonical_id;
