import { prefix } from '../storage-keys.ts';

/** Seconds that a member has to object where only one administrator could decide. */
export const LONGEST_DELAY_SECONDS = 72 * 3600;

/** Seconds for which a request waits for the administrator who has to agree. */
export const APPROVAL_SECONDS = 7 * 86_400;

/**
 * Who has to agree before an administrator does something with a member that could open their account (S46, S48a).
 *
 * `helpable(actor, sub)`: the account of a member whose home this is and who is not who acts; else nil and the refusal.
 * `approvalRule(actor, sub, account)`: how many administrators have to agree beside who asks, and the least delay. For a member
 * nobody; for an administrator one more where there are two others, or the longest delay where there is only one.
 * `actorId(actor)`: who it is in a record. `agree(record, actor)`: writes an approval into the record's fields, or gives the
 * refusal: nobody approves twice, nor what they asked for, nor after whoever asked is no administrator any more.
 */
export const APPROVALS = `
local function actorId(actor) return actor.sub or 'operator:' .. actor.by end

local function stillAdministers(id)
  if string.sub(id, 1, 9) == 'operator:' then return true end
  local account = load('${prefix.account}' .. id)
  local role = account and account.status == 'active' and account['member:' .. args.organization]
  return role == 'admin' or role == 'owner'
end

local function helpable(actor, sub)
  local account = memberOf(sub)
  if not account then return nil, { status = 'unknown' } end
  concerning(sub)
  if not isHome(account) or actor.sub == sub then return nil, { status = 'not_allowed' } end
  if account.status == 'invited' then return nil, { status = 'no_factor' } end
  return account
end

local function approvalRule(actor, sub, account)
  if not isAdministrator(account) then return 0, 0 end
  local parties = actor.sub and 0 or 1
  for _, other in ipairs(redis.call('SMEMBERS', '${prefix.administrators}' .. args.organization)) do
    if other ~= sub and stillAdministers(other) then parties = parties + 1 end
    if parties >= 2 then return 1, 0 end
  end
  return 0, ${LONGEST_DELAY_SECONDS}
end

local function isApprover(record, id)
  for _, approver in ipairs(cjson.decode(record.approvers)) do
    if approver == id then return true end
  end
  return false
end

local function mayAgree(record, sub, actor)
  local id = actorId(actor)
  return #cjson.decode(record.approvers) < tonumber(record.approvalsNeeded) and id ~= record.byId and id ~= sub
    and not isApprover(record, id) and stillAdministers(record.byId)
end

local function agree(record, actor)
  local approvers, approvals = cjson.decode(record.approvers), cjson.decode(record.approvals)
  approvers[#approvers + 1] = actorId(actor)
  approvals[#approvals + 1] = actor.by
  record.approvers = cjson.encode(approvers)
  record.approvals = cjson.encode(approvals)
end
`;
