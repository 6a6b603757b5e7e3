// The admin API: what operators do through the command line. It never sees a password or chooses one, and must not
// know how people sign in.
import { type Context, Hono } from 'hono';
import { base64url } from 'jose';
import * as v from 'valibot';
import { foldName, parseAccount } from '../accounts/account.ts';
import { createMember, createOrganization, createSite, listMembers } from '../accounts/member.steps.ts';
import { auditEvent } from '../http/audit-event.ts';
import { parseBody } from '../http/body.ts';
import { problem } from '../http/problem.ts';
import { renderMail } from '../messages/mail.ts';
import type { Provider } from '../oidc/public.ts';
import { listOf } from '../ports/redis.ts';
import { hashSecret, makeSecret } from '../session/session.ts';
import { key } from '../storage-keys.ts';
import { email, label, role, uri } from './bodies.ts';
import { operatorOnly, type OperatorEnv } from './operator.ts';
import { organizationRoutes } from './organization.routes.ts';

/** Seconds that a set-up link is good for. */
const SETUP_SECONDS = 7 * 86_400;
const MOST_MEMBERS_A_PAGE = 100;

const organizationId = v.pipe(
  v.string(),
  v.regex(
    /^[a-z0-9][a-z0-9-]{0,62}$/,
    'Use small letters, digits and hyphens, 63 at most, and begin with no hyphen.',
  ),
);
const organizationBody = v.strictObject({ id: organizationId, name: label });
const memberBody = v.strictObject({
  organization: organizationId,
  email,
  name: label,
  role,
});
const siteBody = v.strictObject({
  organization: organizationId,
  name: label,
  redirect_uris: v.pipe(v.array(uri), v.minLength(1, 'List at least one address.'), v.maxLength(20)),
  post_logout_redirect_uris: v.optional(v.pipe(v.array(uri), v.maxLength(20)), []),
  public: v.optional(v.boolean(), false),
});

/** Serves the admin API, below `/api/admin`. One round trip each; every call is audited with the operator's name. */
export function adminRoutes(provider: Provider): Hono<OperatorEnv> {
  return new Hono<OperatorEnv>()
    .use(operatorOnly(provider))
    .post('/organizations', async (c) => {
      const parsed = await parseBody(c.req.raw, organizationBody);
      if (parsed.status === 'refused') return parsed.response;
      const { id, name } = parsed.body;
      const created = await provider.ports.redis.run(
        createOrganization,
        { organization: key.organization(id) },
        { now: c.var.request.now, id, name },
        {
          event: auditEvent(c.var.request, 'admin.organization.create', {
            operator: c.var.operator,
            organization: id,
          }),
        },
      );
      return created.status === 'created' ? c.json({ id, name }, 201) : exists('An organisation of this id');
    })
    .post('/members', async (c) => {
      const parsed = await parseBody(c.req.raw, memberBody);
      return parsed.status === 'refused' ? parsed.response : makeMember(c, provider, parsed.body);
    })
    .get('/members', (c) => members(c, provider))
    .post('/sites', async (c) => {
      const parsed = await parseBody(c.req.raw, siteBody);
      return parsed.status === 'refused' ? parsed.response : makeSite(c, provider, parsed.body);
    })
    .route('/organizations', organizationRoutes(provider));
}

/** Makes a member and mails the link with which they choose a password: an operator never sees or sets one (S48a). */
async function makeMember(
  c: Context<OperatorEnv>,
  provider: Provider,
  body: v.InferOutput<typeof memberBody>,
): Promise<Response> {
  const { redis, random, mailer } = provider.ports;
  const { now } = c.var.request;
  const newSub = base64url.encode(random.bytes(16));
  const token = makeSecret(random);
  const setupHash = await hashSecret(token);
  const { organization } = body;
  const created = await redis.run(
    createMember,
    {
      organization: key.organization(organization),
      address: key.address(body.email),
      account: key.account(newSub),
      members: key.members(organization),
      setup: key.setup(setupHash),
    },
    { now, sub: newSub, ...body, folded: foldName(body.name), setupHash, setupUntil: now + SETUP_SECONDS },
    {
      event: auditEvent(c.var.request, 'admin.member.create', {
        operator: c.var.operator,
        organization,
        sub: newSub,
        role: body.role,
      }),
    },
  );
  if (created.status === 'no_organization') return noOrganization();
  if (created.status === 'exists') return exists('An account of this address');
  const { issuer, serviceName } = provider.config;
  const mail = renderMail(
    {
      template: 'setup',
      // In the fragment, which no server logs and no scanner posts.
      path: `/setup#${token}`,
      memberName: body.name,
      organizationName: created.organizationName,
      days: SETUP_SECONDS / 86_400,
    },
    // The member has chosen none yet, so whoever makes them says which one, by Accept-Language.
    c.var.request.language,
    { issuer, serviceName },
  );
  const sent = await mailer.send({ to: body.email, idempotencyKey: `setup-${setupHash}`, ...mail });
  const { sub } = created;
  const answer = { sub, email: body.email, name: body.name, role: body.role, mail: sent.status };
  return c.json(answer, created.status === 'created' ? 201 : 200);
}

async function members(c: Context<OperatorEnv>, provider: Provider): Promise<Response> {
  const organization = c.req.query('organization') ?? '';
  const offset = Number(c.req.query('offset') ?? '0');
  if (!Number.isSafeInteger(offset) || offset < 0) {
    return problem('invalid_body', {
      errors: [{ field: 'offset', message: 'Send a whole number, 0 or more.' }],
    });
  }
  const listed = await provider.ports.redis.run(
    listMembers,
    { organization: key.organization(organization), members: key.members(organization) },
    { now: c.var.request.now, offset, count: MOST_MEMBERS_A_PAGE },
  );
  if (listed.status === 'no_organization') return noOrganization();
  return c.json({
    total: listed.total,
    members: listOf(listed.members).map((record) => {
      const account = parseAccount(record.sub, record.account);
      return {
        sub: account.sub,
        email: account.email,
        name: account.name,
        role: account.memberships.get(organization),
        status: account.status,
        factors: [...account.enrollments.values()],
      };
    }),
  });
}

async function makeSite(
  c: Context<OperatorEnv>,
  provider: Provider,
  body: v.InferOutput<typeof siteBody>,
): Promise<Response> {
  const { redis, random } = provider.ports;
  const clientId = base64url.encode(random.bytes(12));
  const secret = body.public ? undefined : makeSecret(random);
  const { organization } = body;
  const created = await redis.run(
    createSite,
    { organization: key.organization(organization), site: key.site(clientId) },
    {
      now: c.var.request.now,
      clientId,
      fields: {
        name: body.name,
        organization,
        redirectUris: JSON.stringify(body.redirect_uris),
        postLogoutRedirectUris: JSON.stringify(body.post_logout_redirect_uris),
        authMethod: secret === undefined ? 'none' : 'client_secret_post',
        ...(secret === undefined ? {} : { secretSha256: await hashSecret(secret) }),
      },
    },
    {
      event: auditEvent(c.var.request, 'admin.site.create', {
        operator: c.var.operator,
        organization,
        clientId,
      }),
    },
  );
  if (created.status === 'no_organization') return noOrganization();
  if (created.status === 'exists') return exists('A site of this id');
  return c.json({ client_id: clientId, ...(secret === undefined ? {} : { client_secret: secret }) }, 201);
}

function exists(what: string): Response {
  return problem('exists', { detail: `${what} is there already.` });
}

function noOrganization(): Response {
  return problem('not_found', { detail: 'There is no organisation of this id. Make it first.' });
}
