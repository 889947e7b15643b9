-- Let slots be free a window from now. KEYS[2]: the window. ARGV[2]: µs of a window; then the slots.
-- One that is not there was in flight for longer than a request may be: it counts all the same.
local now, memory = advance()
if not is_known(KEYS[2], memory) then
    return
end
for i = 3, #ARGV do
    redis.call('ZREM', KEYS[2], ARGV[i], '?' .. ARGV[i])
    redis.call('ZADD', KEYS[2], whole(now + tonumber(ARGV[2])), '=' .. ARGV[i])
end
