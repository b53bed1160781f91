-- Statements by speaker, current versions only: a statement in several pieces counts once. Spoken are those in quotation marks and those whose cue is no mere thought, feeling, finding or plan.
SELECT
    c.canonical_id AS speaker_id,
    any_value(e.name) AS speaker,
    any_value(e.country) AS country,
    count(DISTINCT q.statement_id) AS statements,
    count(DISTINCT q.statement_id) FILTER (
        WHERE q.kind <> 'indirect' OR coalesce(q.attitude, 'say') NOT IN ('think', 'know', 'feel', 'find', 'intend')
    ) AS spoken_statements,
    count(DISTINCT q.statement_id) FILTER (WHERE q.kind = 'direct') AS direct_statements,
    count(DISTINCT q.article_id) AS articles,
    min(a.published_at) AS first_at,
    max(a.published_at) AS last_at
FROM quotes q
JOIN articles a ON a.article_id = q.article_id AND a.is_current
JOIN canonical_ids c ON c.article_id = q.article_id AND c.entity_id = q.speaker_id
LEFT JOIN entities e ON e.entity_id = c.canonical_id
GROUP BY c.canonical_id
