import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { limitBySubject } from '../factors/limits.ts';
import { auditEvent } from '../http/audit-event.ts';
import { parseBody } from '../http/body.ts';
import { problem } from '../http/problem.ts';
import type { Service } from '../http/service.ts';
import type { BulkInviteReport, InviteWire, MemberRoleWire } from '../interaction/wire.ts';
import { wakeJobs } from '../jobs/run-jobs.ts';
import { listOf } from '../ports/redis.ts';
import { act, type AdminEnv, idIn } from './acting.ts';
import { email, label, role } from './bodies.ts';
import { type LineProblem, readInviteFile } from './invite-file.ts';
import { INVITE_SECONDS, makeInvite, makeInviteLink } from './invite-link.ts';
import {
  inviteMembers,
  type InvitesResult,
  listInvites,
  resendInvite,
  revokeInvite,
} from './invites.steps.ts';
import type { MemberRow } from './members.steps.ts';

const LARGEST_FILE = 256 * 1024;
/** As JSON every sign may take two. */
const LARGEST_BODY = 2 * LARGEST_FILE + 1024;
/** Lines that one step invites. */
const PIECE = 100;

const empty = v.strictObject({});
const inviteBody = v.strictObject({ email: v.pipe(v.string(), v.maxLength(254), email), name: label, role });
const bulkBody = v.strictObject({
  csv: v.pipe(
    v.string(),
    v.check((text) => new TextEncoder().encode(text).length <= LARGEST_FILE, 'Send at most 256 KiB.'),
  ),
});

/** Serves the invitations of an organisation. One round trip each; a file takes one for each hundred lines. */
export function invitesRoutes(service: Service): Hono<AdminEnv> {
  return new Hono<AdminEnv>()
    .get('/invites', async (c) =>
      answerInvites(c, await act(c, service, listInvites, {}, {}, { fresh: false })),
    )
    .post('/invites', (c) => inviteOne(c, service))
    .post('/invites/bulk', (c) => inviteFromFile(c, service))
    .post('/invites/:sub/resend', (c) => resend(c, service))
    .post('/invites/:sub/revoke', (c) => revoke(c, service));
}

const NO_OWNER = 'Only an owner may invite an owner.';

async function inviteOne(c: Context<AdminEnv>, service: Service): Promise<Response> {
  const parsed = await parseBody(c.req.raw, inviteBody);
  if (parsed.status === 'refused') return parsed.response;
  const { request } = c.var;
  const invite = await makeInvite(service, request, parsed.body);
  const lasts = request.now + INVITE_SECONDS;
  const invited = await act(
    c,
    service,
    inviteMembers,
    {},
    { invites: [invite], lasts, urgency: 'next' },
    {
      fresh: true,
      limits: [limitBySubject('invite-organization')],
      event: auditEvent(request, 'admin.invite.create', { role: invite.role }),
    },
  );
  if (invited instanceof Response) return invited;
  if (invited.status === 'throttled') return problem('throttled', { retryAt: invited.retryAt });
  const [result] = invited.results;
  if (result === 'not_allowed') return problem('not_allowed', { detail: NO_OWNER });
  if (result !== 'invited') return problem('exists', { detail: THERE[result ?? 'pending'] });
  wakeJobs(service);
  const { id: sub, name } = invite;
  const wire: InviteWire = {
    sub,
    email: invite.email,
    name,
    role: parsed.body.role,
    invitedAt: request.now,
    expiresAt: lasts,
  };
  return c.json(wire, 201);
}

const THERE: Readonly<Record<'member' | 'pending', string>> = {
  member: 'This address is that of a member already.',
  pending: 'This address is invited already. Send that invitation again, or revoke it.',
};

async function inviteFromFile(c: Context<AdminEnv>, service: Service): Promise<Response> {
  const parsed = await parseBody(c.req.raw, bulkBody, LARGEST_BODY);
  if (parsed.status === 'refused') return parsed.response;
  const { request } = c.var;
  const { people, problems } = readInviteFile(parsed.body.csv);
  const found: LineProblem[] = [...problems];
  let count = 0;
  // Also without a good line: whoever asks must be allowed to.
  for (let from = 0; from === 0 || from < people.length; from += PIECE) {
    const piece = people.slice(from, from + PIECE);
    const invites = await Promise.all(piece.map((person) => makeInvite(service, request, person)));
    const invited = await act(
      c,
      service,
      inviteMembers,
      {},
      { invites, lasts: request.now + INVITE_SECONDS, urgency: 'later' },
      {
        fresh: true,
        limits: [limitBySubject('invite-file')],
        event: auditEvent(request, 'admin.invite.file'),
      },
    );
    if (invited instanceof Response && from === 0) return invited;
    const results = invited instanceof Response || invited.status !== 'ok' ? [] : listOf(invited.results);
    for (const [at, { line }] of piece.entries()) {
      const message = messageOf(results[at]);
      if (message === undefined) count += 1;
      else found.push({ line, message });
    }
  }
  wakeJobs(service);
  const report: BulkInviteReport = {
    invited: count,
    problems: found.toSorted((one, other) => one.line - other.line),
  };
  return c.json(report);
}

function messageOf(result: 'invited' | 'member' | 'pending' | 'not_allowed' | undefined): string | undefined {
  if (result === 'invited') return undefined;
  if (result === undefined) return 'Too many were invited lately. Send this line again tomorrow.';
  return result === 'not_allowed' ? NO_OWNER : THERE[result];
}

async function resend(c: Context<AdminEnv>, service: Service): Promise<Response> {
  const parsed = await parseBody(c.req.raw, empty);
  if (parsed.status === 'refused') return parsed.response;
  const { request } = c.var;
  const link = await makeInviteLink(service, request);
  const sent = await act(
    c,
    service,
    resendInvite,
    {},
    { sub: idIn(c, 'sub'), link, lasts: request.now + INVITE_SECONDS },
    {
      fresh: true,
      limits: [limitBySubject('invite-again')],
      event: auditEvent(request, 'admin.invite.resend'),
    },
  );
  if (!(sent instanceof Response)) wakeJobs(service);
  return answerInvites(c, sent);
}

async function revoke(c: Context<AdminEnv>, service: Service): Promise<Response> {
  const parsed = await parseBody(c.req.raw, empty);
  if (parsed.status === 'refused') return parsed.response;
  const event = auditEvent(c.var.request, 'admin.invite.revoke');
  return answerInvites(
    c,
    await act(c, service, revokeInvite, {}, { sub: idIn(c, 'sub') }, { fresh: true, event }),
  );
}

function answerInvites(
  c: Context<AdminEnv>,
  result:
    | Response
    | InvitesResult
    | { readonly status: 'throttled'; readonly retryAt: number }
    | { readonly status: 'not_allowed' },
): Response {
  if (result instanceof Response) return result;
  if (result.status === 'throttled') return problem('throttled', { retryAt: result.retryAt });
  if (result.status === 'not_allowed') return problem('not_allowed', { detail: NO_OWNER });
  return c.json({ invites: listOf(result.invites).map(inviteWire) });
}

function inviteWire({
  sub,
  email: address,
  name,
  role: given,
  invitedAt = 0,
  inviteExpiresAt = 0,
}: MemberRow): InviteWire {
  return { sub, email: address, name, role: given as MemberRoleWire, invitedAt, expiresAt: inviteExpiresAt };
}
