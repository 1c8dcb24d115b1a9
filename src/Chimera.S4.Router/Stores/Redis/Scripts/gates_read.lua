-- Returns the time, the kill switch and the breakers, each empty where there is none. A kill switch that is no string is told as such, and so counts as ON.
local kind = redis.call('TYPE', KILL_SWITCH).ok
local switch = (kind == 'string' and redis.call('GET', KILL_SWITCH)) or (kind == 'none' and '') or kind
return { whole(now), switch, redis.call('GET', BREAKER .. 'SPOT') or '', redis.call('GET', BREAKER .. 'FUT') or '' }
