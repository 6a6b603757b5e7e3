import { type Context, Hono } from 'hono';
import { parseAccount } from '../accounts/account.ts';
import type { AppEnv } from '../http/app-env.ts';
import { bearerError } from '../http/oauth-error.ts';
import { key } from '../storage-keys.ts';
import { accountClaims } from './claims.ts';
import { readGrant } from './oidc.steps.ts';
import type { Provider } from './provider.ts';

/** Serves `/userinfo`. One round trip: the token is ours, and its grant and session must still live. */
export function userinfoRoutes(provider: Provider): Hono<AppEnv> {
  const userinfo = async (c: Context<AppEnv>): Promise<Response> => {
    const token = /^Bearer ([A-Za-z0-9._-]+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (token === undefined) return bearerError();
    const { now } = c.var.request;
    const claims = await provider.signingKeys.verify(token, 'at+jwt', {
      audience: provider.config.issuer,
      now,
    });
    const { sub, jti, client_id: clientId, scope } = claims ?? {};
    if (!sub || !jti || typeof clientId !== 'string' || typeof scope !== 'string')
      return bearerError('invalid_token');
    const grant = await provider.ports.redis.run(readGrant, { grant: key.grant(jti) }, { now, clientId });
    if (grant.status !== 'active') return bearerError('invalid_token');
    return c.json({ sub, ...accountClaims(parseAccount(sub, grant.account), scope) });
  };
  return new Hono<AppEnv>().get('/userinfo', userinfo).post('/userinfo', userinfo);
}
