-- ARGV 2 order, 3 sequence, 4 delay ms. Only what is still pending can be postponed.
local delay = number(ARGV[4], 'delay')
if redis.call('HEXISTS', order_key(ARGV[2]), 'e:' .. ARGV[3]) == 1 then redis.call('ZADD', OUTBOX, whole(now + delay), ARGV[2] .. ':' .. ARGV[3]) end
return 1
