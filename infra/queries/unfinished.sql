-- Which orders have not ended, oldest first? $since
SELECT intent_id, client_order_id, market, symbol, purpose, status, code, created_at, updated_at FROM orders WHERE created_at >= $since AND final = 0 ORDER BY created_at, client_order_id
