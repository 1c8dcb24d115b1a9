-- Leases timers that are due: ARGV 2 lease ms, 3 how many. Queue → inflight, never out of both: a claimer that dies loses none.
local lease, max = number(ARGV[2], 'lease'), number(ARGV[3], 'max')
local out = {}
for _, token in ipairs(redis.call('ZRANGEBYSCORE', TIMERS, '-inf', whole(now), 'LIMIT', 0, max)) do
  local body = redis.call('HGET', TIMER_BODY, token)
  redis.call('ZREM', TIMERS, token)
  if body then
    redis.call('ZADD', TIMER_INFLIGHT, whole(now + lease), token)
    out[#out + 1] = token; out[#out + 1] = body
  end
end
return out
