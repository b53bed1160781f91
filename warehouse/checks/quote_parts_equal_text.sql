-- A quote's cue or source is not what its span of source_text holds.
SELECT q.article_id, q.quote_id, q.cue_text, q.source_text
FROM quotes q
JOIN articles a USING (article_id)
WHERE q.cue_text IS DISTINCT FROM substring(a.source_text, q.cue_start + 1, q.cue_end - q.cue_start)
   OR q.source_text IS DISTINCT FROM substring(a.source_text, q.source_start + 1, q.source_end - q.source_start)
