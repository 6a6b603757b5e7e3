import type { SetupView } from '../../worker/interaction/wire.ts';
import type { ApiClient, ApiResult } from './client.ts';

export function inspectSetup(client: ApiClient, token: string): Promise<ApiResult<SetupView>> {
  return client.post('/api/setup/inspect', { token });
}

export function choosePassword(
  client: ApiClient,
  token: string,
  password: string,
): Promise<ApiResult<{ readonly continue: string }>> {
  return client.post('/api/setup', { token, password });
}
