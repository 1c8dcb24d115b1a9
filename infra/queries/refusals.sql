-- What is refused, by whom and why? $since
SELECT rejected_by, code, COUNT(DISTINCT intent_id) AS intents, MIN(message) AS example FROM orders WHERE created_at >= $since AND rejected_by IS NOT NULL GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
