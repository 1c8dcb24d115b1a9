-- Where was money lost on the way, in bps of the middle when the sender decided: delay, queueing, trading? One row per filled entry order. $since
SELECT intent_id, client_order_id, side, filled_qty,
  ROUND(sign * (CAST(mid_at_arrival AS REAL) - s0) / s0 * 1e4, 4) AS delay_bps, ROUND(sign * (CAST(mid_at_send AS REAL) - CAST(mid_at_arrival AS REAL)) / s0 * 1e4, 4) AS queueing_bps,
  ROUND(sign * (CAST(avg_price AS REAL) - CAST(mid_at_send AS REAL)) / s0 * 1e4, 4) AS trading_bps
FROM (SELECT *, CASE side WHEN 'BUY' THEN 1 ELSE -1 END AS sign, CAST(mid_at_publish AS REAL) AS s0 FROM orders
  WHERE created_at >= $since AND purpose = 'ENTRY' AND filled_qty <> '0' AND mid_at_publish IS NOT NULL AND mid_at_arrival IS NOT NULL AND mid_at_send IS NOT NULL) ORDER BY 1, 2
