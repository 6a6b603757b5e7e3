import type { Context } from 'hono';
import type { PoliciesRecord } from '../accounts/policy.lua.ts';
import type { AppEnv } from '../http/app-env.ts';
import { sessionKeyOf } from '../session/browser.ts';
import type { Records } from '../session/session.steps.ts';
import { key } from '../storage-keys.ts';
import { loadAuthorize } from './oidc.steps.ts';
import { configuredClient, type Provider } from './provider.ts';
import { parseRelyingParty, type RelyingParty } from './relying-party.ts';

/** Who asks and who sits in front of the browser. `session` and `account` are there together or not at all. */
export interface ClientAndSession {
  readonly client?: RelyingParty;
  readonly sessionKey: string;
  readonly live?: { readonly session: Records; readonly account: Records; readonly policies: PoliciesRecord };
}

/** Loads the client (the configuration wins over the store) and the browser's session. One round trip for both. */
export async function loadClientAndSession(
  c: Context<AppEnv>,
  provider: Provider,
  clientId: string,
): Promise<ClientAndSession> {
  const sessionKey = await sessionKeyOf(c);
  const configured = configuredClient(provider, clientId);
  const { site, session, account, policies } = await provider.ports.redis.run(
    loadAuthorize,
    { site: key.site(clientId), session: sessionKey },
    {
      now: c.var.request.now,
      clientId,
      ...(configured ? { organizationId: configured.organizationId } : {}),
    },
  );
  const client = configured ?? (site ? parseRelyingParty(clientId, site) : undefined);
  return {
    sessionKey,
    ...(client ? { client } : {}),
    ...(session && account && policies ? { live: { session, account, policies } } : {}),
  };
}
