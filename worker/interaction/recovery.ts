import { parseAccount } from '../accounts/account.ts';
import { limit, limitBySubject } from '../factors/limits.ts';
import { hashesOfRecoveryCode } from '../factors/recovery-code/recovery-codes.ts';
import { auditEvent } from '../http/audit-event.ts';
import { circumstancesOf, sealMessage, sealNotice } from '../jobs/message.ts';
import { wakeJobs } from '../jobs/run-jobs.ts';
import { key } from '../storage-keys.ts';
import { parseInteraction } from './interaction.ts';
import { enrollableKinds, waysOf } from './next-step.ts';
import { type Asked, asking, type Outcome, refusal, refuse, show } from './outcome.ts';
import { policyAt } from './policy-sources.ts';
import { askForHelp, recover, reserveRecovery } from './recovery.steps.ts';

const HELP_SECONDS = 86_400;

/**
 * Takes a recovery code in the place of a second factor: it opens one enrolment and raises nothing by itself (S39). Two
 * round trips: whose set it must be in is known after the first.
 */
export async function submitRecoveryCode(
  asked: Asked,
  code: string,
  named: readonly string[],
): Promise<Outcome> {
  const { service, request } = asked;
  const { ports, config } = service;
  const { now, addressGroup } = request;
  const interactionKey = { interaction: key.interaction(asked.id) };
  const reserved = await ports.redis.run(reserveRecovery, interactionKey, asking(asked), {
    limits: [limit('code-address', addressGroup), limitBySubject('recovery-account')],
    event: auditEvent(request, 'sign_in.recovery.try'),
  });
  if (reserved.status === 'throttled') return refuse('throttled', { retryAt: reserved.retryAt });
  if (reserved.status !== 'reserved') return refusal(asked, reserved);
  const interaction = parseInteraction(asked.id, reserved.interaction);
  const account = parseAccount(interaction.sub ?? '', reserved.account);
  const lost = [...new Set(named)].filter((id) => account.enrollments.has(id));
  if (lost.length === 0) {
    return refuse('invalid_body', {
      errors: [{ field: 'lost', message: 'Name at least one method of this account that you lost.' }],
    });
  }
  const kept = [...account.enrollments].filter(([id]) => !lost.includes(id)).map(([, kind]) => kind);
  const policy = policyAt(config, interaction.target, reserved.policies, now);
  const { accepted } = policy;
  const kinds = enrollableKinds(account, accepted, kept).filter(
    (kind) => kind !== 'email' || !kept.includes('email'),
  );
  if (kinds.length === 0) return refuse('factor_unusable');
  const recovered = await ports.redis.run(
    recover,
    interactionKey,
    {
      ...asking(asked),
      version: interaction.version,
      hashes: await hashesOfRecoveryCode(ports.vault, account.sub, code),
      lost,
      enrollmentKinds: kinds.join(','),
      phoneAlone: accepted.includes('phone') && !kinds.includes('phone') ? '1' : '0',
      enrollmentWays: JSON.stringify(waysOf(kinds, 'done', policy.sessions)),
      usedNotice: await sealNotice(service, request, 'recovery_used'),
      failedNotice: await sealNotice(service, request, 'second_factor_failed'),
    },
    { event: auditEvent(request, 'sign_in.recovery') },
  );
  switch (recovered.status) {
    case 'ok':
      wakeJobs(service);
      return show(asked, recovered);
    case 'wrong_code':
      return refuse('wrong_code', { triesLeft: reserved.triesLeft });
    default:
      return refusal(asked, recovered);
  }
}

/** "I can't use any of these": asks the administrators, and tells the member that they were asked. One round trip. */
export async function requestHelp(asked: Asked): Promise<Outcome> {
  const { service, request } = asked;
  const { config, ports } = service;
  const circumstances = circumstancesOf(request, config.serviceName);
  // Whom it is about is filled in by the step, which knows it.
  const content = {
    template: 'help',
    memberName: '',
    memberEmail: '',
    organizationName: '',
    circumstances,
  } as const;
  const answered = await ports.redis.run(
    askForHelp,
    { interaction: key.interaction(asked.id) },
    {
      ...asking(asked),
      address: request.address,
      message: await sealMessage(service, request, content, request.now + HELP_SECONDS),
      notice: await sealNotice(service, request, 'reset_requested'),
    },
    { limits: [limitBySubject('help-account')], event: auditEvent(request, 'help.request') },
  );
  if (answered.status === 'help_requested') return refuse('help_requested');
  if (answered.status !== 'ok') return refusal(asked, answered);
  wakeJobs(service);
  return show(asked, answered);
}
