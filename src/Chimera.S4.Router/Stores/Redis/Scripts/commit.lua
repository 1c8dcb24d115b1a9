-- Everything of one step, or nothing: returns 1, or 0 where another version is stored.
-- Redis does not roll back a script that fails half-way, so all arguments are read and checked before the first write.
local at = 1
local function take(what)
  at = at + 1
  return ARGV[at] or error(what .. ' is missing')
end
local function list(what, width)
  local rows = {}
  for i = 1, number(take(what), what) do
    local row = {}
    for j = 1, width do row[j] = take(what) end
    rows[i] = row
  end
  return rows
end
local function check(rows, column, what)
  for _, row in ipairs(rows) do number(row[column], what) end
end

local id, expected, version, document, line = take('id'), take('expected'), take('version'), take('document'), take('line')
local status, symbol, market, created = take('status'), take('symbol'), take('market'), take('created')
local tombstone, keep = take('tombstone'), take('keep')
local done, effects, disarm, arm, venue_orders, unqueued, queued, guard, result =
  list('done', 1), list('effects', 3), list('disarm', 1), list('arm', 3), list('venue orders', 1), list('unqueued', 1), list('queued', 2), list('guard', 5), list('result', 1)
number(created, 'created'); number(keep, 'keep'); number(version, 'version')
check(effects, 2, 'lease'); check(arm, 2, 'due'); check(queued, 1, 'slice')
if tombstone ~= '' then number(tombstone, 'tombstone') end
if at ~= #ARGV then error('arguments are left over') end
if #result > 0 then                                   -- the one key here that has other users
  local kind = redis.call('TYPE', RESULTS).ok
  if kind ~= 'none' and kind ~= 'stream' then error(RESULTS .. ' is a ' .. kind) end
end

local order = order_key(id)
local was = redis.call('HMGET', order, 'v', 's', 'y')
if (was[1] or '') ~= expected then return 0 end

redis.call('HSET', order, 'v', version, 'd', document, 'l', line, 's', status, 'y', symbol, 'm', market)

for _, row in ipairs(done) do
  redis.call('HDEL', order, 'e:' .. row[1])
  redis.call('ZREM', OUTBOX, id .. ':' .. row[1])
end
for _, row in ipairs(effects) do
  if redis.call('HSETNX', order, 'e:' .. row[1], row[3]) == 1 then redis.call('ZADD', OUTBOX, whole(now + row[2]), id .. ':' .. row[1]) end
end

for _, row in ipairs(disarm) do
  redis.call('ZREM', TIMERS, row[1]); redis.call('ZREM', TIMER_INFLIGHT, row[1]); redis.call('HDEL', TIMER_BODY, row[1])
end
for _, row in ipairs(arm) do
  redis.call('ZADD', TIMERS, row[2], row[1]); redis.call('ZREM', TIMER_INFLIGHT, row[1])
  redis.call('HSET', TIMER_BODY, row[1], row[2] .. '\n' .. row[3])           -- the due time stays with it, for the reaper
end

for _, row in ipairs(unqueued) do redis.call('ZREM', TWAP_QUEUE, row[1]) end
for _, row in ipairs(queued) do redis.call('ZADD', TWAP_QUEUE, row[1], row[2]) end

for _, row in ipairs(guard) do                       -- as it is now, whatever it was
  local name, armed_at, sl_px, tp_px, stored = GUARD .. row[1], row[2], row[3], row[4], row[5]
  redis.call('DEL', name)
  if armed_at == '' then redis.call('HDEL', GUARDS, id)
  else
    redis.call('HSET', name, 'armed', 1, 'armed_at', armed_at, 'order', id)
    if sl_px ~= '' then redis.call('HSET', name, 'sl_px', sl_px) end
    if tp_px ~= '' then redis.call('HSET', name, 'tp_px', tp_px) end
    redis.call('HSET', GUARDS, id, stored)
  end
end

for _, row in ipairs(venue_orders) do
  redis.call('SET', VENUE_ORDER .. row[1], id)
  redis.call('HSET', order, 'k:' .. row[1], '')                              -- so that its life can follow the order's
end

if was[2] and was[2] ~= status then redis.call('ZREM', BY_STATUS .. was[2], id) end
if was[3] and was[3] ~= symbol then redis.call('ZREM', BY_SYMBOL .. was[3], id) end
redis.call('ZADD', BY_CREATED, created, id)
redis.call('ZADD', BY_STATUS .. status, created, id)
redis.call('ZADD', BY_SYMBOL .. symbol, created, id)

local was_tombstone = redis.call('PTTL', order) >= 0
if was_tombstone then redis.call('ZREM', LAPSE, id .. '|' .. was[2] .. '|' .. was[3]) end
if tombstone ~= '' or was_tombstone then
  local function limit(name)
    if tombstone ~= '' then redis.call('PEXPIRE', name, tombstone) else redis.call('PERSIST', name) end
  end
  limit(order)
  for _, field in ipairs(redis.call('HKEYS', order)) do
    if field:sub(1, 2) == 'k:' then limit(VENUE_ORDER .. field:sub(3)) end
  end
end
if tombstone == '' then
  redis.call('ZADD', LIVE, 0, id)                                            -- one score for all: pages by id
else
  redis.call('ZREM', LIVE, id)
  redis.call('ZADD', LAPSE, whole(now + tombstone), id .. '|' .. status .. '|' .. symbol)
  -- Each order that ends clears up after a few that have lapsed: the indexes stay as small as what they point at.
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', LAPSE, '-inf', whole(now), 'LIMIT', 0, 10)) do
    local gone, its_status, its_symbol = member:match('^([^|]*)|([^|]*)|(.*)$')
    if redis.call('EXISTS', order_key(gone)) == 0 then
      redis.call('ZREM', BY_CREATED, gone); redis.call('ZREM', BY_STATUS .. its_status, gone); redis.call('ZREM', BY_SYMBOL .. its_symbol, gone)
      redis.call('ZREM', LAPSE, member)
    end
  end
end

if #result > 0 then
  local fields = {}
  for i, row in ipairs(result) do fields[i] = row[1] end
  redis.call('XADD', RESULTS, 'MAXLEN', '~', keep, '*', unpack(fields))
end
return 1
