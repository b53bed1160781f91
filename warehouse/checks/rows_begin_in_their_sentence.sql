-- A row does not begin in the sentence that it names.
-- tables: mentions, quotes, dates, places, events
SELECT t.article_id, t.sentence_no, t.char_start
FROM {table} t
LEFT JOIN sentences s ON s.article_id = t.article_id AND s.sentence_no = t.sentence_no
WHERE t.sentence_no IS NOT NULL
  AND (s.article_id IS NULL OR t.char_start < s.char_start OR t.char_start >= s.char_end)
