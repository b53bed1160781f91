-- A block begins before the one before it ends, or their numbers are out of order.
SELECT article_id, block_no, char_start, before_end
FROM (
    SELECT
        article_id, block_no, paragraph_no, char_start,
        lag(char_end) OVER in_article AS before_end,
        lag(block_no, 1, -1) OVER in_article AS before_no,
        lag(paragraph_no, 1, 0) OVER in_article AS before_paragraph
    FROM blocks
    WINDOW in_article AS (PARTITION BY article_id ORDER BY char_start, block_no)
)
WHERE char_start < before_end OR block_no <> before_no + 1 OR paragraph_no < before_paragraph
