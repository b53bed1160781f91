-- Statements, current versions only: one row each, its pieces joined by an ellipsis, with the canonical speaker and addressee by name.
SELECT
    q.article_id,
    q.statement_id,
    min(q.char_start) AS char_start,
    string_agg(q.text, ' … ' ORDER BY q.char_start) AS text,
    CASE WHEN count(DISTINCT q.kind) = 1 THEN any_value(q.kind) ELSE 'mixed' END AS kind,
    first(q.attitude ORDER BY q.quote_id <> q.statement_id, q.char_start) FILTER (WHERE q.attitude IS NOT NULL)
        AS attitude,
    first(q.cue_lemma ORDER BY q.quote_id <> q.statement_id, q.char_start) FILTER (WHERE q.cue_lemma IS NOT NULL)
        AS cue_lemma,
    first(q.source_text ORDER BY q.quote_id <> q.statement_id, q.char_start) FILTER (WHERE q.source_text IS NOT NULL)
        AS source_text,
    any_value(speaker.canonical_id) AS speaker_id,
    any_value(e.name) AS speaker,
    any_value(q.speaker_country) AS speaker_country,
    any_value(q.speaker_organisation_id) AS speaker_organisation_id,
    any_value(addressee.canonical_id) AS addressee_id,
    any_value(t.name) AS addressee,
    min(q.said_on) AS said_on,
    any_value(a.published_at) AS published_at,
    any_value(a.headline) AS headline
FROM quotes q
JOIN articles a ON a.article_id = q.article_id AND a.is_current
LEFT JOIN canonical_ids speaker ON speaker.article_id = q.article_id AND speaker.entity_id = q.speaker_id
LEFT JOIN canonical_ids addressee ON addressee.article_id = q.article_id AND addressee.entity_id = q.addressee_id
LEFT JOIN entities e ON e.entity_id = speaker.canonical_id
LEFT JOIN entities t ON t.entity_id = addressee.canonical_id
GROUP BY q.article_id, q.statement_id
