-- How much waits: live orders, pending effects, by how many ms the earliest of them is due, waiting slices.
local first = redis.call('ZRANGE', OUTBOX, 0, 0, 'WITHSCORES')
local overdue = first[2] and math.max(0, now - number(first[2], 'due')) or 0
return { redis.call('ZCARD', LIVE), redis.call('ZCARD', OUTBOX), overdue, redis.call('ZCARD', TWAP_QUEUE) }
