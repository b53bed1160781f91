-- A document without its article.
SELECT document_id FROM documents WHERE document_id NOT IN (SELECT article_id FROM articles)
