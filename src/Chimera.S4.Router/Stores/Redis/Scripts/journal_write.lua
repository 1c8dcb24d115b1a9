-- ARGV 2 client order id, 3 the epoch that must be stored, 4 the new epoch, 5 entry. Returns 0 where the entry is resolved or of another epoch.
local journal = journal_key(ARGV[2])
local epoch = number(ARGV[4], 'epoch')
local was = redis.call('HMGET', journal, 'e', 'r')
if was[1] ~= ARGV[3] or was[2] then return 0 end
redis.call('HSET', journal, 'e', whole(epoch), 'j', ARGV[5])
return 1
