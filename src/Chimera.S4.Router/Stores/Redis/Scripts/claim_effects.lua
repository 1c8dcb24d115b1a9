-- Leases what is due, oldest first: ARGV 2 lease ms, 3 how many. Returns member, stored effect, member, …
local lease, max = number(ARGV[2], 'lease'), number(ARGV[3], 'max')
local out = {}
for _ = 1, 10 do                                      -- a page of entries whose order has lapsed is no reason to say "nothing due"
  local due = redis.call('ZRANGEBYSCORE', OUTBOX, '-inf', whole(now), 'LIMIT', 0, max - #out / 2)
  for _, member in ipairs(due) do
    local id, seq = member:match('^(.*):(%d+)$')
    local effect = id and redis.call('HGET', order_key(id), 'e:' .. seq)
    if effect then
      redis.call('ZADD', OUTBOX, whole(now + math.max(lease, 1)), member)
      out[#out + 1] = member; out[#out + 1] = effect
    else
      redis.call('ZREM', OUTBOX, member)
    end
  end
  if #due == 0 or #out >= max * 2 then break end
end
return out
