-- Make an organization known. KEYS[2]: its window. ARGV[2…4]: the memory that is to be filled, µs of a window, of a
-- slot in flight; then of each slot its name and the µs since its answer, -1 without one.
-- Returns 1, or 0 when somebody else was first, or when Redis has forgotten again and the slots may be too old.
local now, memory = advance()
if memory ~= ARGV[2] or is_known(KEYS[2], memory) then
    return 0
end
local window, in_flight = tonumber(ARGV[3]), tonumber(ARGV[4])

local function remember(slot, age)
    if age < 0 then
        redis.call('ZADD', KEYS[2], whole(now + in_flight), '?' .. slot)
    elseif age < window then
        redis.call('ZADD', KEYS[2], whole(now + window - age), '=' .. slot)
    end
end

redis.call('DEL', KEYS[2])
redis.call('ZADD', KEYS[2], '+inf', '@' .. memory)
for i = 5, #ARGV, 2 do
    remember(ARGV[i], tonumber(ARGV[i + 1]))
end
return 1
