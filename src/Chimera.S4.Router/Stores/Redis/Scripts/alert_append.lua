-- ARGV 2 condition, 3 for how long it is told once (ms), 4 about how many are kept, 5… the fields of the entry. 0: told already.
if not redis.call('SET', ALERTED .. ARGV[2], '1', 'NX', 'PX', ARGV[3]) then return 0 end
local fields = {}
for i = 5, #ARGV do fields[#fields + 1] = ARGV[i] end
redis.call('XADD', ALERTS, 'MAXLEN', '~', ARGV[4], '*', unpack(fields))
return 1
