-- The clock of the pace, put before every other script. KEYS[1]: the clock. ARGV[1]: its longest step, µs.
--
-- Redis only has a wall clock, which NTP sets and which leaps when a machine resumes. This one is moved on by each
-- call, by what the wall clock moved meanwhile; it never goes back. Calls come at least every second (tick), so a
-- longer step is a leap, and counts nothing. Two in a row are no leap but rare calls, and the second counts in part:
-- the clock may be slow, never stopped.

-- A Redis that began anew may have read back less than it knew, so what it read is another memory.
local function is_of_this_run(memory)
    local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
    return memory and string.sub(memory, 1, 12) == string.sub(run, 1, 12), string.sub(run, 1, 12)
end

local function wall_time()
    local time = redis.call('TIME')
    return time[1] * 1000000 + time[2]
end

local function whole(number)
    return string.format('%.0f', number)
end

-- Returns the time in µs, the wall clock's, and whether this step was a long one.
local function read_clock(now, wall, was_long)
    local today, longest = wall_time(), tonumber(ARGV[1])
    local step = math.max(today - wall, 0)
    if step <= longest then
        return now + step, today, '0'
    end
    return now + (was_long == '1' and longest or 0), today, '1'
end

-- Returns the time, and the name of the memory; nil when Redis has forgotten. Writes nothing.
local function look()
    local clock = redis.call('HMGET', KEYS[1], 'now', 'wall', 'was_long', 'memory')
    if not clock[1] or not is_of_this_run(clock[4]) then
        return nil, nil
    end
    return read_clock(tonumber(clock[1]), tonumber(clock[2]), clock[3]), clock[4]
end

-- Returns the same after moving the clock on; the memory is a new one when Redis has forgotten.
local function advance()
    local clock = redis.call('HMGET', KEYS[1], 'now', 'wall', 'was_long', 'memory')
    local today = wall_time()
    local now, wall, was_long = read_clock(tonumber(clock[1] or today), tonumber(clock[2] or today), clock[3])
    local is_known, run = is_of_this_run(clock[4])
    local memory = is_known and clock[4] or run .. ':' .. whole(today)
    redis.call('HSET', KEYS[1], 'now', whole(now), 'wall', whole(wall), 'was_long', was_long, 'memory', memory)
    return now, memory
end

-- A window is a sorted set of slots by the time at which each is free again, and of one mark without an end: the
-- memory it belongs to. Slots: 'name' was admitted, '?name' may have been before Redis forgot, '=name' has its answer.
local function is_known(window, memory)
    return memory and redis.call('ZSCORE', window, '@' .. memory)
end
