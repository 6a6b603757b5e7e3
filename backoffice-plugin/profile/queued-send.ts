import type { AccountView, SentCodeWire } from '../../worker/interaction/wire.ts';
import type { Task } from './account-task.ts';

/** Names what is on its way, so that two sends are told apart; undefined when nothing is. */
export function queuedSend(view: AccountView, task: Task): string | undefined {
  const pending = 'pending' in task ? task.pending : view.pending;
  const sent: readonly (SentCodeWire | undefined)[] = [
    pending && 'sent' in pending ? pending.sent : undefined,
    view.pendingEmail?.sent,
    view.pendingNoticeEmail?.sent,
    ...view.enrollments.map((each) => each.sent),
  ];
  const queued = sent.flatMap((each) => (each?.delivery === 'queued' ? [each] : []));
  if (queued.length === 0) return undefined;
  return queued.map(({ channel, reference, expiresAt }) => `${channel} ${reference} ${expiresAt}`).join(', ');
}
