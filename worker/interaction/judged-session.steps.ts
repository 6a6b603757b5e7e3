// A session and what policy demands of it. The pure function of `assurance/` decides, outside the store; what it decided is
// kept with the session and good as long as nothing that it went by has changed. So one script can refuse a session that is
// too weak by now, and an account's page still costs one round trip.
import { POLICIES, type PoliciesRecord } from '../accounts/policy.lua.ts';
import { defineStep, type Step } from '../ports/redis.ts';
import { LIVE_SESSION, type Records } from '../session/session.steps.ts';

/**
 * `judgedSession()`: as `liveSession`, and as strong as policy demands now (S54); else nil, nil and the refusal: `none`, or
 * `unjudged` where it has to be decided anew (`runJudged`).
 *
 * `freshSession(rank)`: that, begun since `args.authSince`, and as strong as the strongest factor of the account that is
 * accepted, or as `rank` (S42); else `stale`. Checked before a try is counted.
 */
export const JUDGED_SESSION = `${LIVE_SESSION}${POLICIES}
local function judgedSession()
  local session, account = liveSession(k.session)
  if not session then return nil, nil, { status = 'none' } end
  local stamp = policiesOf(session.sub, account).stamp .. ' ' .. args.floor
  if session.judged ~= stamp or tonumber(session.judgedUntil) <= args.now then
    return nil, nil, { status = 'unjudged' }
  end
  if session.judgedEnough ~= '1' then return nil, nil, { status = 'none' } end
  return session, account
end

local function listed(list, word)
  return string.find(',' .. (list or '') .. ',', ',' .. word .. ',', 1, true) ~= nil
end

local function freshSession(rank)
  local session, account, refused = judgedSession()
  if not session then return nil, nil, refused end
  local needed = math.max(args.ranks[session.judgedLeast], rank or 0)
  for field, kind in pairs(account) do
    if string.sub(field, 1, 11) == 'enrollment:' and listed(session.judgedAccepted, kind) then
      needed = math.max(needed, args.ranks[args.levels[kind]])
    end
  end
  if args.ranks[session.level] < needed or tonumber(session.authTime) < args.authSince then
    return nil, nil, { status = 'stale' }
  end
  return session, account
end
`;

export type SessionWithPolicies =
  | {
      readonly status: 'live';
      readonly session: Records;
      readonly account: Records;
      readonly policies: PoliciesRecord;
    }
  | { readonly status: 'none' };

/** Reads the browser's session with its account and the policies that count for it. One round trip. */
export const readSessionWithPolicies: Step<'session', { readonly now: number }, SessionWithPolicies> =
  defineStep({
    name: 'readSessionWithPolicies',
    keys: ['session'],
    changes: false,
    lua: `${LIVE_SESSION}${POLICIES}
local session, account = liveSession(k.session)
if not session then return { status = 'none' } end
return { status = 'live', session = session, account = account, policies = policiesOf(session.sub, account) }`,
  });

/** What was decided of a session, as its record keeps it. */
export interface Judgement {
  /** By what: stamp of the policies and the configuration's floor. */
  readonly judged: string;
  readonly judgedUntil: string;
  readonly judgedEnough: '0' | '1';
  readonly judgedLeast: string;
  readonly judgedAccepted: string;
  readonly judgedRequired: '0' | '1';
  readonly judgedMust: string;
  /** Policy may have made sessions shorter since it began. */
  readonly idleSeconds: string;
  readonly expiresAt: string;
}

/** Keeps what was decided, unless something that it went by has changed meanwhile. */
export const keepJudgement: Step<
  'session',
  { readonly now: number; readonly floor: string; readonly judgement: Judgement },
  { readonly status: 'kept' | 'changed' | 'none' }
> = defineStep({
  name: 'keepJudgement',
  keys: ['session'],
  changes: true,
  lua: `${LIVE_SESSION}${POLICIES}
local session, account = liveSession(k.session)
if not session then return { status = 'none' } end
if policiesOf(session.sub, account).stamp .. ' ' .. args.floor ~= args.judgement.judged then return { status = 'changed' } end
save(k.session, args.judgement)
return { status = 'kept' }`,
});
