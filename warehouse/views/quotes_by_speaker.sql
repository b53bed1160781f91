-- Statements by speaker, current versions only: a statement in several pieces counts once.
SELECT
    coalesce(x.canonical_id, q.speaker_id) AS speaker_id,
    any_value(e.name) AS speaker,
    count(DISTINCT q.statement_id) AS statements,
    count(DISTINCT q.statement_id) FILTER (WHERE q.kind = 'direct') AS direct_statements,
    count(DISTINCT q.article_id) AS articles,
    min(a.published_at) AS first_at,
    max(a.published_at) AS last_at
FROM quotes q
JOIN articles a ON a.article_id = q.article_id AND a.is_current
LEFT JOIN (
    SELECT q.quote_id, coalesce(here.canonical_id, everywhere.canonical_id) AS canonical_id
    FROM quotes q
    LEFT JOIN entity_aliases here ON here.entity_id = q.speaker_id AND here.article_id = q.article_id
    LEFT JOIN entity_aliases everywhere ON everywhere.entity_id = q.speaker_id AND everywhere.article_id IS NULL
) x ON x.quote_id = q.quote_id
LEFT JOIN entities e ON e.entity_id = coalesce(x.canonical_id, q.speaker_id)
WHERE q.speaker_id IS NOT NULL
GROUP BY 1
