-- Stands before every script. The names are those of Stores/README.md; one primary, no cluster, so a script may build them.
-- The clock is the server's: all replicas agree on what is due, and one script sees one instant.
local root = ARGV[1]
local OUTBOX, LIVE, LAPSE = root .. 's4:outbox', root .. 's4:live', root .. 's4:lapse'
local TIMERS, TIMER_BODY, TIMER_INFLIGHT = root .. 's4:timers', root .. 's4:timers:body', root .. 's4:timers:inflight'
local TIMER_PARKED = root .. 's4:timers:parked'
local BY_CREATED, BY_STATUS, BY_SYMBOL = root .. 's4:ops:created', root .. 's4:ops:status:', root .. 's4:ops:symbol:'
local VENUE_ORDER, RESULTS, TWAP_QUEUE = root .. 's4:venue-order:', root .. 'ord:results', root .. 'prod:exec:twap:queue'
local LEASES, NOTES = root .. 's4:leases', root .. 's4:notes'
local GUARD, GUARDS = root .. 'guard:spot:', root .. 's4:guards'
local KILL_SWITCH, CB_STATE, CB_STATS = root .. 'router:kill_switch', root .. 'router:cb:state', root .. 'router:cb:stats'
local BREAKER, ORDER_SLOTS = root .. 's4:cb:', root .. 's4:gate:orders'
local CURVES = root .. 'router:curves:'
local ALERTS, ALERTED = root .. 'alerts', root .. 's4:alert:'
local function order_key(id) return root .. 's4:order:' .. id end
local function journal_key(id) return root .. 's4:journal:' .. id end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function whole(number) return string.format('%.0f', number) end       -- tostring would write 1.7e+12
local function number(text, what)
  return tonumber(text) or error(what .. ' is not a number')
end

