-- ARGV 2 token.
redis.call('ZREM', TIMERS, ARGV[2]); redis.call('ZREM', TIMER_INFLIGHT, ARGV[2]); redis.call('HDEL', TIMER_BODY, ARGV[2])
return 1
