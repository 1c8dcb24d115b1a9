-- In which rows is something null that must not be? None, on a good day. $since
WITH placed AS (SELECT * FROM orders WHERE created_at >= $since AND leg IS NOT NULL),
     known AS (SELECT * FROM placed WHERE final = 1 AND order_id IS NOT NULL)
SELECT 'orders' AS collection, _key, field FROM (
  SELECT _key, 'received_at' AS field FROM orders WHERE created_at >= $since AND received_at IS NULL
  UNION ALL SELECT _key, 'published_at' FROM orders WHERE created_at >= $since AND published_at IS NULL
  UNION ALL SELECT _key, 'decided_at' FROM orders WHERE created_at >= $since AND decided_at IS NULL
  UNION ALL SELECT _key, 'purpose' FROM placed WHERE purpose IS NULL
  UNION ALL SELECT _key, 'leg_qty' FROM placed WHERE leg_qty IS NULL
  UNION ALL SELECT _key, 'mid_at_arrival' FROM placed WHERE mid_at_arrival IS NULL
  UNION ALL SELECT _key, 'order_id' FROM placed p WHERE final = 1 AND order_id IS NULL AND status NOT IN ('REJECTED') AND NOT EXISTS (SELECT 1 FROM strategy_events e WHERE e.client_order_id = p._key AND e.type = 'NOT_SENT')
  UNION ALL SELECT _key, 'sent_at' FROM known WHERE sent_at IS NULL
  UNION ALL SELECT _key, 'acknowledged_at' FROM known WHERE acknowledged_at IS NULL
  UNION ALL SELECT _key, 'mid_at_send' FROM known WHERE mid_at_send IS NULL
  UNION ALL SELECT _key, 'ended_at' FROM placed WHERE final = 1 AND ended_at IS NULL
  UNION ALL SELECT _key, 'avg_price' FROM placed WHERE filled_qty <> '0' AND avg_price IS NULL
  UNION ALL SELECT _key, 'filled_at' FROM placed WHERE filled_qty <> '0' AND filled_at IS NULL
  UNION ALL SELECT _key, 'slippage_bps' FROM placed WHERE filled_qty <> '0' AND slippage_bps IS NULL
  UNION ALL SELECT _key, 'code' FROM orders WHERE created_at >= $since AND status = 'REJECTED' AND code IS NULL)
UNION ALL
SELECT 'fills', _key, field FROM (
  SELECT _key, 'order_id' AS field FROM fills WHERE timestamp >= $since AND order_id IS NULL
  UNION ALL SELECT _key, 'commission_asset' FROM fills WHERE timestamp >= $since AND commission_asset IS NULL
  UNION ALL SELECT _key, 'maker' FROM fills WHERE timestamp >= $since AND maker IS NULL
  UNION ALL SELECT _key, 'mid_at_send' FROM fills WHERE timestamp >= $since AND mid_at_send IS NULL
  UNION ALL SELECT _key, 'book_top3' FROM fills WHERE timestamp >= $since AND book_top3 IS NULL
  UNION ALL SELECT _key, 'slippage_bps' FROM fills WHERE timestamp >= $since AND slippage_bps IS NULL
  UNION ALL SELECT _key, 'order' FROM fills f WHERE timestamp >= $since AND NOT EXISTS (SELECT 1 FROM orders o WHERE o._key = f.client_order_id))
UNION ALL
SELECT 'markouts', _key, 'reason' FROM markouts WHERE due_at >= $since AND (mid IS NULL) = (reason IS NULL)
ORDER BY 1, 2, 3
