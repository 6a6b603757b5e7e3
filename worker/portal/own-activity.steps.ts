import type { Freshness } from '../interaction/public.ts';
import { JUDGED_SESSION } from '../interaction/public.ts';
import { defineStep, type LuaList, type Step } from '../ports/redis.ts';
import { prefix } from '../storage-keys.ts';
import type { ActivityRecord, NoSession } from './account.steps.ts';

/** Reads all events of the session's account that are kept for its owner, newest first. One round trip. */
export const readOwnActivity: Step<
  'session',
  Freshness,
  | { readonly status: 'ok'; readonly activity: LuaList<ActivityRecord> }
  | NoSession
  | { readonly status: 'unjudged' }
> = defineStep({
  name: 'readOwnActivity',
  keys: ['session'],
  changes: false,
  lua: `${JUDGED_SESSION}
local session, _, refused = judgedSession()
if not session then return refused end
local activity = {}
for i, text in ipairs(redis.call('LRANGE', '${prefix.activity}' .. session.sub, 0, -1)) do
  activity[i] = cjson.decode(text)
end
return { status = 'ok', activity = activity }`,
});
