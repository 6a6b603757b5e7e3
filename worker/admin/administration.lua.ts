import { MEMBER_INDEX } from '../accounts/member-index.lua.ts';
import { FACTORS } from '../factors/enrollment.lua.ts';
import { JUDGED_SESSION } from '../interaction/public.ts';
import { QUEUE } from '../jobs/queue.lua.ts';
import { prefix } from '../storage-keys.ts';

/**
 * `administrator()`: who acts, as `{ by, sub, role }`, or nil and the refusal. An operator's token was checked outside and acts as
 * an owner; a browser needs a session (`k.session`) of an admin or owner of `args.organization`, fresh where `args.fresh`
 * says so. Whoever is no administrator of it learns nothing: `unknown`. The event is then about nobody yet (`concerning`).
 *
 * `memberOf(sub)`: the account of a member of `args.organization`, or nil; one that is only invited is none yet, like one whose
 * address names an account elsewhere (S87). `isHome(account)`: only its home may reset, suspend
 * and issue passes (S87).
 *
 * `concerning(sub)`: the event is about this member.
 */
export const ADMINISTRATION = `${MEMBER_INDEX}${JUDGED_SESSION}${QUEUE}${FACTORS}
local function administrator()
  if redis.call('EXISTS', '${prefix.organization}' .. args.organization) == 0 then return nil, { status = 'unknown' } end
  if args.operator then
    if event then
      event.organization = args.organization
      event.operator = args.operator
    end
    return { by = args.operator, role = 'owner' }
  end
  local session, account, refused
  if args.fresh then session, account, refused = freshSession() else session, account, refused = judgedSession() end
  if event then event.sub = nil end
  if not session then return nil, refused end
  local role = account['member:' .. args.organization]
  if role ~= 'admin' and role ~= 'owner' then return nil, { status = 'unknown' } end
  -- Not before: nobody else writes into this organisation's log.
  if event then
    event.organization = args.organization
    event.by = session.sub
  end
  return { by = account.name, sub = session.sub, role = role }
end

local function memberOf(sub)
  local account = load('${prefix.account}' .. sub)
  if not account or not account['member:' .. args.organization] or account.status == 'invited' then return nil end
  return account
end

local function isHome(account) return account.home == args.organization end

local function concerning(sub)
  if event then event.sub = sub end
end
`;

/** What every step of the administration is told of who acts. `floor`, `ranks`, `levels` and `authSince` as `Freshness`. */
export interface Acting {
  readonly now: number;
  readonly organization: string;
  readonly operator?: string;
  readonly fresh: boolean;
  readonly floor: string;
  readonly ranks: Readonly<Record<string, number>>;
  readonly levels: Readonly<Record<string, string>>;
  readonly authSince: number;
}

/** Why an act was refused before anything was looked at. `unknown`: no such organisation, or none of theirs. */
export interface NotActing {
  readonly status: 'none' | 'unjudged' | 'stale' | 'unknown';
}
