-- ARGV 2 order, 3.. sequences. The document and its version stay as they are, so no commit conflicts with this.
for i = 3, #ARGV do
  redis.call('HDEL', order_key(ARGV[2]), 'e:' .. ARGV[i])
  redis.call('ZREM', OUTBOX, ARGV[2] .. ':' .. ARGV[i])
end
return 1
