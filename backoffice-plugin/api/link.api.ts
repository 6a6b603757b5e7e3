import type { JoinWire, SetupView } from '../../worker/interaction/wire.ts';
import type { ApiClient, ApiResult } from './client.ts';

/** What a mailed link with which a password is chosen is for: a first one, or one in place of a forgotten one. */
export type PasswordLink = 'setup' | 'reset';

export function inspectLink(
  client: ApiClient,
  link: PasswordLink,
  token: string,
): Promise<ApiResult<SetupView>> {
  return client.post(`/api/${link}/inspect`, { token });
}

export function choosePassword(
  client: ApiClient,
  link: PasswordLink,
  token: string,
  password: string,
): Promise<ApiResult<{ readonly continue: string }>> {
  return client.post(`/api/${link}`, { token, password });
}

/** Stops a reset that an administrator wants. */
export function stopReset(client: ApiClient, token: string): Promise<ApiResult<object>> {
  return client.post('/api/stop', { token });
}

/** Ends what the code in a mail was asked for. */
export function reportNotMe(client: ApiClient, token: string): Promise<ApiResult<object>> {
  return client.post('/api/not-me', { token });
}

/** Reads what an invitation of another organisation offers to who is signed in. */
export function inspectInvite(client: ApiClient, token: string): Promise<ApiResult<JoinWire>> {
  return client.post('/api/join/inspect', { token });
}

/** Accepts it. */
export function acceptInvite(client: ApiClient, token: string): Promise<ApiResult<JoinWire>> {
  return client.post('/api/join', { token });
}
