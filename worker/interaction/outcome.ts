import type { Service } from '../http/service.ts';
import type { RequestContext } from '../http/request-context.ts';
import { key } from '../storage-keys.ts';
import type { Asking, Refused, Snapshot } from './interaction.steps.ts';
import { readInteraction } from './interaction.steps.ts';
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

/** Draws a snapshot. */
export function show(asked: Asked, snapshot: Snapshot, sessionSecret?: string): Outcome {
  const view = viewOf(asked.id, snapshot, asked.service.config.policy);
  return { kind: 'view', view, ...(sessionSecret ? { sessionSecret } : {}) };
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
  return refuse('wrong_step', { view: viewOf(asked.id, now, asked.service.config.policy) });
}

/** The journey is over: expired, spent, locked, or of another browser; which one is not told. */
export function ended(detail?: string, retryAt?: number): Outcome {
  return refuse('interaction_ended', {
    continue: '/account',
    ...(detail ? { detail } : {}),
    ...(retryAt ? { retryAt } : {}),
  });
}
