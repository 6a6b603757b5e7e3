import { sendLimits } from '../factors/limits.ts';
import { auditEvent } from '../http/audit-event.ts';
import { wakeJobs } from '../jobs/run-jobs.ts';
import { beginSession } from '../session/session.ts';
import { key } from '../storage-keys.ts';
import { setUpNow, snooze } from './grace.steps.ts';
import { type Asked, asking, type Outcome, refusal, refuse, show } from './outcome.ts';
import { makeSentCode } from './sent-code.ts';

/** Puts off what is demanded soon. One round trip. */
export async function putOff(asked: Asked): Promise<Outcome> {
  const { service, request } = asked;
  const session = await beginSession(service.ports.random, request);
  const done = await service.ports.redis.run(
    snooze,
    {
      interaction: key.interaction(asked.id),
      session: key.session(session.secretHash),
      previous: asked.previousSession,
    },
    { ...asking(asked), session: session.record },
    { event: auditEvent(request, 'sign_in.snooze') },
  );
  if (done.status === 'ok') return show(asked, done, { sessionSecret: session.secret });
  // In another sign-in the last one was used, or the date has come: from the beginning it is not offered any more.
  if (done.status === 'none_left') return refuse('interaction_ended', { continue: '/account' });
  return refusal(asked, done);
}

/** Goes on to set up what is demanded soon. One round trip. */
export async function setUpInstead(asked: Asked): Promise<Outcome> {
  const { service, request } = asked;
  const code = await makeSentCode(service, request, { owner: asked.id, purpose: 'mailbox', channel: 'mail' });
  const moved = await service.ports.redis.run(
    setUpNow,
    { interaction: key.interaction(asked.id) },
    { ...asking(asked), code },
    { limits: sendLimits(), event: auditEvent(request, 'sign_in.grace.start') },
  );
  if (moved.status !== 'ok') return refusal(asked, moved);
  wakeJobs(service);
  return show(asked, moved);
}
