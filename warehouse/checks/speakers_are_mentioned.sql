-- A speaker or addressee is an entity that its article does not mention.
SELECT q.article_id, q.quote_id, q.speaker_id, q.addressee_id
FROM quotes q
WHERE (q.speaker_id IS NOT NULL AND NOT EXISTS (
          FROM mentions m WHERE m.article_id = q.article_id AND m.entity_id = q.speaker_id))
   OR (q.addressee_id IS NOT NULL AND NOT EXISTS (
          FROM mentions m WHERE m.article_id = q.article_id AND m.entity_id = q.addressee_id))
