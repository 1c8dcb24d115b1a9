-- Parked → queue, with the original due time. Returns how many.
local parked = redis.call('HGETALL', TIMER_PARKED)
for i = 1, #parked, 2 do
  redis.call('HSET', TIMER_BODY, parked[i], parked[i + 1])
  redis.call('ZADD', TIMERS, parked[i + 1]:match('^(%d+)\n') or whole(now), parked[i])
end
redis.call('DEL', TIMER_PARKED)
return #parked / 2
