// What becomes of a reset that an administrator asked for: it is carried out when its time has come, or the member stops it.
import type { RequestContext } from '../http/request-context.ts';
import type { Service } from '../http/service.ts';
import { type SealedMessage, sealMessage } from '../jobs/message.ts';
import { wakeJobs } from '../jobs/run-jobs.ts';
import type { EpochSeconds } from '../ports/clock.ts';
import { listOf, StoreUnavailable } from '../ports/redis.ts';
import { carryOutReset, readDueResets } from './factor-reset.steps.ts';

/** Resets that one run of the clock carries out. */
const MOST_A_RUN = 20;
const MESSAGE_SECONDS = 86_400;

/** Carries a reset out if it is due. One round trip. */
export async function carryOut(
  service: Service,
  id: string,
  now: EpochSeconds,
  requestId: string,
): Promise<void> {
  const event = { type: 'factor.reset', at: now, requestId, reset: id };
  const carried = await service.ports.redis.run(carryOutReset, {}, { now, id }, { event });
  if (carried.status === 'done') wakeJobs(service);
}

/** Carries out what is due, as the platform's clock asks for it. Never throws: what was not carried out stays due. */
export async function carryOutDueResets(service: Service): Promise<void> {
  const { redis, clock, audit } = service.ports;
  const now = clock.now();
  try {
    const due = await redis.run(readDueResets, {}, { now, most: MOST_A_RUN });
    for (const id of listOf(due.ids)) await carryOut(service, id, now, 'resets');
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    audit.fault({ requestId: 'resets', name: error.name, message: error.message });
  }
}

/** Prepares what the administrators are told when a member stops a reset. Whom it is about is filled in by the step. */
export function sealStopped(service: Service, request: RequestContext): Promise<SealedMessage> {
  const content = {
    template: 'reset_stopped',
    memberName: '',
    memberEmail: '',
    organizationName: '',
    at: request.now,
  } as const;
  return sealMessage(service, request, content, request.now + MESSAGE_SECONDS);
}
