import type { ChannelWire, FactorKindWire, InteractionView } from '../../worker/interaction/wire.ts';
import type { ApiClient, ApiResult } from './client.ts';

/** Something that a person does in a sign-in. `type` is the last part of the call's path, the rest is its body. */
export type InteractionAction =
  | { readonly type: 'identify'; readonly email: string }
  | { readonly type: 'password'; readonly password: string }
  | { readonly type: 'forgot-password' }
  | { readonly type: 'address-code' }
  | { readonly type: 'address'; readonly code: string }
  | EnrollmentAction
  | { readonly type: 'challenge/code'; readonly enrollmentId: string; readonly channel?: ChannelWire }
  | { readonly type: 'challenge'; readonly enrollmentId: string; readonly code: string }
  | { readonly type: 'recovery'; readonly code: string; readonly lost: readonly string[] }
  | { readonly type: 'pass'; readonly code: string }
  | { readonly type: 'grace/set-up' }
  | { readonly type: 'grace/snooze' }
  | { readonly type: 'recovery-codes' }
  | { readonly type: 'recovery-codes/renew' }
  | { readonly type: 'help' }
  | { readonly type: 'restart' }
  | { readonly type: 'cancel' };

/** Something that a person does to set a factor up; the same in a sign-in and in the account. */
export type EnrollmentAction =
  | {
      readonly type: 'enrollment';
      readonly kind: FactorKindWire;
      readonly renew?: boolean;
      /** With a phone: the number as it was typed, the country that it belongs to where it has no +, and how to send. */
      readonly number?: string;
      readonly country?: string;
      readonly channel?: ChannelWire;
    }
  | { readonly type: 'enrollment/code'; readonly channel?: ChannelWire }
  | {
      readonly type: 'enrollment/confirm';
      readonly enrollmentId: string;
      readonly code: string;
      readonly name: string;
    };

export function loadInteraction(client: ApiClient, id: string): Promise<ApiResult<InteractionView>> {
  return client.get(path(id));
}

export function performAction(
  client: ApiClient,
  id: string,
  action: InteractionAction,
): Promise<ApiResult<InteractionView>> {
  const { type, ...body } = action;
  return client.post(`${path(id)}/${type}`, body);
}

function path(id: string): string {
  return `/api/interactions/${encodeURIComponent(id)}`;
}
