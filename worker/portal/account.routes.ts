import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { foldName } from '../accounts/account.ts';
import type { AppEnv } from '../http/app-env.ts';
import { auditEvent } from '../http/audit-event.ts';
import { parseBody } from '../http/body.ts';
import { deleteHostCookie } from '../http/cookies.ts';
import { problem } from '../http/problem.ts';
import type { Service } from '../http/service.ts';
import {
  bodies,
  email,
  factorName,
  type Freshness,
  freshness,
  password,
  runJudged,
  sealStopped,
} from '../interaction/public.ts';
import { wakeJobs } from '../jobs/run-jobs.ts';
import { LANGUAGES } from '../localization/language.ts';
import type { AuditEvent } from '../ports/redis.ts';
import { sessionKeyOf } from '../session/browser.ts';
import { SESSION_COOKIE } from '../session/session.ts';
import { endSession } from '../session/session.steps.ts';
import {
  type AccountSnapshot,
  changeProfile,
  describeFactor,
  endOneSession,
  endOtherSessions,
  readAccount,
  stopOwnReset,
} from './account.steps.ts';
import { answerAccount } from './account-view.ts';
import { exportOwnActivity } from './own-activity.ts';
import { confirmOwnFactor, resendOwnPendingCode, startOwnFactor } from './own-factors.ts';
import {
  changeOwnPassword,
  confirmAddress,
  makeOwnRecoveryCodes,
  removeSecondAddress,
  requestNewAddress,
} from './own-profile.ts';
import { disableOwnFactor, requestOwnCode, verifyOldNumber } from './own-proofs.ts';
import { refuseStep, type StepRefusal } from './refusals.ts';

const personName = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'Give a name.'),
  v.maxLength(100, 'Use at most 100 characters.'),
  v.regex(/^[^\p{C}]*$/u, 'Use letters, digits, spaces and punctuation.'),
);
const own = {
  profile: v.strictObject({
    name: v.optional(personName),
    language: v.optional(v.picklist(['', ...LANGUAGES])),
  }),
  password: v.strictObject({ current: password, password: v.pipe(v.string(), v.maxLength(4096)) }),
  email: v.strictObject({ email }),
  name: v.strictObject({ name: factorName }),
} as const;

/** Serves the account API, below `/api/account`. The caller mounts the CSRF check before it. */
export function accountRoutes(service: Service): Hono<AppEnv> {
  const { ports } = service;
  const post = <Schema extends v.GenericSchema>(
    schema: Schema,
    run: (c: Context<AppEnv>, body: v.InferOutput<Schema>, id: string) => Promise<Response>,
  ): ((c: Context<AppEnv>) => Promise<Response>) => {
    return async (c) => {
      const id = c.req.param('id') ?? '';
      // It goes into the audit trail and names records, so it must look like one of ours.
      if (!/^[A-Za-z0-9_-]{0,64}$/.test(id)) return problem('not_found');
      const parsed = await parseBody(c.req.raw, schema);
      return parsed.status === 'refused' ? parsed.response : run(c, parsed.body, id);
    };
  };
  return new Hono<AppEnv>()
    .get('/', async (c) => {
      const read = await ports.redis.run(
        readAccount,
        { session: await sessionKeyOf(c) },
        { now: c.var.request.now },
      );
      return read.status === 'ok' ? answerAccount(c, service, read) : refuseStep(read);
    })
    .get('/activity.csv', (c) => exportOwnActivity(c, service))
    .post(
      '/profile',
      post(own.profile, (c, body) =>
        answerChange(c, service, (session, fresh) =>
          runJudged(
            service,
            changeProfile,
            { session },
            { ...fresh, ...defined(body) },
            event(c, 'profile.change'),
          ),
        ),
      ),
    )
    .post(
      '/password',
      post(own.password, (c, body) => changeOwnPassword(c, service, body)),
    )
    .post(
      '/email',
      post(own.email, (c, body) => requestNewAddress(c, service, 'email', body.email)),
    )
    .post(
      '/email/confirm',
      post(bodies.code, (c, body) => confirmAddress(c, service, 'email', body.code)),
    )
    .post(
      '/notice-email',
      post(own.email, (c, body) => requestNewAddress(c, service, 'notice-email', body.email)),
    )
    .post(
      '/notice-email/confirm',
      post(bodies.code, (c, body) => confirmAddress(c, service, 'notice-email', body.code)),
    )
    .post(
      '/notice-email/remove',
      post(bodies.empty, (c) => removeSecondAddress(c, service)),
    )
    .post(
      '/enrollments',
      post(bodies.enrollment, (c, body) => startOwnFactor(c, service, body)),
    )
    .post(
      '/enrollments/code',
      post(bodies.channel, (c, body) => resendOwnPendingCode(c, service, body.channel ?? 'mail')),
    )
    .post(
      '/enrollments/confirm',
      post(bodies.confirm, (c, body) => confirmOwnFactor(c, service, body)),
    )
    .post(
      '/enrollments/:id/code',
      post(bodies.channel, (c, body, id) => requestOwnCode(c, service, id, body.channel ?? 'mail')),
    )
    .post(
      '/enrollments/:id/verify',
      post(bodies.code, (c, body, id) => verifyOldNumber(c, service, id, body.code)),
    )
    .post(
      '/enrollments/:id/disable',
      post(bodies.code, (c, body, id) => disableOwnFactor(c, service, id, body.code)),
    )
    .post(
      '/enrollments/:id/rename',
      post(own.name, (c, { name }, enrollmentId) =>
        answerChange(c, service, (session, fresh) =>
          runJudged(
            service,
            describeFactor,
            { session },
            { ...fresh, enrollmentId, name },
            event(c, 'factor.rename', { enrollmentId }),
          ),
        ),
      ),
    )
    .post(
      '/enrollments/:id/default',
      post(bodies.empty, (c, _body, enrollmentId) =>
        answerChange(c, service, (session, fresh) =>
          runJudged(
            service,
            describeFactor,
            { session },
            { ...fresh, enrollmentId, makeDefault: true },
            event(c, 'factor.default', { enrollmentId }),
          ),
        ),
      ),
    )
    .post(
      '/recovery-codes',
      post(bodies.empty, (c) => makeOwnRecoveryCodes(c, service)),
    )
    .post(
      '/sessions/end-others',
      post(bodies.empty, (c) =>
        answerChange(c, service, (session, fresh) =>
          runJudged(service, endOtherSessions, { session }, fresh, event(c, 'sessions.end_others')),
        ),
      ),
    )
    .post(
      '/sessions/:id/end',
      post(bodies.empty, (c, _body, sid) =>
        answerChange(c, service, (session, fresh) =>
          runJudged(service, endOneSession, { session }, { ...fresh, sid }, event(c, 'session.end', { sid })),
        ),
      ),
    )
    .post(
      '/reset/stop',
      post(bodies.empty, async (c) => {
        const message = await sealStopped(service, c.var.request);
        const answered = await answerChange(c, service, (session, fresh) =>
          runJudged(service, stopOwnReset, { session }, { ...fresh, message }, event(c, 'factor.reset_stop')),
        );
        wakeJobs(service);
        return answered;
      }),
    )
    .post(
      '/sign-out',
      post(bodies.empty, (c) => signOut(c, service)),
    );
}

/** Runs a change that needs a session as strong as policy demands and no more, one round trip, and answers with the account. */
async function answerChange(
  c: Context<AppEnv>,
  service: Service,
  change: (session: string, fresh: Freshness) => Promise<AccountSnapshot | StepRefusal>,
): Promise<Response> {
  const result = await change(await sessionKeyOf(c), freshness(service, c.var.request.now));
  return isSnapshot(result) ? answerAccount(c, service, result) : refuseStep(result);
}

function isSnapshot(result: AccountSnapshot | StepRefusal): result is AccountSnapshot {
  return result.status === 'ok';
}

function event(
  c: Context<AppEnv>,
  type: string,
  details: Readonly<Record<string, string>> = {},
): { readonly event: AuditEvent } {
  return { event: auditEvent(c.var.request, type, details) };
}

/** Without the fields that were left out. */
function defined(body: { readonly name?: string | undefined; readonly language?: string | undefined }): {
  readonly name?: string;
  readonly folded?: string;
  readonly language?: string;
} {
  const { name, language } = body;
  return {
    ...(name === undefined ? {} : { name, folded: foldName(name) }),
    ...(language === undefined ? {} : { language }),
  };
}

async function signOut(c: Context<AppEnv>, { ports }: Service): Promise<Response> {
  await ports.redis.run(
    endSession,
    { session: await sessionKeyOf(c) },
    { now: c.var.request.now },
    event(c, 'sign_out'),
  );
  deleteHostCookie(c, SESSION_COOKIE);
  return c.json({ continue: '/signed-out' });
}
