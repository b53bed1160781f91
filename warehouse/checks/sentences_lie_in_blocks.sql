-- A sentence reaches beyond its block, or overlaps the one before it.
SELECT s.article_id, s.sentence_no, s.char_start, s.char_end
FROM (
    SELECT *, lag(char_end, 1, 0) OVER (PARTITION BY article_id ORDER BY sentence_no) AS before_end FROM sentences
) s
LEFT JOIN blocks b USING (article_id, block_no)
WHERE b.block_no IS NULL
   OR s.char_start < b.char_start
   OR s.char_end > b.char_end
   OR s.char_start < s.before_end
