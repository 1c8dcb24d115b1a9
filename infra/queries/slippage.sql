-- What did trading cost against the middle at send, by market, symbol and maker or taker? Weighted by value. $since
SELECT market, symbol, CASE maker WHEN 1 THEN 'MAKER' WHEN 0 THEN 'TAKER' ELSE 'UNKNOWN' END AS liquidity, COUNT(*) AS fills, ROUND(SUM(CAST(qty AS REAL) * CAST(price AS REAL)), 2) AS notional,
  ROUND(SUM(CAST(slippage_bps AS REAL) * CAST(qty AS REAL) * CAST(price AS REAL)) / SUM(CAST(qty AS REAL) * CAST(price AS REAL)), 4) AS slippage_bps
FROM fills WHERE timestamp >= $since AND slippage_bps IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
