// What administrators do for a member who is locked out, a reset (S46) or an access pass (S48a): what both go by.
import type { PoliciesRecord } from '../accounts/policy.lua.ts';
import { RECOVERY_CODES_LUA } from '../factors/recovery-code/recovery-codes.lua.ts';
import { SENT_CODE } from '../factors/sent-code.lua.ts';
import { FACTOR_RESET } from '../interaction/public.ts';
import { defineStep, type Step } from '../ports/redis.ts';
import type { Records } from '../session/session.steps.ts';
import { prefix } from '../storage-keys.ts';
import { type Acting, ADMINISTRATION, type NotActing } from './administration.lua.ts';
import { APPROVALS } from './approval.lua.ts';

/**
 * With `ADMINISTRATION`, `FACTOR_RESET` and `APPROVALS`.
 *
 * `resetHere(id)`: a pending reset of this organisation with its member's account, or nil. `passOf(sub)`: the access pass that
 * is good, waits to be, or was used lately, or nil.
 * `helpFor(sub, account, actor)`: both, as `HelpRecords`.
 */
export const HELP_DESK = `${ADMINISTRATION}${SENT_CODE}${RECOVERY_CODES_LUA}${FACTOR_RESET}${APPROVALS}
local function resetHere(id)
  local reset = resetOf(id)
  if not reset or reset.organization ~= args.organization then return nil end
  local account = memberOf(reset.sub)
  if not account or not isHome(account) or account.factorReset ~= id then return nil end
  return reset, account
end

local function shownReset(reset, account, actor)
  reset.notice, reset.stop = nil, nil
  reset.memberName, reset.memberEmail = account.name, account.email
  reset.mayApprove = mayAgree(reset, reset.sub, actor)
  return reset
end

local function passOf(sub)
  local pass = load('${prefix.accessPass}' .. sub)
  if not pass or pass.organization ~= args.organization then return nil end
  if not pass.usedAt and tonumber(pass.expiresAt) <= args.now then return nil end
  return pass
end

local function shownPass(pass, sub, actor)
  pass.mac = nil
  pass.mayApprove = not pass.usedAt and mayAgree(pass, sub, actor)
  return pass
end

local function helpFor(sub, account, actor)
  local found = {}
  if not isHome(account) then return found end
  local reset, pass = pendingReset(sub, account), passOf(sub)
  found.reset = reset and shownReset(reset, account, actor) or nil
  found.pass = pass and shownPass(pass, sub, actor) or nil
  return found
end

local function organizationName() return redis.call('HGET', '${prefix.organization}' .. args.organization, 'name') or '' end
`;

/** A reset with what only the step knows of it. */
export type ResetRecord = Records & { readonly mayApprove: boolean };

/** An access pass without its code's hash. */
export type PassRecord = Records & { readonly mayApprove: boolean };

/** What `helpFor` gives. */
export interface HelpRecords {
  readonly reset?: ResetRecord;
  readonly pass?: PassRecord;
}

/** Why help for a member was refused. */
export interface NotHelped {
  readonly status: 'not_allowed' | 'no_factor' | 'exists' | 'changed';
}

/** What has to be known before help is prepared: who acts, by what rule, and what is demanded of the member. */
export interface Helpable {
  readonly status: 'ok';
  readonly by: string;
  readonly organizationName: string;
  readonly approvalsNeeded: number;
  readonly leastDelay: number;
  readonly policies: PoliciesRecord;
}

/** Reads what a reset or an access pass goes by. */
export const readHelpable: Step<
  'session',
  Acting & { readonly sub: string },
  Helpable | NotHelped | NotActing
> = defineStep({
  name: 'readHelpable',
  keys: ['session'],
  changes: false,
  lua: `${HELP_DESK}
local actor, refused = administrator()
if not actor then return refused end
local account, unhelpable = helpable(actor, args.sub)
if not account then return unhelpable end
local needed, delay = approvalRule(actor, args.sub, account)
return {
  status = 'ok', by = actor.by, organizationName = organizationName(), approvalsNeeded = needed, leastDelay = delay,
  policies = policiesOf(args.sub, account)
}`,
});

/** Reads what is being done for a member. */
export const readHelp: Step<
  'session',
  Acting & { readonly sub: string },
  { readonly status: 'ok'; readonly help: HelpRecords } | NotActing
> = defineStep({
  name: 'readHelp',
  keys: ['session'],
  changes: false,
  lua: `${HELP_DESK}
local actor, refused = administrator()
if not actor then return refused end
local account = memberOf(args.sub)
if not account then return { status = 'unknown' } end
return { status = 'ok', help = helpFor(args.sub, account, actor) }`,
});
