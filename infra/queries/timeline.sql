-- What happened to one intent, in order? $intent_id
SELECT at, what, client_order_id, detail FROM (
  SELECT MIN(received_at) AS at, MIN(received_at) AS place, 0 AS rank, 'RECEIVED' AS what, NULL AS client_order_id, NULL AS detail FROM orders WHERE intent_id = $intent_id
  UNION ALL SELECT decided_at, decided_at, 2, 'DECIDED', client_order_id, type || ' ' || qty || COALESCE(' at ' || COALESCE(price, trigger_px), '') FROM orders WHERE intent_id = $intent_id AND leg IS NOT NULL
  UNION ALL SELECT sent_at, sent_at, 3, 'SENT', client_order_id, NULL FROM orders WHERE intent_id = $intent_id AND sent_at IS NOT NULL
  UNION ALL SELECT acknowledged_at, acknowledged_at, 4, 'ACKNOWLEDGED', client_order_id, order_id FROM orders WHERE intent_id = $intent_id AND acknowledged_at IS NOT NULL
  UNION ALL SELECT f.timestamp, MAX(f.timestamp, COALESCE(o.sent_at, f.timestamp)), 5, 'FILL', f.client_order_id, f.qty || ' at ' || f.price || ', trade ' || f.trade_id
    FROM fills f LEFT JOIN orders o ON o._key = f.client_order_id WHERE f.intent_id = $intent_id
  UNION ALL SELECT ended_at, ended_at, 6, 'ENDED', client_order_id, status FROM orders WHERE intent_id = $intent_id AND ended_at IS NOT NULL
  UNION ALL SELECT timestamp, timestamp, CASE type WHEN 'ROUTER_ORDER_ACCEPTED' THEN 1 ELSE 7 END, type, client_order_id, detail FROM strategy_events WHERE intent_id = $intent_id
) WHERE at IS NOT NULL ORDER BY place, rank, client_order_id
