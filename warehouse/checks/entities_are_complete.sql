-- An entity that a current article mentions has no row in entities, or a row that nothing mentions.
WITH meant AS (
    SELECT DISTINCT c.canonical_id
    FROM canonical_ids c
    JOIN articles a ON a.article_id = c.article_id AND a.is_current
)
SELECT e.entity_id, m.canonical_id
FROM entities e
FULL JOIN meant m ON m.canonical_id = e.entity_id
WHERE e.entity_id IS NULL OR m.canonical_id IS NULL
