-- Did the market go our way after a fill, by symbol, maker or taker, and horizon? How many could not be told? $since
SELECT f.market, f.symbol, CASE f.maker WHEN 1 THEN 'MAKER' WHEN 0 THEN 'TAKER' ELSE 'UNKNOWN' END AS liquidity, m.horizon_s, COUNT(m.mid) AS told, COUNT(*) - COUNT(m.mid) AS untold,
  ROUND(SUM(CAST(m.markout_bps AS REAL) * CAST(f.qty AS REAL) * CAST(f.price AS REAL)) / SUM(CASE WHEN m.mid IS NULL THEN 0 ELSE CAST(f.qty AS REAL) * CAST(f.price AS REAL) END), 4) AS markout_bps
FROM markouts m JOIN fills f ON f._key = m.fill_id WHERE f.timestamp >= $since GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
