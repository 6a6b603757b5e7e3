// Fills the store with an organisation of many members and a long log, as the service would have written it: the log by the
// service's own Lua, a thousand events at a time; members as records, as if they had been invited and had set up an app.
import { randomBytes } from 'node:crypto';
import type { RedisClientType } from 'redis';
import { AUDIT_TRAIL, AUDIT_TRAIL_KEYS, type AuditTrailKeys } from '../../worker/ports/audit-trail.lua.ts';
import { type AuditEvent, RECORDS } from '../../worker/ports/redis.ts';
import { AUDIT_STREAM, key, prefix } from '../../worker/storage-keys.ts';

export interface OrganizationSize {
  readonly members: number;
  readonly entries: number;
}

const AT_ONCE = 1000;

const TRAIL: AuditTrailKeys = {
  stream: AUDIT_STREAM,
  activity: prefix.activity,
  account: prefix.account,
  log: prefix.auditLog,
  stats: prefix.stats,
  coverage: prefix.coverage,
  covered: prefix.covered,
  members: prefix.members,
};

const WRITE_EVENTS = `${RECORDS}
local event
${AUDIT_TRAIL}
local trail = { ${AUDIT_TRAIL_KEYS.map((name, at) => `${name} = KEYS[${at + 1}]`).join(', ')} }
for _, one in ipairs(cjson.decode(ARGV[1])) do
  event = one
  writeEvent({ status = one.result }, false, trail)
end
return 'OK'`;

/** What a member's day looks like in the log: most of it is signing in. */
const DAY: readonly (readonly [type: string, result: string, details: Readonly<Record<string, string>>])[] = [
  ['sign_in.password', 'ok', { next: 'challenge', clientId: 'site-of-the-bench' }],
  ['sign_in.challenge', 'ok', { kind: 'totp', enrollmentId: '', clientId: 'site-of-the-bench' }],
  ['oidc.token', 'redeemed', { clientId: 'site-of-the-bench' }],
  ['sign_in.password', 'ok', { next: 'challenge' }],
  ['sign_in.challenge', 'wrong_code', { kind: 'totp', enrollmentId: '' }],
  ['sign_in.challenge', 'ok', { kind: 'totp', enrollmentId: '' }],
  ['message.send', 'sent', { channel: 'mail' }],
  ['profile.change', 'ok', {}],
  ['factor.enrollment', 'ok', { kind: 'totp', enrollmentId: '' }],
  ['sign_in.password', 'wrong_password', {}],
];

const USER_AGENT =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';

/** Makes the organisation grow to a size; what is there already stays. Gives its members. `until` is the time of the newest entry. */
export async function growOrganization(
  redis: RedisClientType,
  organization: string,
  from: OrganizationSize,
  to: OrganizationSize,
  until: number,
): Promise<void> {
  for (let first = from.members; first < to.members; first += AT_ONCE) {
    const batch = redis.multi();
    for (let at = first; at < Math.min(first + AT_ONCE, to.members); at += 1) {
      const sub = subOf(at);
      const enrollment = `enrollment-of-${sub}`;
      const email = `member-${at}@organization.example`;
      batch.hSet(key.account(sub), {
        ...{
          email,
          name: `Member Number ${at}`,
          status: 'active',
          home: organization,
          epoch: '1',
          version: '3',
        },
        createdAt: String(until - 86_400 * 400 + at),
        password: `$scrypt$ln=15,r=8,p=3$${randomBytes(16).toString('base64')}$${randomBytes(32).toString('base64')}`,
        [`member:${organization}`]: at < 5 ? 'owner' : 'member',
        ...(at % 10 === 0 ? {} : { [`enrollment:${enrollment}`]: 'totp' }),
      });
      batch.set(key.address(email), sub);
      batch.zAdd(key.members(organization), { score: until - 86_400 * 400 + at, value: sub });
      if (at % 10 === 0) continue;
      const sealed = randomBytes(64).toString('base64url');
      const record = {
        sub,
        kind: 'totp',
        name: 'My phone',
        sealed,
        createdAt: '1',
        counter: '1',
        failures: '0',
      };
      batch.hSet(key.enrollment(enrollment), record);
    }
    await batch.execAsPipeline();
  }
  for (let first = from.entries; first < to.entries; first += AT_ONCE) {
    const last = Math.min(first + AT_ONCE, to.entries);
    const events = Array.from({ length: last - first }, (_one, at) =>
      eventOf(first + at, to, until - (to.entries - first - at)),
    );
    const keys = AUDIT_TRAIL_KEYS.map((name) => TRAIL[name]);
    await redis.eval(WRITE_EVENTS, { keys, arguments: [JSON.stringify(events)] });
  }
}

/** Names a member of the organisation. */
export function subOf(at: number): string {
  return `member-number-${String(at).padStart(8, '0')}`;
}

function eventOf(
  at: number,
  { members }: OrganizationSize,
  time: number,
): AuditEvent & { readonly result: string } {
  const [type, result, details] = DAY[at % DAY.length] ?? DAY_OF_NOTHING;
  const sub = subOf(Math.floor(at / DAY.length) % members);
  const enrollmentId = details['enrollmentId'] === undefined ? {} : { enrollmentId: `enrollment-of-${sub}` };
  return {
    ...{ type, at: time, requestId: randomBytes(16).toString('hex'), sub, result },
    ...{ address: `203.0.113.${at % 250}`, country: 'DK', userAgent: USER_AGENT },
    ...details,
    ...enrollmentId,
  };
}

const DAY_OF_NOTHING: (typeof DAY)[number] = ['profile.change', 'ok', {}];
