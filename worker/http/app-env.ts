import type { RequestContext } from './request-context.ts';

/** What the middleware leaves for every handler. */
export interface AppEnv {
  Variables: {
    /** Who asks, from where, and when. */
    request: RequestContext;
    /** Nonce of this answer's content security policy. */
    nonce: string;
  };
}
