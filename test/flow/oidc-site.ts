// A site that speaks OpenID Connect by hand: what the libraries would refuse to send can be sent from here.
import { decodeJwt } from 'jose';
import { Browser, type Answer } from '../support/browser.ts';
import { readForm } from '../support/page.ts';
import { FIRST_SITE, type FlowWorld, type TestSite } from './flow-world.ts';
import { authorizeAttempt } from './person.ts';

/** What came back to a site, by redirect or by a page that posts itself. */
export function answerOf(answer: Answer): URLSearchParams {
  if (answer.location !== undefined) return new URL(answer.location).searchParams;
  return new URLSearchParams(readForm(answer.text, answer.url)?.fields ?? {});
}

/** The fields of a right token request; a test changes one. `undefined` leaves a field out. */
export type TokenFields = Readonly<Record<string, string | undefined>>;

/** Gets a code for a browser that is signed in, as the request that the site would send for tokens. */
export async function codeFor(
  world: FlowWorld,
  browser: Browser,
  site: TestSite = FIRST_SITE,
  changes: Readonly<Record<string, string | undefined>> = {},
): Promise<TokenFields & { readonly code: string }> {
  const attempt = authorizeAttempt(world.issuer, site, changes);
  const answer = await browser.open(attempt.url);
  const code = answerOf(answer).get('code');
  if (code === null) throw new Error(`No code: ${answer.status} ${answer.location ?? answer.text}`);
  return {
    grant_type: 'authorization_code',
    code,
    redirect_uri: site.callback,
    code_verifier: attempt.verifier,
    client_id: site.clientId,
    client_secret: site.secret,
  };
}

/** Posts a form to the token endpoint as a site's server does: without cookies. */
export function requestTokens(
  world: FlowWorld,
  fields: TokenFields,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) body.set(name, value);
  return new Browser().send(`${world.issuer}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: body.toString(),
  });
}

export interface Tokens {
  readonly access_token: string;
  readonly id_token: string;
  readonly token_type: string;
  readonly expires_in: number;
}

/** Gets tokens for a browser that is signed in. */
export async function tokensFor(
  world: FlowWorld,
  browser: Browser,
  site: TestSite = FIRST_SITE,
  changes: Readonly<Record<string, string | undefined>> = {},
): Promise<Tokens> {
  const answer = await requestTokens(world, await codeFor(world, browser, site, changes));
  if (answer.status !== 200) throw new Error(`No tokens: ${answer.status} ${answer.text}`);
  return answer.json() as Tokens;
}

/** Asks who the holder of a token is. */
export function requestUserinfo(world: FlowWorld, token: string): Promise<Answer> {
  return new Browser().send(`${world.issuer}/userinfo`, { headers: { authorization: `Bearer ${token}` } });
}

/** The account that a token is about. */
export function subjectOf(token: string): string {
  const { sub } = decodeJwt(token);
  if (sub === undefined) throw new Error('The token names nobody.');
  return sub;
}

/** Reads the JSON error of an OAuth endpoint. */
export function oauthErrorOf(answer: Answer): string | undefined {
  return (answer.json() as { readonly error?: string }).error;
}
