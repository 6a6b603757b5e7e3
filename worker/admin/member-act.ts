// How an act on a member is asked for and answered: the same for all of them.
import type { Context } from 'hono';
import type * as v from 'valibot';
import { auditEvent } from '../http/audit-event.ts';
import { parseBody } from '../http/body.ts';
import { problem } from '../http/problem.ts';
import type { Service } from '../http/service.ts';
import { type SealedMessage, sealNotice } from '../jobs/message.ts';
import { wakeJobs } from '../jobs/run-jobs.ts';
import type { NoticeKind } from '../messages/content.ts';
import type { Step } from '../ports/redis.ts';
import { act, type AdminEnv, idIn } from './acting.ts';
import type { Acting, NotActing } from './administration.lua.ts';
import { answerMember } from './help-desk.ts';
import type { MemberRefused } from './member-acts.steps.ts';
import type { MemberSnapshot } from './members.steps.ts';

type MemberStep<Args extends object> = Step<
  'session',
  { readonly sub: string } & Args & Acting,
  MemberSnapshot | MemberRefused | NotActing
>;

/** What a step is told beside who acts and on whom, and what its event says. */
export interface ActContent<Args> {
  readonly args: Args;
  readonly details?: Readonly<Record<string, string>>;
}

/** Makes the route of an act that is answered with the member. Two round trips: the act is one. */
export function memberAct<Schema extends v.GenericSchema, Args extends object>(
  service: Service,
  schema: Schema,
  step: MemberStep<Args>,
  name: string,
  contentOf: (
    c: Context<AdminEnv>,
    body: v.InferOutput<Schema>,
  ) => ActContent<Args> | Promise<ActContent<Args>>,
  fresh = true,
): (c: Context<AdminEnv>) => Promise<Response> {
  return async (c) => {
    const parsed = await parseBody(c.req.raw, schema);
    if (parsed.status === 'refused') return parsed.response;
    return actOnMember(c, service, step, name, await contentOf(c, parsed.body), fresh);
  };
}

/** Carries an act out, with an event, and answers with the member as they are now. */
export async function actOnMember<Args extends object>(
  c: Context<AdminEnv>,
  service: Service,
  step: MemberStep<Args>,
  name: string,
  { args, details }: ActContent<Args>,
  fresh = true,
): Promise<Response> {
  const { request } = c.var;
  const done = await act(
    c,
    service,
    step,
    {},
    { ...args, sub: idIn(c, 'sub') },
    { fresh, event: auditEvent(request, `admin.member.${name}`, details) },
  );
  if (done instanceof Response) return done;
  if (done.status !== 'ok') return refuseMember(done);
  wakeJobs(service);
  return answerMember(c, service, done);
}

/** Prepares what the member is told. */
export function noticeOf(c: Context<AdminEnv>, service: Service, kind: NoticeKind): Promise<SealedMessage> {
  return sealNotice(service, c.var.request, kind);
}

const REASONS: Readonly<Record<MemberRefused['status'], string>> = {
  self: 'Nobody may do this to themself. Ask another administrator.',
  not_allowed: 'Only an owner may do this.',
  not_home: 'Only the organisation that this member is at home in may do this.',
  invited: 'They have not accepted the invitation yet. Send it again, or revoke it.',
  last_owner: 'They are the last owner. Make somebody else an owner first.',
  wrong_state: 'It is so already. Load the page again.',
  unmet:
    'What your organisation demands does not accept this kind. Change its policy first, or choose another kind.',
};

/** Answers why an act was refused. */
export function refuseMember({ status }: MemberRefused): Response {
  const isState =
    status === 'invited' || status === 'last_owner' || status === 'wrong_state' || status === 'unmet';
  return problem(isState ? 'wrong_step' : 'not_allowed', { detail: REASONS[status] });
}
