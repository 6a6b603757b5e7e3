import { type Context, Hono } from 'hono';
import { base64url } from 'jose';
import * as v from 'valibot';
import { FACTOR_KINDS, whyImpossible } from '../assurance/policy.ts';
import { layerFrom, parseStoredPolicy, type PolicyBody, policySchema } from '../assurance/policy-schema.ts';
import { auditEvent } from '../http/audit-event.ts';
import { parseBody } from '../http/body.ts';
import { problem } from '../http/problem.ts';
import type { Service } from '../http/service.ts';
import type { NewSiteWire } from '../interaction/wire.ts';
import { hashSecret, makeSecret } from '../session/session.ts';
import { act, type AdminEnv, idIn } from './acting.ts';
import { label, uri } from './bodies.ts';
import { siteList, siteWire } from './site-view.ts';
import {
  addSite,
  changeSite,
  type ChangeSiteArgs,
  listSites,
  readSite,
  removeSite,
  renewSecret,
} from './sites.steps.ts';

/** Room for a list of a thousand members. */
const LARGEST_BODY = 64 * 1024;

const uris = v.pipe(v.array(uri), v.maxLength(20));
const redirectUris = v.pipe(uris, v.minLength(1, 'List at least one address.'));
const listed = v.pipe(
  v.array(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'This is not an id.'))),
  v.maxLength(1000),
);

const bodies = {
  empty: v.strictObject({}),
  add: v.strictObject({
    name: label,
    redirectUris,
    postLogoutRedirectUris: v.optional(uris, []),
    isPublic: v.optional(v.boolean(), false),
  }),
  change: v.strictObject({
    name: v.optional(label),
    redirectUris: v.optional(redirectUris),
    postLogoutRedirectUris: v.optional(uris),
    policy: v.optional(policySchema),
    access: v.optional(v.picklist(['members', 'listed'])),
    listed: v.optional(listed),
  }),
};

/** Serves the sites of an organisation. One round trip each; a policy needs one more, since it is checked beside others. */
export function sitesRoutes(service: Service): Hono<AdminEnv> {
  return new Hono<AdminEnv>()
    .get('/sites', (c) => list(c, service))
    .post('/sites', (c) => add(c, service))
    .post('/sites/:clientId', (c) => change(c, service))
    .post('/sites/:clientId/secret', (c) => newSecret(c, service))
    .post('/sites/:clientId/remove', (c) => remove(c, service));
}

async function list(c: Context<AdminEnv>, service: Service): Promise<Response> {
  const listedSites = await act(c, service, listSites, {}, {}, { fresh: false });
  if (listedSites instanceof Response) return listedSites;
  return c.json(siteList(service, idIn(c, 'organization'), listedSites));
}

async function add(c: Context<AdminEnv>, service: Service): Promise<Response> {
  const parsed = await parseBody(c.req.raw, bodies.add);
  if (parsed.status === 'refused') return parsed.response;
  const { random } = service.ports;
  const { body } = parsed;
  const secret = body.isPublic ? undefined : makeSecret(random);
  const added = await act(
    c,
    service,
    addSite,
    {},
    {
      clientId: base64url.encode(random.bytes(12)),
      fields: {
        name: body.name,
        redirectUris: JSON.stringify(body.redirectUris),
        postLogoutRedirectUris: JSON.stringify(body.postLogoutRedirectUris),
        authMethod: secret === undefined ? 'none' : 'client_secret_post',
        ...(secret === undefined ? {} : { secretSha256: await hashSecret(secret) }),
      },
    },
    { fresh: true, event: auditEvent(c.var.request, 'admin.site.create') },
  );
  if (added instanceof Response) return added;
  if (added.status === 'too_many')
    return problem('wrong_step', { detail: 'There are too many sites. Remove one first.' });
  const answer: NewSiteWire = {
    site: siteWire(added.site),
    ...(secret === undefined ? {} : { clientSecret: secret }),
  };
  return c.json(answer, 201);
}

async function change(c: Context<AdminEnv>, service: Service): Promise<Response> {
  const parsed = await parseBody(c.req.raw, bodies.change, LARGEST_BODY);
  if (parsed.status === 'refused') return parsed.response;
  const { body } = parsed;
  const clientId = idIn(c, 'clientId');
  const beside = body.policy === undefined ? {} : await checkPolicy(c, service, clientId, body.policy);
  if (beside instanceof Response) return beside;
  const changed = await act(
    c,
    service,
    changeSite,
    {},
    {
      clientId,
      fields: fieldsOf(body),
      ...beside,
      ...(body.listed === undefined ? {} : { listed: body.listed }),
    },
    {
      fresh: true,
      event: auditEvent(c.var.request, 'admin.site.change', { fields: Object.keys(body).join(',') }),
    },
  );
  if (changed instanceof Response) return changed;
  switch (changed.status) {
    case 'ok':
      return c.json(siteWire(changed.site));
    case 'changed':
      return problem('wrong_step', {
        detail: 'The policy of the organisation was changed meanwhile. Load the page again.',
      });
    case 'no_member':
      return problem('invalid_body', {
        errors: [{ field: `listed.${changed.at}`, message: 'List members of this organisation.' }],
      });
  }
}

function fieldsOf(body: v.InferOutput<typeof bodies.change>): ChangeSiteArgs['fields'] {
  const { name, redirectUris: to, postLogoutRedirectUris: back, policy, access } = body;
  return {
    ...(name === undefined ? {} : { name }),
    ...(to === undefined ? {} : { redirectUris: JSON.stringify(to) }),
    ...(back === undefined ? {} : { postLogoutRedirectUris: JSON.stringify(back) }),
    ...(policy === undefined ? {} : { policy: JSON.stringify(policy) }),
    ...(access === undefined ? {} : { access }),
  };
}

/** Refuses what no kind of factor could give here, together with what the service and the organisation demand. */
async function checkPolicy(
  c: Context<AdminEnv>,
  service: Service,
  clientId: string,
  policy: PolicyBody,
): Promise<{ readonly besideVersion: string } | Response> {
  const read = await act(c, service, readSite, {}, { clientId }, { fresh: true });
  if (read instanceof Response) return read;
  const floor = service.config.policy;
  const own = read.policy === undefined ? [] : [parseStoredPolicy('organization', read.policy)];
  const why = whyImpossible([floor, ...own, layerFrom('site', policy)], floor.accepted ?? FACTOR_KINDS);
  if (why === undefined) return { besideVersion: read.policyVersion };
  const message =
    'No kind of factor can give this together with what the service and the organisation demand.';
  return problem('invalid_body', { errors: [{ field: `policy.${why}`, message }] });
}

async function newSecret(c: Context<AdminEnv>, service: Service): Promise<Response> {
  const parsed = await parseBody(c.req.raw, bodies.empty);
  if (parsed.status === 'refused') return parsed.response;
  const clientId = idIn(c, 'clientId');
  const secret = makeSecret(service.ports.random);
  const renewed = await act(
    c,
    service,
    renewSecret,
    {},
    { clientId, secretSha256: await hashSecret(secret) },
    { fresh: true, event: auditEvent(c.var.request, 'admin.site.secret') },
  );
  if (renewed instanceof Response) return renewed;
  if (renewed.status === 'public') return problem('wrong_step', { detail: 'A public site has no secret.' });
  const answer: NewSiteWire = { site: siteWire(renewed.site), clientSecret: secret };
  return c.json(answer);
}

async function remove(c: Context<AdminEnv>, service: Service): Promise<Response> {
  const parsed = await parseBody(c.req.raw, bodies.empty);
  if (parsed.status === 'refused') return parsed.response;
  const clientId = idIn(c, 'clientId');
  const event = auditEvent(c.var.request, 'admin.site.remove');
  const removed = await act(c, service, removeSite, {}, { clientId }, { fresh: true, event });
  if (removed instanceof Response) return removed;
  return c.json(siteList(service, idIn(c, 'organization'), removed));
}
