-- An event has no side, a part that is not the text of its span, no known type, or another article's place or quote.
SELECT e.article_id, e.event_id, e.text, e.event_type, e.mode, e.source_text, e.target_text
FROM events e
JOIN articles a USING (article_id)
LEFT JOIN event_types k ON k.event_type = e.event_type AND k.mode IS NOT DISTINCT FROM e.mode
LEFT JOIN places p ON p.place_id = e.place_id
LEFT JOIN quotes q ON q.quote_id = e.quote_id
WHERE e.source_text IS NULL AND e.target_text IS NULL
   OR e.trigger_text IS DISTINCT FROM substring(a.source_text, e.trigger_start + 1, e.trigger_end - e.trigger_start)
   OR e.source_text IS DISTINCT FROM substring(a.source_text, e.source_start + 1, e.source_end - e.source_start)
   OR e.target_text IS DISTINCT FROM substring(a.source_text, e.target_start + 1, e.target_end - e.target_start)
   OR least(e.trigger_start, e.source_start, e.target_start) < e.char_start
   OR greatest(e.trigger_end, e.source_end, e.target_end) > e.char_end
   OR k.event_type IS NULL
   OR k.quad_class IS DISTINCT FROM e.quad_class
   OR (e.starts_on IS NULL) <> (e.date_basis IS NULL)
   OR (e.place_id IS NOT NULL AND p.article_id IS DISTINCT FROM e.article_id)
   OR (e.quote_id IS NOT NULL AND q.article_id IS DISTINCT FROM e.article_id)
