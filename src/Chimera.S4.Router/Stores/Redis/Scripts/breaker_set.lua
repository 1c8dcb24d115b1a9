-- ARGV 2 market, 3 as it was (empty: none), 4 as it is, 5 state, 6 answers, 7 failures, 8 since (ms). Sets it if nobody else has meanwhile, and publishes figures and the worse of both states.
local key = BREAKER .. ARGV[2]
if (redis.call('GET', key) or '') ~= ARGV[3] then return 0 end
redis.call('SET', key, ARGV[4])
local answers, failures = number(ARGV[6], 'answers'), number(ARGV[7], 'failures')
redis.call('HSET', CB_STATS, ARGV[2] .. ':state', ARGV[5], ARGV[2] .. ':answers', ARGV[6], ARGV[2] .. ':failures', ARGV[7], ARGV[2] .. ':since', ARGV[8],
  ARGV[2] .. ':rate', answers == 0 and '0' or string.format('%.4f', failures / answers))
local worst = 'CLOSED'
for _, market in ipairs({ 'SPOT', 'FUT' }) do
  local state = redis.call('HGET', CB_STATS, market .. ':state') or 'CLOSED'
  if state == 'OPEN' or (state == 'HALF' and worst == 'CLOSED') then worst = state end
end
redis.call('SET', CB_STATE, worst)
return 1
