-- A piece of a statement continues none of its article, or one of another statement; or the first piece continues one.
SELECT q.article_id, q.quote_id, q.continues_quote_id, q.statement_id
FROM quotes q
LEFT JOIN quotes before ON before.quote_id = q.continues_quote_id
WHERE (q.continues_quote_id IS NULL) <> (q.statement_id = q.quote_id)
   OR (q.continues_quote_id IS NOT NULL
       AND (before.article_id IS DISTINCT FROM q.article_id OR before.statement_id IS DISTINCT FROM q.statement_id))
