-- Count the slots in use; nil when the organization is unknown. KEYS[2]: its window.
local now, memory = look()
if not is_known(KEYS[2], memory) then
    return nil
end
return redis.call('ZCOUNT', KEYS[2], '(' .. whole(now), '+inf') - 1
