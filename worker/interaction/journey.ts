// The steps without a proof: begin, identify, restart, cancel, and taking the result.
import { base64url } from 'jose';
import { limit, limitBySubject, LIMITS } from '../factors/limits.ts';
import { auditEvent } from '../http/audit-event.ts';
import { chooseLanguage } from '../localization/language.ts';
import type { RequestContext } from '../http/request-context.ts';
import type { Service } from '../http/service.ts';
import { key } from '../storage-keys.ts';
import { type DeniedReason, INTERACTION_SECONDS, type Target } from './interaction.ts';
import { beginInteraction, cancel, forgotPassword, identify, restart } from './interaction.steps.ts';
import { circumstancesOf, sealMessage } from '../jobs/message.ts';
import { wakeJobs } from '../jobs/run-jobs.ts';
import { hashSecret, makeSecret } from '../session/session.ts';
import { type Asked, asking, type Outcome, refusal, refuse, show } from './outcome.ts';

/** What is known when a journey begins. */
export interface Beginning {
  readonly target: Target;
  /** Hash of the browser's secret. */
  readonly browser: string;
  readonly loginHint?: string;
  /** Languages that the relying party asks for; before what the browser asks for. */
  readonly uiLocales?: string;
  /** An account that is signed in but may not go on. */
  readonly denied?: { readonly sub: string; readonly email: string; readonly reason: DeniedReason };
}

export type Begun =
  | { readonly status: 'ok'; readonly path: string }
  | { readonly status: 'throttled'; readonly retryAt: number };

/** Begins a journey and gives the path of its page. One round trip. */
export async function begin(service: Service, request: RequestContext, beginning: Beginning): Promise<Begun> {
  const { redis, random } = service.ports;
  const id = base64url.encode(random.bytes(16));
  const { target, browser, loginHint, uiLocales, denied } = beginning;
  const language = chooseLanguage(uiLocales, request.language);
  const result = await redis.run(
    beginInteraction,
    { interaction: key.interaction(id) },
    {
      now: request.now,
      ttlSeconds: INTERACTION_SECONDS,
      fields: {
        browser,
        step: denied ? 'denied' : 'identify',
        version: '1',
        target: JSON.stringify(target),
        expiresAt: String(request.now + INTERACTION_SECONDS),
        language,
        ...(loginHint ? { loginHint } : {}),
        ...(denied ? { sub: denied.sub, email: denied.email, denied: denied.reason } : {}),
      },
    },
    {
      limits: [limit('interaction-address', request.addressGroup)],
      event: auditEvent(request, 'sign_in.begin', { clientId: target.clientId }),
    },
  );
  return result.status === 'ok'
    ? { status: 'ok', path: `/interaction/${id}${language === request.language ? '' : `?lang=${language}`}` }
    : result;
}

/** Notes the address of who wants to sign in. One round trip; the answer is the same for any address (S19). */
export async function submitEmail(asked: Asked, email: string): Promise<Outcome> {
  const result = await asked.service.ports.redis.run(
    identify,
    { interaction: key.interaction(asked.id) },
    { ...asking(asked), email },
  );
  return result.status === 'ok' ? show(asked, result) : refusal(asked, result);
}

/**
 * Seconds that a link for a forgotten password is good for: as long as the period in which only so many are sent, or whoever
 * asks for all of them could leave the owner without one.
 */
const RESET_SECONDS = LIMITS['reset-destination'].seconds;

/**
 * Mails a link for a new password, if the address names an account. One round trip; status, body and time are the same
 * for any address (S07, S19).
 */
export async function requestPasswordReset(asked: Asked): Promise<Outcome> {
  const { service, request } = asked;
  const { ports, config } = service;
  const { now, addressGroup } = request;
  const token = makeSecret(ports.random);
  const hash = await hashSecret(token);
  const message = await sealMessage(
    service,
    request,
    {
      template: 'password_reset',
      path: `/reset#${token}`,
      minutes: RESET_SECONDS / 60,
      circumstances: circumstancesOf(request, config.serviceName),
    },
    now + RESET_SECONDS,
  );
  const result = await ports.redis.run(
    forgotPassword,
    { interaction: key.interaction(asked.id), reset: key.reset(hash) },
    { ...asking(asked), hash, expiresAt: now + RESET_SECONDS, message },
    {
      limits: [
        limit('reset-address', addressGroup),
        limitBySubject('reset-destination'),
        limit('reset-all', 'all'),
      ],
      event: auditEvent(request, 'password.reset_requested'),
    },
  );
  if (result.status === 'throttled') return refuse('throttled', { retryAt: result.retryAt });
  if (result.status !== 'ok') return refusal(asked, result);
  wakeJobs(service);
  return show(asked, result);
}

/** Forgets who it was: "use another account". One round trip. */
export async function restartJourney(asked: Asked): Promise<Outcome> {
  const result = await asked.service.ports.redis.run(
    restart,
    { interaction: key.interaction(asked.id), pending: key.pendingEnrollment(asked.id) },
    asking(asked),
  );
  return result.status === 'ok' ? show(asked, result) : refusal(asked, result);
}

/** Goes back to the site without a sign-in. One round trip. */
export async function cancelJourney(asked: Asked): Promise<Outcome> {
  const result = await asked.service.ports.redis.run(
    cancel,
    { interaction: key.interaction(asked.id), pending: key.pendingEnrollment(asked.id) },
    asking(asked),
    { event: auditEvent(asked.request, 'sign_in.cancel') },
  );
  return result.status === 'ok' ? show(asked, result) : refusal(asked, result);
}
