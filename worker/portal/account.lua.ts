// Lua that the account's steps share.
import { MEMBER_INDEX } from '../accounts/member-index.lua.ts';
import { FACTORS } from '../factors/enrollment.lua.ts';
import { RECOVERY_CODES_LUA } from '../factors/recovery-code/recovery-codes.lua.ts';
import { SENT_CODE } from '../factors/sent-code.lua.ts';
import { QUEUE } from '../jobs/queue.lua.ts';
import { FACTOR_RESET, JUDGED_SESSION } from '../interaction/public.ts';
import { SESSIONS } from '../session/session.steps.ts';
import { prefix } from '../storage-keys.ts';

/** Events that the page shows. */
const SHOWN_ACTIVITY = 50;

/**
 * With `judgedSession()` and `freshSession(rank)` (`JUDGED_SESSION`).
 *
 * `codeKey(what)`: the record of a code of this session. `accountSnapshot(session, account)`: what the page is drawn from.
 * `endOthers(session, account)`: ends every other session of the account (S44).
 * `changed(session)`: the snapshot after a change, which lists of members then know too.
 */
export const ACCOUNT = `${MEMBER_INDEX}${JUDGED_SESSION}${SESSIONS}${QUEUE}${SENT_CODE}${FACTORS}${FACTOR_RESET}${RECOVERY_CODES_LUA}
local function codeKey(what) return '${prefix.challenge}' .. k.session .. ':' .. what end
local function pendingCode(pending) return 'pending:' .. (pending.destination or pending.kind) end

local function pendingAddress(what)
  local sent, resendAt = codeOf(codeKey(what))
  if not sent or redis.call('HEXISTS', codeKey(what), 'mac') == 0 or sent.expiresAt <= args.now then return nil end
  return { email = redis.call('HGET', codeKey(what), 'email') or '', sent = sent, resendAt = resendAt }
end

local function accountSnapshot(session, account)
  account.password = nil
  account.setup = nil
  account.reset = nil
  local result = {
    status = 'ok', session = session, account = account, factors = factorsOf(session.sub, account, k.session),
    organizationName = redis.call('HGET', '${prefix.organization}' .. account.home, 'name') or '',
    recovery = recoveryCodesOf(session.sub), sessions = sessionsOf(session.sub, account, k.session),
    policies = policiesOf(session.sub, account),
    pendingEmail = pendingAddress('email'), pendingNoticeEmail = pendingAddress('notice-email'), activity = {}
  }
  local reset = pendingReset(session.sub, account)
  if reset then
    result.factorReset = {
      by = reset.by, reason = reset.reason, at = tonumber(reset.at), notBefore = tonumber(reset.notBefore),
      waits = not isApproved(reset), factorName = reset.factorName
    }
  end
  local pass = load('${prefix.accessPass}' .. session.sub)
  if pass and (pass.usedAt or tonumber(pass.expiresAt) > args.now) then
    result.pass = {
      by = pass.by, at = tonumber(pass.at), expiresAt = tonumber(pass.expiresAt), usedAt = tonumber(pass.usedAt or '')
    }
  end
  for i, text in ipairs(redis.call('LRANGE', '${prefix.activity}' .. session.sub, 0, ${SHOWN_ACTIVITY - 1})) do
    result.activity[i] = cjson.decode(text)
  end
  local pending = load('${prefix.pendingEnrollment}' .. k.session)
  if pending and tonumber(pending.expiresAt) > args.now then
    result.pending = pending
    result.pendingSent, result.pendingResendAt = codeOf(codeKey(pendingCode(pending)))
  end
  return result
end

local function endOthers(session, account)
  account.epoch = tostring(endSessions(session.sub))
  session.epoch = account.epoch
  redis.call('HSET', k.session, 'epoch', account.epoch)
end

local function changed(session)
  reindex(session.sub)
  return accountSnapshot(load(k.session), load('${prefix.account}' .. session.sub))
end
`;
