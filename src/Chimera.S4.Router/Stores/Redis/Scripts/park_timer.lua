-- ARGV 2 token. Out of queue and inflight, kept with its body.
local body = redis.call('HGET', TIMER_BODY, ARGV[2])
if body then redis.call('HSET', TIMER_PARKED, ARGV[2], body) end
redis.call('ZREM', TIMERS, ARGV[2]); redis.call('ZREM', TIMER_INFLIGHT, ARGV[2]); redis.call('HDEL', TIMER_BODY, ARGV[2])
return 1
