import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { hashAccessPass, makeAccessPass, PASS_MINUTES } from '../factors/access-pass.ts';
import { auditEvent } from '../http/audit-event.ts';
import { parseBody } from '../http/body.ts';
import type { Service } from '../http/service.ts';
import { bodies } from '../interaction/public.ts';
import type { NewAccessPassWire } from '../interaction/wire.ts';
import { sealMessage } from '../jobs/message.ts';
import { wakeJobs } from '../jobs/run-jobs.ts';
import { key } from '../storage-keys.ts';
import { act, type AdminEnv, idIn } from './acting.ts';
import { passWire, refuseHelp, showMember } from './help-desk.ts';
import { readHelpable } from './help-desk.steps.ts';
import { approvePass, issuePass, revokePass } from './passes.steps.ts';

const NOTICE_SECONDS = 86_400;
const { least, most, usual } = PASS_MINUTES;
const NOT_MINUTES = `Send whole minutes, ${least} to ${most}.`;

const passBody = v.strictObject({
  minutes: v.optional(
    v.pipe(
      v.number(NOT_MINUTES),
      v.integer(NOT_MINUTES),
      v.minValue(least, NOT_MINUTES),
      v.maxValue(most, NOT_MINUTES),
    ),
    usual,
  ),
});

/** Serves access passes (S48a). */
export function passesRoutes(service: Service): Hono<AdminEnv> {
  const change =
    (step: typeof approvePass | typeof revokePass, type: string) =>
    async (c: Context<AdminEnv>): Promise<Response> => {
      const parsed = await parseBody(c.req.raw, bodies.empty);
      if (parsed.status === 'refused') return parsed.response;
      const sub = idIn(c, 'sub');
      const changed = await act(
        c,
        service,
        step,
        { pass: key.accessPass(sub) },
        { sub },
        { fresh: true, event: auditEvent(c.var.request, type) },
      );
      if (changed instanceof Response) return changed;
      return changed.status === 'ok' ? showMember(c, service) : refuseHelp(changed);
    };
  return new Hono<AdminEnv>()
    .post('/members/:sub/pass', async (c) => {
      const parsed = await parseBody(c.req.raw, passBody);
      return parsed.status === 'refused' ? parsed.response : issue(c, service, parsed.body.minutes);
    })
    .post('/members/:sub/pass/approve', change(approvePass, 'admin.pass.approve'))
    .post('/members/:sub/pass/revoke', change(revokePass, 'admin.pass.revoke'));
}

/** Issues a pass. Its code is in this one answer and never again. Two round trips. */
async function issue(c: Context<AdminEnv>, service: Service, minutes: number): Promise<Response> {
  const { ports } = service;
  const { request } = c.var;
  const sub = idIn(c, 'sub');
  const helpable = await act(c, service, readHelpable, {}, { sub }, { fresh: true });
  if (helpable instanceof Response) return helpable;
  if (helpable.status !== 'ok') return refuseHelp(helpable);
  const { by, organizationName, approvalsNeeded, leastDelay } = helpable;
  const code = makeAccessPass(ports.random);
  const message = await sealMessage(
    service,
    request,
    {
      template: 'pass_issued',
      by,
      organizationName,
      at: request.now,
      minutes,
      notBefore: request.now + leastDelay,
      waits: approvalsNeeded > 0,
    },
    request.now + NOTICE_SECONDS,
  );
  const issued = await act(
    c,
    service,
    issuePass,
    { pass: key.accessPass(sub) },
    { sub, mac: await hashAccessPass(ports.vault, code), minutes, approvalsNeeded, leastDelay, message },
    { fresh: true, event: auditEvent(request, 'admin.pass.issue', { minutes: String(minutes) }) },
  );
  if (issued instanceof Response) return issued;
  if (issued.status !== 'ok') return refuseHelp(issued);
  wakeJobs(service);
  const answer: NewAccessPassWire = { code, pass: passWire(issued.pass) };
  return c.json(answer);
}
