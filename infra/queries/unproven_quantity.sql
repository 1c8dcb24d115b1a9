-- Of which ended orders do the fills not add up to what the venue counts? None, ever. $since
SELECT o._key, o.filled_qty, COALESCE(SUM(CAST(f.qty AS REAL)), 0) AS fills
FROM orders o LEFT JOIN fills f ON f.client_order_id = o._key
WHERE o.created_at >= $since AND o.final = 1
GROUP BY o._key HAVING ABS(CAST(o.filled_qty AS REAL) - COALESCE(SUM(CAST(f.qty AS REAL)), 0)) > 1e-9 ORDER BY 1
