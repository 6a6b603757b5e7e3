import { hashesOfAccessPass } from '../factors/access-pass.ts';
import { limit, limitBySubject } from '../factors/limits.ts';
import { auditEvent } from '../http/audit-event.ts';
import { sealNotice } from '../jobs/message.ts';
import { wakeJobs } from '../jobs/run-jobs.ts';
import { key } from '../storage-keys.ts';
import { type Asked, asking, type Outcome, refusal, refuse, show } from './outcome.ts';
import { takePass } from './pass.steps.ts';

/** Takes an access pass, which opens an enrolment (S48a). One round trip. */
export async function submitPass(asked: Asked, code: string): Promise<Outcome> {
  const { service, request } = asked;
  const { ports } = service;
  const taken = await ports.redis.run(
    takePass,
    { interaction: key.interaction(asked.id) },
    {
      ...asking(asked),
      macs: await hashesOfAccessPass(ports.vault, code),
      usedNotice: await sealNotice(service, request, 'pass_used'),
      failedNotice: await sealNotice(service, request, 'second_factor_failed'),
    },
    {
      limits: [limit('code-address', request.addressGroup), limitBySubject('pass-account')],
      event: auditEvent(request, 'sign_in.pass'),
    },
  );
  switch (taken.status) {
    case 'ok':
      wakeJobs(service);
      return show(asked, taken);
    case 'wrong_code':
      return refuse('wrong_code', { triesLeft: taken.triesLeft });
    case 'throttled':
      return refuse('throttled', { retryAt: taken.retryAt });
    case 'missing':
      return refuse('factor_unusable');
    default:
      return refusal(asked, taken);
  }
}
