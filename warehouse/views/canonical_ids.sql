-- For each entity id of an article, the canonical entity that it is: by an alias of that article, else by one that holds everywhere, else itself.
SELECT
    m.article_id,
    m.entity_id,
    coalesce(here.canonical_id, everywhere.canonical_id, m.entity_id) AS canonical_id
FROM (SELECT DISTINCT article_id, entity_id FROM mentions WHERE entity_id IS NOT NULL) m
LEFT JOIN entity_aliases here ON here.entity_id = m.entity_id AND here.article_id = m.article_id
LEFT JOIN entity_aliases everywhere ON everywhere.entity_id = m.entity_id AND everywhere.article_id IS NULL
