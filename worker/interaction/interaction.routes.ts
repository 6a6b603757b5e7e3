import { type Context, Hono } from 'hono';
import type * as v from 'valibot';
import type { AppEnv } from '../http/app-env.ts';
import { parseBody } from '../http/body.ts';
import { readCookie, setHostCookie } from '../http/cookies.ts';
import { problem } from '../http/problem.ts';
import type { Service } from '../http/service.ts';
import { keepBrowser, sessionKeyOf } from '../session/browser.ts';
import { BROWSER_COOKIE, hashSecret, SESSION_COOKIE } from '../session/session.ts';
import { readView, requestAddressCode, submitAddressCode } from './address.ts';
import { bodies } from './bodies.ts';
import { requestChallengeCode, submitChallenge } from './challenge.ts';
import {
  confirmFactor,
  remakeRecoveryCodes,
  resendPendingCode,
  saveRecoveryCodes,
  startFactor,
} from './enrollment.ts';
import { submitPassword } from './first-factor.ts';
import { putOff, setUpInstead } from './grace.ts';
import { cancelJourney, requestPasswordReset, restartJourney, submitEmail } from './journey.ts';
import type { Asked, Outcome } from './outcome.ts';
import { submitPass } from './pass.ts';
import { requestHelp, submitRecoveryCode } from './recovery.ts';

/** Serves the interaction API, below `/api/interactions`. The caller mounts the CSRF check before it. */
export function interactionRoutes(service: Service): Hono<AppEnv> {
  const step = <Schema extends v.GenericSchema>(
    schema: Schema,
    run: (asked: Asked, body: v.InferOutput<Schema>) => Promise<Outcome>,
  ): ((c: Context<AppEnv>) => Promise<Response>) => {
    return async (c) => {
      const parsed = await parseBody(c.req.raw, schema);
      if (parsed.status === 'refused') return parsed.response;
      return answer(c, await run(await askedOf(c, service), parsed.body));
    };
  };
  return new Hono<AppEnv>()
    .get('/:id', async (c) => answer(c, await readView(await askedOf(c, service))))
    .post(
      '/:id/identify',
      step(bodies.identify, (asked, body) => submitEmail(asked, body.email)),
    )
    .post(
      '/:id/password',
      step(bodies.password, (asked, body) => submitPassword(asked, body.password)),
    )
    .post(
      '/:id/address-code',
      step(bodies.empty, (asked) => requestAddressCode(asked)),
    )
    .post(
      '/:id/address',
      step(bodies.code, (asked, body) => submitAddressCode(asked, body.code)),
    )
    .post(
      '/:id/enrollment',
      step(bodies.enrollment, (asked, body) => startFactor(asked, body)),
    )
    .post(
      '/:id/enrollment/confirm',
      step(bodies.confirm, (asked, body) => confirmFactor(asked, body.enrollmentId, body.code, body.name)),
    )
    .post(
      '/:id/enrollment/code',
      step(bodies.channel, (asked, body) => resendPendingCode(asked, body.channel ?? 'mail')),
    )
    .post(
      '/:id/recovery-codes',
      step(bodies.empty, (asked) => saveRecoveryCodes(asked)),
    )
    .post(
      '/:id/recovery-codes/renew',
      step(bodies.empty, (asked) => remakeRecoveryCodes(asked)),
    )
    .post(
      '/:id/forgot-password',
      step(bodies.empty, (asked) => requestPasswordReset(asked)),
    )
    .post(
      '/:id/recovery',
      step(bodies.recovery, (asked, body) => submitRecoveryCode(asked, body.code, body.lost)),
    )
    .post(
      '/:id/pass',
      step(bodies.pass, (asked, body) => submitPass(asked, body.code)),
    )
    .post(
      '/:id/help',
      step(bodies.empty, (asked) => requestHelp(asked)),
    )
    .post(
      '/:id/challenge/code',
      step(bodies.challengeCode, (asked, body) =>
        requestChallengeCode(asked, body.enrollmentId, body.channel ?? 'mail'),
      ),
    )
    .post(
      '/:id/challenge',
      step(bodies.challenge, (asked, body) => submitChallenge(asked, body.enrollmentId, body.code)),
    )
    .post(
      '/:id/grace/set-up',
      step(bodies.empty, (asked) => setUpInstead(asked)),
    )
    .post(
      '/:id/grace/snooze',
      step(bodies.empty, (asked) => putOff(asked)),
    )
    .post(
      '/:id/restart',
      step(bodies.empty, (asked) => restartJourney(asked)),
    )
    .post(
      '/:id/cancel',
      step(bodies.empty, (asked) => cancelJourney(asked)),
    );
}

async function askedOf(c: Context<AppEnv>, service: Service): Promise<Asked> {
  const secret = readCookie(c, BROWSER_COOKIE);
  return {
    service,
    request: c.var.request,
    id: c.req.param('id') ?? '',
    browser: secret === undefined ? '' : await hashSecret(secret),
    previousSession: await sessionKeyOf(c),
  };
}

function answer(c: Context<AppEnv>, outcome: Outcome): Response {
  if (outcome.kind === 'problem') return problem(outcome.code, outcome.extras);
  if (outcome.sessionSecret !== undefined) {
    setHostCookie(c, SESSION_COOKIE, outcome.sessionSecret);
    keepBrowser(c);
  }
  return c.json(outcome.view);
}
