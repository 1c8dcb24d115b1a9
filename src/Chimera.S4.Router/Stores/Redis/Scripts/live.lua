-- A page of live orders by id: ARGV 2 after ('' = from the first), 3 how many. Returns id, line, id, line, …
local out = {}
for _, id in ipairs(redis.call('ZRANGEBYLEX', LIVE, ARGV[2] == '' and '-' or '(' .. ARGV[2], '+', 'LIMIT', 0, number(ARGV[3], 'max'))) do
  local line = redis.call('HGET', order_key(id), 'l')
  out[#out + 1] = id; out[#out + 1] = line or ''
end
return out
