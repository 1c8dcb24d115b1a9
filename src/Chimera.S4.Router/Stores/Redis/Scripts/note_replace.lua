-- ARGV 2 name, 3 text, 4 whether there was a text before (0, 1), 5 that text. Returns 1, or 0 where another came first.
local known = redis.call('HGET', NOTES, ARGV[2])
if ARGV[4] == '0' then
  if known then return 0 end
elseif known ~= ARGV[5] then
  return 0
end
redis.call('HSET', NOTES, ARGV[2], ARGV[3])
return 1
