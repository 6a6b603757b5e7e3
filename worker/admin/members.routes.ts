import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { FACTOR_KINDS } from '../assurance/policy.ts';
import { auditEvent } from '../http/audit-event.ts';
import { parseBody } from '../http/body.ts';
import { problem } from '../http/problem.ts';
import type { Service } from '../http/service.ts';
import type { MemberPage, OrganizationWire } from '../interaction/wire.ts';
import { listOf } from '../ports/redis.ts';
import { act, type AdminEnv, idIn } from './acting.ts';
import { reason, role } from './bodies.ts';
import { explainPolicy } from './explain.ts';
import { showMember } from './help-desk.ts';
import { actOnMember, memberAct, noticeOf, refuseMember } from './member-act.ts';
import {
  changeRole,
  demandOfMember,
  dismissHelp,
  endMemberSessions,
  exemptMember,
  restoreMember,
  suspendMember,
  unlockMember,
} from './member-acts.steps.ts';
import { memberWire } from './member-view.ts';
import { membersCsv } from './members-csv.ts';
import { listArgs, nextCursor } from './members-query.ts';
import { listOrganizations, pageOfMembers, readMember } from './members.steps.ts';
import { removeMember } from './remove-member.steps.ts';

/** Seconds for which somebody can be exempted at most. */
const LONGEST_EXEMPTION_SECONDS = 366 * 86_400;

const bodies = {
  empty: v.strictObject({}),
  role: v.strictObject({ role }),
  suspend: v.strictObject({ reason }),
  exempt: v.union(
    [
      v.strictObject({ until: v.literal(0) }),
      v.strictObject({ reason, until: v.pipe(v.number(), v.safeInteger()) }),
    ],
    'Send a reason and until when, in epoch seconds; or until 0 to end it.',
  ),
  must: v.strictObject({ kind: v.optional(v.picklist(FACTOR_KINDS)) }),
};

/** Serves the list of organisations that somebody administers. One round trip. */
export function organizationList(service: Service): (c: Context<AdminEnv>) => Promise<Response> {
  return async (c) => {
    const listed = await act(c, service, listOrganizations, {}, {}, { fresh: false });
    if (listed instanceof Response) return listed;
    const organizations = listOf(listed.organizations) as readonly OrganizationWire[];
    return c.json({
      organizations: organizations.toSorted((one, other) => one.name.localeCompare(other.name)),
    });
  };
}

/** Serves the members of an organisation. One round trip each; two where a member is answered with. */
export function membersRoutes(service: Service): Hono<AdminEnv> {
  return new Hono<AdminEnv>()
    .get('/members', (c) => listMembers(c, service))
    .get('/members.csv', (c) => membersCsv(c, service))
    .get('/members/:sub', (c) => showMember(c, service))
    .get('/members/:sub/policy', (c) => explainMember(c, service))
    .post(
      '/members/:sub/role',
      memberAct(service, bodies.role, changeRole, 'role', async (c, body) => ({
        args: { role: body.role, notice: await noticeOf(c, service, 'role_changed') },
        details: { role: body.role },
      })),
    )
    .post(
      '/members/:sub/suspend',
      memberAct(service, bodies.suspend, suspendMember, 'suspend', async (c, body) => ({
        args: { reason: body.reason, notice: await noticeOf(c, service, 'suspended') },
        details: { reason: body.reason },
      })),
    )
    .post(
      '/members/:sub/restore',
      memberAct(service, bodies.empty, restoreMember, 'restore', async (c) => ({
        args: { notice: await noticeOf(c, service, 'restored') },
      })),
    )
    .post(
      '/members/:sub/sessions/end',
      memberAct(service, bodies.empty, endMemberSessions, 'end_sessions', async (c) => ({
        args: { notice: await noticeOf(c, service, 'sessions_ended') },
      })),
    )
    .post(
      '/members/:sub/unlock',
      memberAct(service, bodies.empty, unlockMember, 'unlock', () => ({ args: {} })),
    )
    .post('/members/:sub/exempt', (c) => exempt(c, service))
    .post(
      '/members/:sub/must',
      memberAct(service, bodies.must, demandOfMember, 'must', (_c, { kind }) =>
        kind === undefined ? { args: {} } : { args: { kind }, details: { kind } },
      ),
    )
    .post(
      '/members/:sub/help/dismiss',
      memberAct(service, bodies.empty, dismissHelp, 'dismiss_help', () => ({ args: {} }), false),
    )
    .post('/members/:sub/remove', (c) => remove(c, service));
}

async function listMembers(c: Context<AdminEnv>, service: Service): Promise<Response> {
  const query = listArgs(c);
  if (query instanceof Response) return query;
  const listed = await act(c, service, pageOfMembers, {}, query, { fresh: false });
  if (listed instanceof Response) return listed;
  const { rows, total, counts, next } = listed;
  const page: MemberPage = {
    members: listOf(rows).map(memberWire),
    total,
    counts,
    ...(next === undefined ? {} : { next: nextCursor(next) }),
  };
  return c.json(page);
}

async function explainMember(c: Context<AdminEnv>, service: Service): Promise<Response> {
  const site = c.req.query('site');
  const organization = idIn(c, 'organization');
  const isConfigured = service.config.clients.some(
    (client) => client.clientId === site && client.organizationId === organization,
  );
  const at = site === undefined ? {} : { clientId: site.slice(0, 64), isConfigured };
  const sub = idIn(c, 'sub');
  const read = await act(c, service, readMember, {}, { sub, ...at }, { fresh: false });
  if (read instanceof Response) return read;
  const { account, policies } = read;
  const clientId = site === undefined ? {} : { clientId: site };
  return c.json(
    explainPolicy(service, { sub, account, policies, organization, ...clientId }, c.var.request.now),
  );
}

async function exempt(c: Context<AdminEnv>, service: Service): Promise<Response> {
  const parsed = await parseBody(c.req.raw, bodies.exempt);
  if (parsed.status === 'refused') return parsed.response;
  const { body } = parsed;
  const { now } = c.var.request;
  if (body.until !== 0 && (body.until <= now || body.until > now + LONGEST_EXEMPTION_SECONDS)) {
    return problem('invalid_body', {
      errors: [{ field: 'until', message: 'Send a time in epoch seconds, in the next 366 days.' }],
    });
  }
  const given = 'reason' in body ? body.reason : '';
  return actOnMember(c, service, exemptMember, 'exempt', {
    args: { reason: given, lasts: body.until },
    details: { reason: given, until: String(body.until) },
  });
}

async function remove(c: Context<AdminEnv>, service: Service): Promise<Response> {
  const parsed = await parseBody(c.req.raw, bodies.empty);
  if (parsed.status === 'refused') return parsed.response;
  const removed = await act(
    c,
    service,
    removeMember,
    {},
    { sub: idIn(c, 'sub') },
    { fresh: true, event: auditEvent(c.var.request, 'admin.member.remove') },
  );
  if (removed instanceof Response) return removed;
  return removed.status === 'removed' ? c.json({}) : refuseMember(removed);
}
