import type { AccountView, FactorKindWire, PendingTotpWire } from '../../worker/interaction/wire.ts';
import type { ApiClient, ApiResult } from './client.ts';

const PATH = '/api/account';

export function loadAccount(client: ApiClient): Promise<ApiResult<AccountView>> {
  return client.get(PATH);
}

export function startEnrollment(
  client: ApiClient,
  kind: FactorKindWire,
  renew: boolean,
): Promise<ApiResult<PendingTotpWire>> {
  return client.post(`${PATH}/enrollments`, renew ? { kind, renew } : { kind });
}

export function confirmEnrollment(
  client: ApiClient,
  proof: { readonly enrollmentId: string; readonly code: string; readonly name: string },
): Promise<ApiResult<AccountView>> {
  return client.post(`${PATH}/enrollments/confirm`, proof);
}

export function disableEnrollment(
  client: ApiClient,
  enrollmentId: string,
  code: string,
): Promise<ApiResult<AccountView>> {
  return client.post(`${PATH}/enrollments/${encodeURIComponent(enrollmentId)}/disable`, { code });
}

export function signOut(client: ApiClient): Promise<ApiResult<{ readonly continue: string }>> {
  return client.post(`${PATH}/sign-out`, {});
}
