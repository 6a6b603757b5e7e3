// Lua that every step of an interaction shares.
import { MEMBER_INDEX } from '../accounts/member-index.lua.ts';
import { FACTORS } from '../factors/enrollment.lua.ts';
import { RECOVERY_CODES_LUA } from '../factors/recovery-code/recovery-codes.lua.ts';
import { SENT_CODE } from '../factors/sent-code.lua.ts';
import { QUEUE } from '../jobs/queue.lua.ts';
import { prefix } from '../storage-keys.ts';

/**
 * `openInteraction(expected)`: the record when it is alive, of this browser, and at the expected step (S69, S78);
 * else nil and the answer to give. Unknown, expired, spent and foreign ones share one status, on purpose.
 *
 * `accountOf(interaction)`: the account behind it while it may sign in and nothing has ended its sessions since, else nil.
 *
 * `advance(fields)`: writes fields and counts the change. `snapshot(status)`: the answer that a screen is drawn from.
 * `closeInteraction()`: the journey is over. `challengeKey(what)`: the record of a code of this interaction.
 */
export const INTERACTION = `${MEMBER_INDEX}${QUEUE}${SENT_CODE}${FACTORS}${RECOVERY_CODES_LUA}
local function openInteraction(expected)
  local interaction = load(k.interaction)
  if not interaction or interaction.browser ~= args.browser or interaction.step == 'spent'
    or tonumber(interaction.expiresAt) <= args.now then
    return nil, { status = 'ended' }
  end
  if event then
    local target = cjson.decode(interaction.target)
    event.sub = interaction.sub
    event.clientId, event.siteOrganization = target.clientId, target.organizationId
  end
  if expected and interaction.step ~= expected then return nil, { status = 'wrong_step' } end
  if args.version and tonumber(interaction.version) ~= args.version then return nil, { status = 'wrong_step' } end
  return interaction
end

local function accountOf(interaction)
  if not interaction.sub or interaction.sub == '' then return nil end
  local account = load('${prefix.account}' .. interaction.sub)
  if not account or account.status ~= 'active' then return nil end
  -- What ends sessions (a new password, a factor removed) ends a sign-in that was under way with what was known before.
  if interaction.epoch and interaction.epoch ~= account.epoch then return nil end
  return account
end

local function advance(fields)
  if next(fields) then save(k.interaction, fields) end
  redis.call('HINCRBY', k.interaction, 'version', 1)
end

local function idOf() return string.sub(k.interaction, ${prefix.interaction.length + 1}) end
local function challengeKey(what) return '${prefix.challenge}' .. idOf() .. ':' .. what end

local function siteNameOf(interaction) return cjson.decode(interaction.target).siteName end
-- By number, so that a code which proved one number can't bind another.
local function pendingCode(pending) return 'pending:' .. (pending.destination or pending.kind) end

local function snapshot(status)
  local record = load(k.interaction)
  record.browser = nil
  local result = { status = status, interaction = record, factors = {} }
  if record.step == 'confirm_address' then
    result.mailbox, result.mailboxResendAt = codeOf(challengeKey('mailbox'))
  elseif record.step == 'challenge' or record.step == 'enrollment' then
    local account = load('${prefix.account}' .. (record.sub or ''))
    result.factors = factorsOf(record.sub, account, idOf())
    result.recovery = recoveryCodesOf(record.sub)
    if record.step == 'enrollment' then
      local pending = load('${prefix.pendingEnrollment}' .. idOf())
      if pending and tonumber(pending.expiresAt) > args.now then
        result.pending = pending
        result.pendingSent, result.pendingResendAt = codeOf(challengeKey(pendingCode(pending)))
      end
    end
  end
  return result
end

-- Ends the journey and what belongs to it alone.
local function closeInteraction()
  redis.call('DEL', k.interaction, '${prefix.pendingEnrollment}' .. idOf(), challengeKey('mailbox'))
end
`;
