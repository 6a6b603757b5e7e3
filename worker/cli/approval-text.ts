// Resets and passes wait for other administrators: how far they are, in words.
import type { Pass, Reset } from './shapes.ts';
import { moment } from './text.ts';

/** Says what is to be reset, why, by whom, and what it waits for. */
export function resetLine(reset: Reset): string {
  const what = reset.factorName === undefined ? 'all factors' : `the factor "${reset.factorName}"`;
  return `${what}, asked for by ${reset.by} at ${moment(reset.at)}: ${reset.reason}. ${awaited(reset, 'is carried out')}`;
}

/** Says who issued it, how long it is good and what it waits for. */
export function passLine(pass: Pass): string {
  const used = pass.usedAt === undefined ? '' : ` It was used at ${moment(pass.usedAt)}.`;
  const until = `issued by ${pass.by} at ${moment(pass.at)}, good until ${moment(pass.expiresAt)}.`;
  return `${until} ${awaited(pass, 'is good')}${used}`.trimEnd();
}

function awaited(
  { approvalsNeeded, approvals, notBefore }: Pick<Reset, 'approvalsNeeded' | 'approvals' | 'notBefore'>,
  what: string,
): string {
  const missing = approvalsNeeded - approvals.length;
  if (missing <= 0) return `It ${what} from ${moment(notBefore)} on.`;
  const who = missing === 1 ? 'one more administrator has' : `${missing} more administrators have`;
  return `Before it ${what}, ${who} to approve it.`;
}
