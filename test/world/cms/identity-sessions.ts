import { randomBytes } from 'node:crypto';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { SiteRequest } from './site-context.ts';

/** What sign-out needs to end the session at the login service too. */
export interface ExternalSession {
  readonly idToken: string;
}

export interface Identity {
  readonly id: string;
  readonly userId: string;
  readonly external: ExternalSession | undefined;
}

const cookieName = 'UMB_UCONTEXT';

/** Keeps who is signed in to the site's server, under Umbraco's identity cookie. */
export class IdentitySessions {
  readonly #sessions = new Map<string, Identity>();

  begin(c: SiteRequest, userId: string, external?: ExternalSession): Identity {
    const identity = { id: randomBytes(32).toString('base64url'), userId, external };
    this.#sessions.set(identity.id, identity);
    setCookie(c, cookieName, identity.id, { path: '/', httpOnly: true, secure: true, sameSite: 'Lax' });
    return identity;
  }

  current(c: SiteRequest): Identity | undefined {
    return this.#sessions.get(getCookie(c, cookieName) ?? '');
  }

  end(c: SiteRequest): Identity | undefined {
    const identity = this.current(c);
    if (identity) this.#sessions.delete(identity.id);
    deleteCookie(c, cookieName, { path: '/', secure: true });
    return identity;
  }
}
