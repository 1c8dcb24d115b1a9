-- ARGV 2 client order id, 3 epoch, 4 entry. Returns 0 where there is an entry.
local journal = journal_key(ARGV[2])
local epoch = number(ARGV[3], 'epoch')
if redis.call('EXISTS', journal) == 1 then return 0 end
redis.call('HSET', journal, 'e', whole(epoch), 'j', ARGV[4])
redis.call('SET', root .. 'idem:order:' .. ARGV[2], '1', 'PX', 86400000)     -- spec §4.2, for other services; S4 never reads it
return 1
