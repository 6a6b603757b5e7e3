import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { parseEmail } from '../accounts/account.ts';
import { FACTOR_KINDS } from '../assurance/policy.ts';
import type { AppEnv } from '../http/app-env.ts';
import { parseBody } from '../http/body.ts';
import { readCookie, setHostCookie } from '../http/cookies.ts';
import { problem } from '../http/problem.ts';
import type { Service } from '../http/service.ts';
import { sessionKeyOf } from '../session/browser.ts';
import { BROWSER_COOKIE, hashSecret, SESSION_COOKIE } from '../session/session.ts';
import { readView, requestAddressCode, submitAddressCode } from './address.ts';
import { submitPassword } from './first-factor.ts';
import { cancelJourney, restartJourney, submitEmail } from './journey.ts';
import type { Asked, Outcome } from './outcome.ts';
import { confirmFactor, startFactor, submitChallenge } from './second-factor.ts';

const email = v.pipe(
  v.string(),
  v.maxLength(254),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const parsed = parseEmail(dataset.value);
    if (parsed !== undefined) return parsed;
    addIssue({ message: 'Type an email address, such as name@example.com.' });
    return NEVER;
  }),
);
// Spaces are how people group digits; letters stay, so that the answer is "wrong code" and not a lecture on shape.
const oneTimeCode = v.pipe(
  v.string(),
  v.transform((text) => text.replace(/[\s-]/g, '')),
  v.minLength(1, 'Type the code.'),
  v.maxLength(64, 'That is too long for a code.'),
);
const identifier = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'This is not an id.'));
const factorName = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'Give it a name.'),
  v.maxLength(60, 'Use at most 60 characters.'),
  v.regex(/^[^\p{C}]*$/u, 'Use letters, digits, spaces and punctuation.'),
);

/** Bodies of the interaction API, and of the account API where it asks for the same. Unknown fields are refused (S74). */
export const bodies = {
  empty: v.strictObject({}),
  identify: v.strictObject({ email }),
  password: v.strictObject({
    password: v.pipe(v.string(), v.minLength(1, 'Type your password.'), v.maxLength(4096)),
  }),
  code: v.strictObject({ code: oneTimeCode }),
  enrollment: v.strictObject({ kind: v.picklist(FACTOR_KINDS), renew: v.optional(v.boolean(), false) }),
  confirm: v.strictObject({ enrollmentId: identifier, code: oneTimeCode, name: factorName }),
  challenge: v.strictObject({ enrollmentId: identifier, code: oneTimeCode }),
} as const;

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
      step(bodies.enrollment, (asked, body) => startFactor(asked, body.kind, body.renew)),
    )
    .post(
      '/:id/enrollment/confirm',
      step(bodies.confirm, (asked, body) => confirmFactor(asked, body.enrollmentId, body.code, body.name)),
    )
    .post(
      '/:id/challenge',
      step(bodies.challenge, (asked, body) => submitChallenge(asked, body.enrollmentId, body.code)),
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
  if (outcome.sessionSecret !== undefined) setHostCookie(c, SESSION_COOKIE, outcome.sessionSecret);
  return c.json(outcome.view);
}
