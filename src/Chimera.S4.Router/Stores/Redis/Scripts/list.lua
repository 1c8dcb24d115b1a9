-- Newest first: ARGV 2 status, 3 symbol, 4 market ('' = any), 5 since ms ('' = any), 6 and 7 cursor ms and id ('' = newest), 8 how many lines, 9 how many entries to look at.
-- Returns more (1 or 0), ms and id of the last entry looked at, then the lines. Walks the smallest index that holds every match.
local status, symbol, market, since, at_ms, at_id = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]
local want, budget = number(ARGV[8], 'want'), number(ARGV[9], 'budget')

local index = BY_CREATED
local function narrow(name)
  if redis.call('ZCARD', name) < redis.call('ZCARD', index) then index = name end
end
if status ~= '' then narrow(BY_STATUS .. status) end
if symbol ~= '' then narrow(BY_SYMBOL .. symbol) end

local out, lapsed = {0, at_ms, at_id}, {}
local offset, looked = 0, 0
local top = at_ms == '' and '+inf' or at_ms
while true do
  local page = redis.call('ZREVRANGEBYSCORE', index, top, since == '' and '-inf' or since, 'WITHSCORES', 'LIMIT', offset, 100)
  if #page == 0 then break end
  for i = 1, #page, 2 do
    local id, ms = page[i], whole(tonumber(page[i + 1]))
    if not (ms == at_ms and id >= at_id) then                                -- those were on the page before
      if #out - 3 >= want or looked >= budget then out[1] = 1 break end
      looked = looked + 1
      local order = redis.call('HMGET', order_key(id), 's', 'y', 'm', 'l')
      if not order[1] then
        lapsed[#lapsed + 1] = id
      elseif (status == '' or order[1] == status) and (symbol == '' or order[2] == symbol) and (market == '' or order[3] == market) then
        out[#out + 1] = order[4]
      end
      out[2], out[3] = ms, id
    end
  end
  if out[1] == 1 then break end
  offset = offset + 100
end
for _, id in ipairs(lapsed) do redis.call('ZREM', index, id) end
return out
