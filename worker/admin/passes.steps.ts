// Access passes (S48a): issued, agreed to, revoked. How one is used: interaction/pass.steps.ts.
import { defineStep, type Step } from '../ports/redis.ts';
import type { Acting, NotActing } from './administration.lua.ts';
import { HELP_DESK, type NotHelped, type PassRecord } from './help-desk.steps.ts';

/** Seconds that an administrator has to agree to a pass: somebody waits for it. */
const APPROVAL_SECONDS = 86_400;
/** Seconds for which a pass that was not used is still seen. */
const SEEN_SECONDS = 86_400;

export interface IssuePassArgs {
  readonly sub: string;
  readonly mac: string;
  readonly minutes: number;
  readonly approvalsNeeded: number;
  readonly leastDelay: number;
  readonly message: object;
}

interface Issued {
  readonly status: 'ok';
  readonly pass: PassRecord;
}

/** Issues a pass, which voids the one before, and tells the member. */
export const issuePass: Step<'session' | 'pass', IssuePassArgs & Acting, Issued | NotHelped | NotActing> =
  defineStep({
    name: 'issuePass',
    keys: ['session', 'pass'],
    changes: true,
    lua: `${HELP_DESK}
local actor, refused = administrator()
if not actor then return refused end
local account, unhelpable = helpable(actor, args.sub)
if not account then return unhelpable end
if account.status ~= 'active' then return { status = 'not_allowed' } end
local needed, delay = approvalRule(actor, args.sub, account)
if needed ~= args.approvalsNeeded or delay ~= args.leastDelay then return { status = 'changed' } end
local notBefore = args.now + delay
local expiresAt = needed > 0 and args.now + ${APPROVAL_SECONDS} or notBefore + args.minutes * 60
redis.call('DEL', k.pass)
save(k.pass, {
  mac = args.mac, organization = args.organization, minutes = args.minutes, by = actor.by, byId = actorId(actor),
  at = whole(args.now), approvalsNeeded = needed, approvals = '[]', approvers = '[]', notBefore = whole(notBefore),
  expiresAt = whole(expiresAt)
})
redis.call('EXPIRE', k.pass, expiresAt - args.now + ${SEEN_SECONDS})
answerHelp(args.sub, account)
notify(args.sub, account, args.message)
return { status = 'ok', pass = shownPass(load(k.pass), args.sub, actor) }`,
  });

/** Agrees to a pass: its time begins now. */
export const approvePass: Step<
  'session' | 'pass',
  { readonly sub: string } & Acting,
  { readonly status: 'ok' } | NotHelped | NotActing
> = defineStep({
  name: 'approvePass',
  keys: ['session', 'pass'],
  changes: true,
  lua: `${HELP_DESK}
local actor, refused = administrator()
if not actor then return refused end
local account, unhelpable = helpable(actor, args.sub)
if not account then return unhelpable end
local pass = passOf(args.sub)
if not pass then return { status = 'unknown' } end
if pass.usedAt or not mayAgree(pass, args.sub, actor) then return { status = 'not_allowed' } end
agree(pass, actor)
local fields = { approvers = pass.approvers, approvals = pass.approvals }
if isApproved(pass) then
  local expiresAt = args.now + tonumber(pass.minutes) * 60
  fields.notBefore = whole(args.now)
  fields.expiresAt = whole(expiresAt)
  redis.call('EXPIRE', k.pass, expiresAt - args.now + ${SEEN_SECONDS})
end
save(k.pass, fields)
return { status = 'ok' }`,
});

/** Revokes a pass; one that is gone is no error. */
export const revokePass: Step<
  'session' | 'pass',
  { readonly sub: string } & Acting,
  { readonly status: 'ok' } | NotHelped | NotActing
> = defineStep({
  name: 'revokePass',
  keys: ['session', 'pass'],
  changes: true,
  lua: `${HELP_DESK}
local actor, refused = administrator()
if not actor then return refused end
local account, unhelpable = helpable(actor, args.sub)
if not account then return unhelpable end
if passOf(args.sub) then redis.call('DEL', k.pass) end
return { status = 'ok' }`,
});
