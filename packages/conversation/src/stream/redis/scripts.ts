import { createHash } from 'node:crypto';

/** A script that Redis runs as one step, and the name it is cached under. */
export interface Script {
  text: string;
  sha: string;
}

const script = (text: string): Script => ({ text, sha: createHash('sha1').update(text).digest('hex') });

/*
 * A stream's entries have the id `<seq>-<entry>`: the number, then what is random for each append, so that another
 * history has other ids. Their first field is the epoch; one more at the end marks where a turn has ended. Number 0
 * stands for the beginning and is no event.
 */
const shared = `
local function parse(id) local seq, entry = string.match(id, '^(%d+)%-(%d+)$') return tonumber(seq), entry end
local function head(stream, newEpoch, newEntry, keepMs)
  local last = redis.call('XREVRANGE', stream, '+', '-', 'COUNT', 1)[1]
  if last then
    local seq, entry = parse(last[1])
    return last[2][2], seq, entry
  end
  redis.call('DEL', stream)
  redis.call('XADD', stream, '0-' .. newEntry, 'e', newEpoch)
  redis.call('PEXPIRE', stream, keepMs)
  return newEpoch, 0, newEntry
end
local function holds(stream, epoch, id)
  local found = redis.call('XRANGE', stream, id, id)[1]
  return found and found[2][2] == epoch
end
`;

/**
 * KEYS: stream, fences, channel. ARGV: new epoch, new entry id, time, events to keep, keep ms, 1 if this may have run
 * before, epoch and id that must be held ('' if none), number of fences, key and generation of each; then of each
 * event: 0 if it is not kept, 2 if it ends a turn, else 1, and its JSON. Answers `{ kind, epoch, seq, entry }`.
 */
export const appendScript = script(`${shared}
local stream, fences, channel = KEYS[1], KEYS[2], KEYS[3]
local newEpoch, newEntry, at, maxEvents, keepMs, again = unpack(ARGV, 1, 6)
local followsEpoch, follows, fenceCount = ARGV[7], ARGV[8], tonumber(ARGV[9])
local firstEvent = 10 + 2 * fenceCount

if again == '1' then
  for _, found in ipairs(redis.call('XREVRANGE', stream, '+', '-', 'COUNT', 1000)) do
    local seq, entry = parse(found[1])
    if entry == newEntry and seq > 0 then return { 'appended', found[2][2], seq, entry } end
  end
end
for i = 10, firstEvent - 1, 2 do
  local raised = redis.call('HGET', fences, ARGV[i])
  if raised and tonumber(raised) > tonumber(ARGV[i + 1]) then return { 'fenced' } end
end
if follows ~= '' and not holds(stream, followsEpoch, follows) then return { 'lost' } end

for i = 10, firstEvent - 1, 2 do redis.call('HSET', fences, ARGV[i], ARGV[i + 1]) end
if fenceCount > 0 then redis.call('PEXPIRE', fences, keepMs) end

local epoch, before, beforeEntry = head(stream, newEpoch, newEntry, keepMs)
local seq, entry, events = before, beforeEntry, {}
for i = firstEvent, #ARGV, 2 do
  if ARGV[i] ~= '0' then
    seq, entry = seq + 1, newEntry
    local fields = { 'e', epoch, 't', at, 'd', ARGV[i + 1] }
    if ARGV[i] == '2' then fields[7], fields[8] = 'turnEnd', '1' end
    redis.call('XADD', stream, 'MAXLEN', '~', maxEvents, string.format('%.0f-%s', seq, entry), unpack(fields))
  end
  events[#events + 1] = ARGV[i + 1]
end
if seq > before then redis.call('PEXPIRE', stream, keepMs) end
redis.call('PUBLISH', channel, string.format(
  '{"epoch":"%s","seq":%.0f,"before":"%s","entry":"%s","at":"%s","events":[', epoch, before, beforeEntry, newEntry, at
) .. table.concat(events, ',') .. ']}')
return { 'appended', epoch, seq, entry }
`);

/** KEYS: fences. ARGV: keep ms, then key and generation of each. Never lowers one. */
export const raiseScript = script(`
for i = 2, #ARGV, 2 do
  local raised = redis.call('HGET', KEYS[1], ARGV[i])
  if not raised or tonumber(raised) < tonumber(ARGV[i + 1]) then redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
`);

/**
 * KEYS: stream. ARGV: new epoch, new entry id, keep ms, 'head' or 'start' or 'after', limit, epoch and id to read after.
 * Answers `{ 'entries', epoch, seq and entry of the head, entries }`, or `{ 'reset', epoch, seq, entry }`: where the last
 * turn ended.
 */
export const readScript = script(`${shared}
local function lastTurnEnd(stream)
  local oldest, upTo = nil, '+'
  repeat
    local entries = redis.call('XREVRANGE', stream, upTo, '-', 'COUNT', 500)
    for _, found in ipairs(entries) do
      oldest = found
      if found[2][7] then return found end
    end
    if oldest then upTo = '(' .. oldest[1] end
  until #entries == 0
  return oldest
end

local stream, from, limit, epoch, id = KEYS[1], ARGV[4], ARGV[5], ARGV[6], ARGV[7]
local headEpoch, seq, entry = head(stream, ARGV[1], ARGV[2], ARGV[3])
if from == 'head' then return { 'entries', headEpoch, seq, entry, {} } end
if from == 'after' and not holds(stream, epoch, id) then
  local found = lastTurnEnd(stream)
  seq, entry = parse(found[1])
  return { 'reset', found[2][2], seq, entry }
end
local start = from == 'start' and '1-0' or '(' .. id
return { 'entries', headEpoch, seq, entry, redis.call('XRANGE', stream, start, '+', 'COUNT', limit) }
`);
