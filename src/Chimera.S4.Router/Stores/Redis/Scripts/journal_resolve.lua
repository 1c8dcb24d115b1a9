-- ARGV 2 client order id, 3 resolution, 4 TTL ms, 5 the entry to stand where there is none, 6 the epoch that is spoken of ('': any). The first resolution stands.
local journal = journal_key(ARGV[2])
local ttl = number(ARGV[4], 'ttl')
local epoch = redis.call('HGET', journal, 'e')
if ARGV[6] ~= '' and epoch and epoch ~= ARGV[6] then return 0 end
if redis.call('HSETNX', journal, 'r', ARGV[3]) == 0 then return 0 end
-- Known to the venue and not to the journal: from now on nobody can begin it.
if redis.call('HSETNX', journal, 'j', ARGV[5]) == 1 then redis.call('HSET', journal, 'e', '1') end
redis.call('PEXPIRE', journal, whole(ttl))
return 1
