-- Where does the time go between two stamps, in ms, by market: mean and longest? $since
SELECT market, COUNT(*) AS orders,
  ROUND(AVG((julianday(decided_at) - julianday(received_at)) * 86400000), 1) AS received_to_decided, ROUND(AVG((julianday(sent_at) - julianday(decided_at)) * 86400000), 1) AS decided_to_sent,
  ROUND(AVG((julianday(acknowledged_at) - julianday(sent_at)) * 86400000), 1) AS sent_to_acknowledged, ROUND(MAX((julianday(sent_at) - julianday(decided_at)) * 86400000), 1) AS longest_decided_to_sent
FROM orders WHERE created_at >= $since AND leg = 0 AND client_order_id LIKE '%0000' AND sent_at IS NOT NULL AND acknowledged_at IS NOT NULL GROUP BY 1 ORDER BY 1
