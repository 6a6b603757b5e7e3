// Lua that every step of an interaction shares.
import { prefix } from '../storage-keys.ts';

/**
 * `openInteraction(expected)`: the record when it is alive, of this browser, and at the expected step (S69, S78);
 * else nil and the answer to give. Unknown, expired, spent and foreign ones share one status, on purpose.
 *
 * `accountOf(interaction)`: the account behind it while it may sign in, else nil.
 *
 * `advance(fields)`: writes fields and counts the change. `snapshot(status)`: the answer that a screen is drawn from.
 */
export const INTERACTION = `
local function openInteraction(expected)
  local interaction = load(k.interaction)
  if not interaction or interaction.browser ~= args.browser or interaction.step == 'spent'
    or tonumber(interaction.expiresAt) <= args.now then
    return nil, { status = 'ended' }
  end
  if event then event.sub = interaction.sub end
  if expected and interaction.step ~= expected then return nil, { status = 'wrong_step' } end
  if args.version and tonumber(interaction.version) ~= args.version then return nil, { status = 'wrong_step' } end
  return interaction
end

local function accountOf(interaction)
  if not interaction.sub or interaction.sub == '' then return nil end
  local account = load('${prefix.account}' .. interaction.sub)
  if not account or account.status ~= 'active' then return nil end
  return account
end

local function advance(fields)
  if next(fields) then save(k.interaction, fields) end
  redis.call('HINCRBY', k.interaction, 'version', 1)
end

local function factorsOf(sub)
  local factors = {}
  local account = load('${prefix.account}' .. sub)
  for field, kind in pairs(account or {}) do
    if string.sub(field, 1, 11) == 'enrollment:' then
      local id = string.sub(field, 12)
      local enrollment = redis.call('HMGET', '${prefix.enrollment}' .. id, 'name', 'lastUsedAt')
      factors[#factors + 1] = {
        id = id, kind = kind, name = enrollment[1] or '', lastUsedAt = tonumber(enrollment[2] or '0') or 0
      }
    end
  end
  return factors
end

local function snapshot(status)
  local record = load(k.interaction)
  record.mailMac = nil
  record.browser = nil
  return { status = status, interaction = record, factors = factorsOf(record.sub or '') }
end
`;
