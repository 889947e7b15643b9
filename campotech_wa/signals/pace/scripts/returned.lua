-- Let slots be free at once. KEYS[2]: the window. ARGV[2…]: the slots.
for i = 2, #ARGV do
    redis.call('ZREM', KEYS[2], ARGV[i], '?' .. ARGV[i])
end
