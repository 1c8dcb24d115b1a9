-- ARGV 2 how their names begin. Clears what ended long ago, so that replicas that are gone leave nothing behind.
local names, fields = {}, redis.call('HGETALL', LEASES)
for i = 1, #fields, 2 do
  local ends = number(fields[i + 1]:match('^%d+'), 'end')
  if now - ends > 3600000 then
    redis.call('HDEL', LEASES, fields[i])
  elseif ends > now and fields[i]:sub(1, #ARGV[2]) == ARGV[2] then
    names[#names + 1] = fields[i]
  end
end
return names
