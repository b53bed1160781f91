-- A place has no point, or one that is not on the map.
-- tables: places
SELECT t.article_id, t.text, t.name, t.latitude, t.longitude
FROM {table} t
WHERE t.latitude IS NULL OR t.longitude IS NULL
   OR t.latitude NOT BETWEEN -90 AND 90
   OR t.longitude NOT BETWEEN -180 AND 180
