-- Give slots to those who may send now; returns which limit holds each (0: none) and for how many milliseconds.
-- KEYS[2]: the window, then of each ask its conversation's debt and its channel's.
-- ARGV[2…5]: µs of a window, of a slot in flight, of a conversation's interval, of what it may borrow; then of each
-- ask its slot, its limit, the µs of its channel's interval, of what that one may borrow.

local WINDOW, PAIR, THROUGHPUT = 1, 2, 3
local window, in_flight = tonumber(ARGV[2]), tonumber(ARGV[3])
local now, memory = advance()
if not is_known(KEYS[2], memory) then
    return nil
end

redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', whole(now))
local held = redis.call('ZCARD', KEYS[2]) - 1

-- GCRA: a debt is the time at which all that was sent is paid for; one more may be sent while it is near enough.
local debts = {}

local function debt_of(key, interval, borrowed)
    local debt = debts[key] or tonumber(redis.call('GET', key) or now)
    -- A debt of another memory's clock may lie anywhere.
    debts[key] = math.min(math.max(debt, now), now + interval + borrowed)
    return debts[key]
end

local function wait_for_debt(key, interval, borrowed)
    return debt_of(key, interval, borrowed) - borrowed - now
end

local function borrow(key, interval)
    debts[key] = debts[key] + interval
    -- Redis lets keys expire by its wall clock: a window longer, against its leaps.
    redis.call('SET', key, whole(debts[key]), 'PX', whole(math.ceil((debts[key] - now + window) / 1000)))
end

-- Until the slot that makes room is free: if it is in flight, at the earliest a window from now.
local function wait_for_slot(limit)
    if held < limit then
        return 0
    end
    local rank = held - limit
    local slot = limit > 0 and redis.call('ZRANGE', KEYS[2], rank, rank, 'WITHSCORES')
    return math.min(slot and tonumber(slot[2]) - now or window, window)
end

-- Who asks has not sent yet: what the database remembered of it before is no send.
local function forget_guess(slot)
    held = held - redis.call('ZREM', KEYS[2], '?' .. slot)
end

local function hold(slot)
    redis.call('ZADD', KEYS[2], whole(now + in_flight), slot)
end

local function take(slot, conversation, channel, interval)
    hold(slot)
    held = held + 1
    borrow(conversation, tonumber(ARGV[4]))
    borrow(channel, interval)
end

local function consider(slot, limit, conversation, channel, interval, borrowed)
    if redis.call('ZSCORE', KEYS[2], slot) then
        hold(slot) -- Its request leaves now, not when it was asked for first.
        return 0, 0
    end
    forget_guess(slot)
    local reason, longest = 0, 0
    local waits = {
        wait_for_slot(limit),
        wait_for_debt(conversation, tonumber(ARGV[4]), tonumber(ARGV[5])),
        wait_for_debt(channel, interval, borrowed),
    }
    for _, limited_by in ipairs({WINDOW, PAIR, THROUGHPUT}) do
        if waits[limited_by] > longest then
            reason, longest = limited_by, waits[limited_by]
        end
    end
    if reason == 0 then
        take(slot, conversation, channel, interval)
    end
    return reason, math.ceil(longest / 1000)
end

local verdicts = {}
for ask = 0, (#ARGV - 5) / 4 - 1 do
    local key, argument = 3 + ask * 2, 6 + ask * 4
    local reason, wait = consider(
        ARGV[argument], tonumber(ARGV[argument + 1]), KEYS[key], KEYS[key + 1],
        tonumber(ARGV[argument + 2]), tonumber(ARGV[argument + 3])
    )
    verdicts[#verdicts + 1] = reason
    verdicts[#verdicts + 1] = wait
end
return verdicts
