-- A row's text is not what its span of source_text holds.
-- tables: blocks, sentences, mentions, quotes, dates, places, events
SELECT t.article_id, t.char_start, t.char_end, t.text
FROM {table} t
JOIN articles a USING (article_id)
WHERE t.char_end <= t.char_start
   OR t.char_start < 0
   OR t.text IS DISTINCT FROM substring(a.source_text, t.char_start + 1, t.char_end - t.char_start)
