-- What became of maker windows: by symbol and wait, how much was made, and how much was taken after all? $since
SELECT market, symbol, maker_wait_ms, COUNT(DISTINCT intent_id || ':' || leg) AS windows,
  ROUND(SUM(CASE type WHEN 'LIMIT_MAKER' THEN CAST(filled_qty AS REAL) ELSE 0 END), 8) AS made, ROUND(SUM(CASE type WHEN 'LIMIT_MAKER' THEN 0 ELSE CAST(filled_qty AS REAL) END), 8) AS taken,
  SUM(CASE WHEN type = 'LIMIT_MAKER' THEN 1 ELSE 0 END) AS quotes, SUM(CASE WHEN code = 'WOULD_TAKE' THEN 1 ELSE 0 END) AS misses
FROM orders WHERE created_at >= $since AND maker_wait_ms > 0 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
