-- Returns timers whose lease has ended to the queue, with their original due time. At most 500 in one go: a script stops the world.
local count = 0
for _, token in ipairs(redis.call('ZRANGEBYSCORE', TIMER_INFLIGHT, '-inf', whole(now), 'LIMIT', 0, 500)) do
  local body = redis.call('HGET', TIMER_BODY, token)
  redis.call('ZREM', TIMER_INFLIGHT, token)
  if body then
    redis.call('ZADD', TIMERS, 'NX', body:match('^(%d+)\n') or whole(now), token)
    count = count + 1
  end
end
return count
