import type { ExternalUser } from './openid-provider.ts';
import type { User, UserStore } from './user-store.ts';

export type LinkRefusal = 'no_acr' | 'no_email' | 'no_name';

/**
 * Finds or creates the site's user for someone whom the login service signed in, as Umbraco's
 * `ExternalSignInAutoLinkOptions(autoLinkExternalAccount: true)` does: first by issuer and subject, then by email
 * (and the link is kept), else a new user in the default group.
 *
 * Refuses a sign-in without `acr`, as the documented `OnExternalLogin` does: nobody can say how strong it was.
 */
export function autoLink(users: UserStore, external: ExternalUser): User | LinkRefusal {
  if (external.acr === undefined) return 'no_acr';
  const key = { issuer: external.issuer, subject: external.subject };
  const linked = users.findByLogin(key);
  if (linked) return linked;
  if (external.email === undefined) return 'no_email';
  const existing = users.findByEmail(external.email);
  if (existing) {
    users.link(existing, key);
    return existing;
  }
  return external.name === undefined ? 'no_name' : users.addLinked(external.email, external.name, key);
}
