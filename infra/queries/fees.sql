-- What was paid in fees, by market and asset, and how much of it as a maker? $since
SELECT market, commission_asset, COUNT(*) AS fills, ROUND(SUM(CAST(commission AS REAL)), 10) AS paid, ROUND(SUM(CASE maker WHEN 1 THEN CAST(commission AS REAL) ELSE 0 END), 10) AS paid_as_maker
FROM fills WHERE timestamp >= $since GROUP BY 1, 2 ORDER BY 1, 2
