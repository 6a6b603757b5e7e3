import type { Service } from '../http/service.ts';
import type { RequestContext } from '../http/request-context.ts';
import { key } from '../storage-keys.ts';
import type { Asking, Refused, Snapshot } from './interaction.steps.ts';
import { readInteraction } from './interaction.steps.ts';
import { presentPending, presentSent } from './pending.ts';
import { viewOf } from './view.ts';
import type { InteractionView, Problem, ProblemCode } from './wire.ts';

/** One request to an interaction: which one, from which browser, with which session before it. */
export interface Asked {
  readonly service: Service;
  readonly request: RequestContext;
  readonly id: string;
  /** Hash of the browser's secret; '' when it sent none. */
  readonly browser: string;
  /** Key of the session that this browser had, to be ended when a new one begins. */
  readonly previousSession: string;
}

export type ProblemExtras = Omit<Partial<Problem>, 'code' | 'status' | 'type' | 'title'>;

/** What a request to an interaction came to. `sessionSecret` is the new session's cookie. */
export type Outcome =
  | { readonly kind: 'view'; readonly view: InteractionView; readonly sessionSecret?: string }
  | { readonly kind: 'problem'; readonly code: ProblemCode; readonly extras: ProblemExtras };

/** Makes a problem. */
export function refuse(code: ProblemCode, extras: ProblemExtras = {}): Outcome {
  return { kind: 'problem', code, extras };
}

/** Gives who asks, as the steps want it. */
export function asking(asked: Asked): Asking {
  return { browser: asked.browser, now: asked.request.now };
}

/** What an answer holds beside the snapshot. */
export interface Shown {
  /** Given out only when the session has begun. */
  readonly sessionSecret?: string;
  /** A new set, shown this once (S38). */
  readonly recoveryCodes?: readonly string[];
  /** Present the secret of a pending app: it was just asked for. */
  readonly presentSecret?: boolean;
}

const WITH_SESSION: ReadonlySet<string> = new Set(['done', 'recovery_codes']);

/** Draws a snapshot. */
export async function show(asked: Asked, snapshot: Snapshot, shown: Shown = {}): Promise<Outcome> {
  const { sessionSecret } = shown;
  const drawn = await draw(asked, snapshot, shown);
  if (drawn === undefined) return refuse('pending_enrollment_gone');
  const begun = sessionSecret !== undefined && WITH_SESSION.has(drawn.step);
  return { kind: 'view', view: drawn, ...(begun ? { sessionSecret } : {}) };
}

async function draw(asked: Asked, snapshot: Snapshot, shown: Shown): Promise<InteractionView | undefined> {
  const { service, request } = asked;
  const { pending } = snapshot;
  const context = {
    service,
    request,
    id: asked.id,
    ...(shown.recoveryCodes ? { codes: shown.recoveryCodes } : {}),
  };
  if (!pending) return viewOf(context, snapshot);
  if (pending['kind'] !== 'totp') {
    const owner = { sub: pending['sub'] ?? '', email: snapshot.interaction['email'] ?? '' };
    const sent = await presentSent(service, owner, pending, snapshot.pendingSent, snapshot.pendingResendAt);
    return viewOf({ ...context, ...(sent ? { pending: sent } : {}) }, snapshot);
  }
  if (shown.presentSecret !== true) return viewOf(context, snapshot);
  const owner = { sub: pending['sub'] ?? '', email: snapshot.interaction['email'] ?? '' };
  const secret = await presentPending(service, owner, pending);
  return secret && viewOf({ ...context, pending: secret }, snapshot);
}

/**
 * Maps what any step may refuse. A request for another step gets the step where the interaction really is, so that a
 * second tab or the back button finds its way (S69).
 */
export async function refusal(asked: Asked, refused: Refused): Promise<Outcome> {
  if (refused.status === 'ended') return ended();
  const now = await asked.service.ports.redis.run(
    readInteraction,
    { interaction: key.interaction(asked.id) },
    asking(asked),
  );
  if (now.status !== 'ok') return ended();
  const view = await draw(asked, now, {});
  return refuse('wrong_step', view ? { view } : {});
}

/** The journey is over: expired, spent, locked, or of another browser; which one is not told. */
export function ended(detail?: string, retryAt?: number): Outcome {
  return refuse('interaction_ended', {
    continue: '/account',
    ...(detail ? { detail } : {}),
    ...(retryAt ? { retryAt } : {}),
  });
}
