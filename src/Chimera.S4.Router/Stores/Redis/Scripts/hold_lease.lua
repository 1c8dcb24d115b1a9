-- ARGV 2 name, 3 holder, 4 for how many ms (0: give it back). Returns 1, or 0 while another holds it.
local held = redis.call('HGET', LEASES, ARGV[2])
local span = number(ARGV[4], 'span')
if held then
  local ends, holder = held:match('^(%d+) (.*)$')
  if holder ~= ARGV[3] and (span == 0 or number(ends, 'end') > now) then return 0 end
end
if span == 0 then redis.call('HDEL', LEASES, ARGV[2]) else redis.call('HSET', LEASES, ARGV[2], whole(now + span) .. ' ' .. ARGV[3]) end
return 1
