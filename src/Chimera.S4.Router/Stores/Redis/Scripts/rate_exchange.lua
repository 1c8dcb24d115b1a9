-- ARGV 2 venue, 3 replica, 4 its news, 5 and 6 until when all, and orders, are held (venue ms; 0: not). Returns both holds, then the news of every other replica that spoke within 5 s.
local news, holds = root .. 's4:rate:' .. ARGV[2], root .. 's4:rate:' .. ARGV[2] .. ':held'
redis.call('HSET', news, ARGV[3], whole(now) .. ' ' .. ARGV[4])
redis.call('PEXPIRE', news, 60000)
local answer = {}
for at, name in ipairs({ 'all', 'orders' }) do
  local known, told = number(redis.call('HGET', holds, name) or '0', name), number(ARGV[4 + at], name)
  if told > known then
    redis.call('HSET', holds, name, ARGV[4 + at])
    known = told
  end
  answer[at] = whole(known)
end
if redis.call('EXISTS', holds) == 1 then
  redis.call('PEXPIREAT', holds, whole(math.max(now, number(answer[1], 'all'), number(answer[2], 'orders')) + 60000))
end
local fields = redis.call('HGETALL', news)
for i = 1, #fields, 2 do
  local at, told = fields[i + 1]:match('^(%d+) (.*)$')
  if now - number(at, 'at') > 60000 then
    redis.call('HDEL', news, fields[i])
  elseif fields[i] ~= ARGV[3] and now - number(at, 'at') <= 5000 then
    answer[#answer + 1] = told
  end
end
return answer
