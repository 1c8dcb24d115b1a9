-- ARGV 2 symbol, 3 as it was (empty: none), 4 as it is to be. Returns 1, or 0 where something else stands there by now.
local key = CURVES .. ARGV[2]
if (redis.call('GET', key) or '') ~= ARGV[3] then return 0 end
redis.call('SET', key, ARGV[4])
return 1
