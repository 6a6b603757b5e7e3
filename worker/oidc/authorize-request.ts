// The authorization request as a list of small named checks. Nothing here does I/O.
import { type AssuranceLevel, requestedLevel } from '../assurance/assurance-level.ts';
import type { Parameters } from './parameters.ts';
import type { RelyingParty } from './relying-party.ts';

export type ResponseMode = 'query' | 'form_post';

/** A request that may be answered with a redirect: its client and its redirect URI are known good. */
export interface AuthorizeRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly responseMode: ResponseMode;
  readonly state?: string;
  readonly nonce?: string;
  readonly scope: string;
  readonly codeChallenge: string;
  readonly prompt: readonly string[];
  readonly maxAge?: number;
  readonly requested?: AssuranceLevel;
  readonly loginHint?: string;
  readonly idTokenHint?: string;
  /** Languages that the site asks for, best first, as `ui_locales` lists them. */
  readonly uiLocales?: string;
}

/** Where the answer to a refused request goes; without it the request must be answered with a local page. */
export type ReturnAddress = Pick<AuthorizeRequest, 'redirectUri' | 'responseMode' | 'state'>;

export interface OAuthRefusal {
  readonly error: string;
  readonly description: string;
}

/** Why a request must not be answered with a redirect. */
export type LocalReason = 'no_site' | 'unknown_site' | 'no_return' | 'unknown_return';

type Check = (parameters: Parameters) => OAuthRefusal | undefined;

/** S55: why a request must not be answered with a redirect; `undefined` when it may be. */
export function whyLocal(parameters: Parameters, client: RelyingParty | undefined): LocalReason | undefined {
  if (!parameters.has('client_id')) return 'no_site';
  if (!client) return 'unknown_site';
  const redirectUri = parameters.get('redirect_uri');
  if (redirectUri === undefined) return 'no_return';
  return client.redirectUris.includes(redirectUri) ? undefined : 'unknown_return';
}

/** Gives the return address of a request for which `whyLocal` found nothing. */
export function returnAddress(parameters: Parameters): ReturnAddress {
  const state = parameters.get('state');
  return {
    redirectUri: parameters.get('redirect_uri') ?? '',
    responseMode: parameters.get('response_mode') === 'form_post' ? 'form_post' : 'query',
    ...(state === undefined ? {} : { state }),
  };
}

const checkResponseType: Check = (parameters) => {
  if (!parameters.has('response_type')) return refuse('invalid_request', 'response_type is missing.');
  return parameters.get('response_type') === 'code'
    ? undefined
    : refuse('unsupported_response_type', 'Only response_type=code is supported.');
};

const checkResponseMode: Check = (parameters) =>
  ['query', 'form_post'].includes(parameters.get('response_mode') ?? 'query')
    ? undefined
    : refuse('invalid_request', 'response_mode must be query or form_post.');

const checkScope: Check = (parameters) =>
  (parameters.get('scope') ?? '').split(' ').includes('openid')
    ? undefined
    : refuse('invalid_scope', 'scope must contain openid.');

/** S56. @see RFC 7636 section 4.2 */
const checkPkce: Check = (parameters) =>
  parameters.get('code_challenge_method') === 'S256' &&
  /^[A-Za-z0-9_-]{43}$/.test(parameters.get('code_challenge') ?? '')
    ? undefined
    : refuse(
        'invalid_request',
        'PKCE is required: code_challenge (43 characters) with code_challenge_method=S256.',
      );

const checkPrompt: Check = (parameters) => {
  const values = promptOf(parameters);
  const unknown = values.find((value) => !['none', 'login', 'select_account', 'consent'].includes(value));
  if (unknown !== undefined) return refuse('invalid_request', 'prompt has a value that is not supported.');
  return values.includes('none') && values.length > 1
    ? refuse('invalid_request', 'prompt=none can not be combined with another value.')
    : undefined;
};

const checkMaxAge: Check = (parameters) =>
  /^[0-9]{1,9}$/.test(parameters.get('max_age') ?? '0')
    ? undefined
    : refuse('invalid_request', 'max_age must be a whole number of seconds.');

const checkRequestObject: Check = (parameters) => {
  if (parameters.has('request')) return refuse('request_not_supported', 'Request objects are not supported.');
  if (parameters.has('request_uri'))
    return refuse('request_uri_not_supported', 'request_uri is not supported.');
  return undefined;
};

const checkLength: Check = (parameters) =>
  [...parameters.values()].some((value) => value.length > 4096)
    ? refuse('invalid_request', 'A parameter is longer than 4,096 characters.')
    : undefined;

const CHECKS: readonly Check[] = [
  checkLength,
  checkResponseType,
  checkResponseMode,
  checkRequestObject,
  checkScope,
  checkPkce,
  checkPrompt,
  checkMaxAge,
];

/** Runs the checks in order and gives the request, or the first refusal, which may be sent to the return address. */
export function checkAuthorizeRequest(parameters: Parameters): AuthorizeRequest | OAuthRefusal {
  for (const check of CHECKS) {
    const refusal = check(parameters);
    if (refusal) return refusal;
  }
  const maxAge = parameters.get('max_age');
  const requested = requestedLevel(parameters.get('acr_values'));
  const nonce = parameters.get('nonce');
  const loginHint = parameters.get('login_hint');
  const idTokenHint = parameters.get('id_token_hint');
  const uiLocales = parameters.get('ui_locales');
  return {
    ...returnAddress(parameters),
    clientId: parameters.get('client_id') ?? '',
    scope: parameters.get('scope') ?? '',
    codeChallenge: parameters.get('code_challenge') ?? '',
    prompt: promptOf(parameters),
    ...(nonce === undefined ? {} : { nonce }),
    ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }),
    ...(requested === undefined ? {} : { requested }),
    ...(loginHint === undefined ? {} : { loginHint }),
    ...(idTokenHint === undefined ? {} : { idTokenHint }),
    ...(uiLocales === undefined ? {} : { uiLocales }),
  };
}

function promptOf(parameters: Parameters): string[] {
  return (parameters.get('prompt') ?? '').split(' ').filter((value) => value !== '');
}

function refuse(error: string, description: string): OAuthRefusal {
  return { error, description };
}
