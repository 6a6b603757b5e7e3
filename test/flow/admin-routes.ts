// Every route of the administration, for tests that try each of them. A route that is added to admin-wire.ts is added here.

/** What stands in the place of an id. */
export interface Ids {
  readonly sub: string;
  readonly invite: string;
  readonly site: string;
  readonly reset: string;
}

export interface AdminRoute {
  readonly method: 'GET' | 'POST';
  readonly path: (ids: Ids) => string;
  /** A body that would be accepted. */
  readonly body?: object;
  /** Names something by its id: to be tried with a foreign one in an organisation of one's own. */
  readonly named: boolean;
}

const UNTIL = 4_000_000_000;

const get = (path: string): AdminRoute => route('GET', path);
const post = (path: string, body: object = {}): AdminRoute => ({ ...route('POST', path), body });

function route(method: AdminRoute['method'], path: string): AdminRoute {
  return {
    method,
    named: path.includes(':'),
    path: (ids) =>
      path
        .replace(':sub', ids.sub)
        .replace(':invite', ids.invite)
        .replace(':clientId', ids.site)
        .replace(':reset', ids.reset),
  };
}

export const ADMIN_ROUTES: readonly AdminRoute[] = [
  get('/overview'),
  get('/members'),
  get('/members?filter=locked&sort=last_sign_in'),
  get('/members.csv'),
  get('/members/:sub'),
  get('/members/:sub/policy'),
  get('/members/:sub/policy?site=first'),
  post('/members/:sub/role', { role: 'admin' }),
  post('/members/:sub/suspend', { reason: 'Curious' }),
  post('/members/:sub/restore'),
  post('/members/:sub/remove'),
  post('/members/:sub/sessions/end'),
  post('/members/:sub/unlock'),
  post('/members/:sub/exempt', { until: 0 }),
  post('/members/:sub/must', { kind: 'totp' }),
  post('/members/:sub/must'),
  post('/members/:sub/reset', { reason: 'Curious' }),
  post('/members/:sub/pass', { minutes: 60 }),
  post('/members/:sub/pass/approve'),
  post('/members/:sub/pass/revoke'),
  post('/members/:sub/help/dismiss'),
  get('/invites'),
  post('/invites', { email: 'stranger@example.com', name: 'Stranger', role: 'member' }),
  post('/invites/bulk', { csv: 'email,name\nstranger@example.com,Stranger' }),
  post('/invites/:invite/resend'),
  post('/invites/:invite/revoke'),
  get('/resets'),
  post('/resets/:reset/approve'),
  post('/resets/:reset/cancel'),
  get('/sites'),
  post('/sites', { name: 'Stranger', redirectUris: ['https://stranger.example/cb'] }),
  post('/sites/:clientId', { name: 'Taken over', redirectUris: ['https://stranger.example/cb'] }),
  post('/sites/:clientId', { policy: {} }),
  post('/sites/:clientId/secret'),
  post('/sites/:clientId/remove'),
  get('/policy'),
  post('/policy', { policy: { required: true }, version: 0 }),
  post('/policy/try', { policy: { required: true } }),
  get('/audit'),
  get(`/audit?group=sign_in&from=0&to=${UNTIL}`),
  get('/audit.csv'),
  get('/audit.jsonl'),
];
