import type {
  AccountView,
  ChannelWire,
  NewRecoveryCodes,
  PendingWire,
} from '../../worker/interaction/wire.ts';
import type { ApiClient, ApiResult } from './client.ts';
import type { EnrollmentAction } from './interaction.api.ts';

const PATH = '/api/account';

/** A change to the account. `type` is the call's path; an identifier that belongs into it stands beside it. */
export type AccountAction =
  | { readonly type: 'profile'; readonly name?: string; readonly language?: string }
  | { readonly type: 'password'; readonly current: string; readonly password: string }
  | { readonly type: AddressPath; readonly email: string }
  | { readonly type: `${AddressPath}/confirm`; readonly code: string }
  | { readonly type: 'notice-email/remove' }
  | FactorAction
  | { readonly type: 'sessions/end'; readonly sid: string }
  | { readonly type: 'sessions/end-others' }
  | { readonly type: 'reset/stop' };

/** The address that one signs in with, and the second one for notices. */
export type AddressPath = 'email' | 'notice-email';

/** A change to one factor. */
export type FactorAction =
  | { readonly type: 'factor/code'; readonly enrollmentId: string; readonly channel?: ChannelWire }
  | {
      readonly type: 'factor/verify' | 'factor/disable';
      readonly enrollmentId: string;
      readonly code: string;
    }
  | { readonly type: 'factor/rename'; readonly enrollmentId: string; readonly name: string }
  | { readonly type: 'factor/default'; readonly enrollmentId: string };

export function loadAccount(client: ApiClient): Promise<ApiResult<AccountView>> {
  return client.get(PATH);
}

export function changeAccount(client: ApiClient, action: AccountAction): Promise<ApiResult<AccountView>> {
  const { path, body } = callOf(action);
  return client.post(`${PATH}/${path}`, body);
}

/** Begins a new factor. `replaces` is the phone whose number is changed. */
export function startEnrollment(
  client: ApiClient,
  action: Extract<EnrollmentAction, { type: 'enrollment' }>,
  replaces?: string,
): Promise<ApiResult<PendingWire>> {
  const { type, ...start } = action;
  return client.post(`${PATH}/${type}s`, replaces === undefined ? start : { ...start, replaces });
}

export function resendEnrollmentCode(
  client: ApiClient,
  channel?: ChannelWire,
): Promise<ApiResult<PendingWire>> {
  return client.post(`${PATH}/enrollments/code`, channel === undefined ? {} : { channel });
}

export function confirmEnrollment(
  client: ApiClient,
  proof: { readonly enrollmentId: string; readonly code: string; readonly name: string },
): Promise<ApiResult<AccountView>> {
  return client.post(`${PATH}/enrollments/confirm`, proof);
}

export function renewRecoveryCodes(client: ApiClient): Promise<ApiResult<NewRecoveryCodes>> {
  return client.post(`${PATH}/recovery-codes`, {});
}

export function signOut(client: ApiClient): Promise<ApiResult<{ readonly continue: string }>> {
  return client.post(`${PATH}/sign-out`, {});
}

function callOf(action: AccountAction): { readonly path: string; readonly body: object } {
  if ('enrollmentId' in action) {
    const { type, enrollmentId, ...body } = action;
    return { path: type.replace('factor/', `enrollments/${encodeURIComponent(enrollmentId)}/`), body };
  }
  if (action.type === 'sessions/end')
    return { path: `sessions/${encodeURIComponent(action.sid)}/end`, body: {} };
  const { type, ...body } = action;
  return { path: type, body };
}
