-- ARGV 2 order, 3 the most within a minute. 1: counted, now or before.
redis.call('ZREMRANGEBYSCORE', ORDER_SLOTS, '-inf', now - 60000)
if redis.call('ZSCORE', ORDER_SLOTS, ARGV[2]) then return 1 end
if redis.call('ZCARD', ORDER_SLOTS) >= number(ARGV[3], 'most') then return 0 end
redis.call('ZADD', ORDER_SLOTS, now, ARGV[2])
redis.call('PEXPIRE', ORDER_SLOTS, 120000)
return 1
