// Who acts in the administration: a browser with the session of an administrator, or an operator with a token. The routes are
// the same for both; what one may do is checked in the step itself.
import type { Context } from 'hono';
import type { AppEnv } from '../http/app-env.ts';
import { problem } from '../http/problem.ts';
import type { Service } from '../http/service.ts';
import { freshness, runJudged } from '../interaction/public.ts';
import type { RunOptions, Step, StepResult } from '../ports/redis.ts';
import { sessionKeyOf } from '../session/browser.ts';
import type { Acting, NotActing } from './administration.lua.ts';

export interface AdminEnv {
  Variables: AppEnv['Variables'] & {
    /** The id of the operator's key; absent for a browser. */
    operator?: string;
  };
}

const ID = /^[A-Za-z0-9_.~-]{1,64}$/;

/** Gives a path's part that names something; '' for what can't be one of our ids, which names nothing. */
export function idIn(c: Context<AdminEnv>, name: string): string {
  const id = c.req.param(name) ?? '';
  return ID.test(id) ? id : '';
}

/** Gives what a step is told of who acts. `fresh`: a browser's sign-in must be young and strong (S42). */
export function actingIn(c: Context<AdminEnv>, service: Service, fresh: boolean): Acting {
  const operator = c.get('operator');
  return {
    ...freshness(service, c.var.request.now),
    organization: idIn(c, 'organization'),
    fresh,
    ...(operator === undefined ? {} : { operator }),
  };
}

/**
 * Runs a step of the administration with who acts. One round trip. Gives its result, or the answer where who asks may not
 * act: then nothing was done.
 */
export async function act<Key extends string, Args extends object, Result extends StepResult>(
  c: Context<AdminEnv>,
  service: Service,
  step: Step<Key | 'session', Args & Acting, Result | NotActing>,
  keys: Readonly<Record<Exclude<Key, 'session'>, string>>,
  args: Args,
  options: RunOptions & { readonly fresh: boolean },
): Promise<Exclude<Result, NotActing> | Response> {
  const { fresh, ...runOptions } = options;
  const session = await sessionKeyOf(c);
  const result = await runJudged<Key | 'session', Args & Acting, Result | NotActing>(
    service,
    step,
    { ...keys, session } as Readonly<Record<Key | 'session', string>>,
    { ...args, ...actingIn(c, service, fresh) },
    runOptions,
  );
  switch (result.status) {
    case 'none':
      return problem('login_required', { continue: '/admin' });
    case 'stale':
      return problem('fresh_authentication_required', { continue: '/admin/verify' });
    case 'unknown':
      return problem('not_found');
    case 'unjudged':
      return problem('busy');
    default:
      return result as Exclude<Result, NotActing>;
  }
}
