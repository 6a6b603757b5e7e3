import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../http/app-env.ts';
import { bearerError } from '../http/oauth-error.ts';
import { adminAudience, type Provider } from '../oidc/public.ts';

export interface OperatorEnv {
  Variables: AppEnv['Variables'] & {
    /** The id of the operator's key. */
    operator: string;
  };
}

/** Lets operators in: a token of ours for the admin API, of a key that is still configured. No round trip. */
export function operatorOnly(provider: Provider): MiddlewareHandler<OperatorEnv> {
  const { issuer, operatorKeys } = provider.config;
  return async (c, next) => {
    const token = /^Bearer ([A-Za-z0-9._-]+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (token === undefined) return bearerError();
    const claims = await provider.signingKeys.verify(token, 'at+jwt', {
      audience: adminAudience(issuer),
      now: c.var.request.now,
    });
    const operator = operatorKeys.find((known) => known.kid === claims?.sub)?.kid;
    if (operator === undefined || claims?.['scope'] !== 'admin') return bearerError('invalid_token');
    c.set('operator', operator);
    return next();
  };
}
