-- How often did what happen, and how often was an OCO not to be had? $since
SELECT type, COUNT(*) AS times, COUNT(DISTINCT intent_id) AS intents FROM strategy_events WHERE timestamp >= $since GROUP BY 1 ORDER BY 1
