// What waits for somebody to agree, or for its time, in words.

import type { AccessPassWire, FactorResetWire } from '../../worker/interaction/wire.ts';
import { moment, plural, text } from '../localization/localize-administration.ts';

/** Says what a reset is of. */
export function resetWhat({ factorName }: Pick<FactorResetWire, 'factorName'>): string {
  return factorName === undefined
    ? text('admin.reset.what.all')
    : text('admin.reset.what.one', { name: factorName });
}

/** Says how things stand with a reset: who has to agree still, or when it happens. */
export function resetState(reset: FactorResetWire, now: number): string {
  return `${resetWhat(reset)} ${when(reset, now)}`;
}

function when(
  {
    approvalsNeeded,
    approvals,
    notBefore,
  }: Pick<FactorResetWire, 'approvalsNeeded' | 'approvals' | 'notBefore'>,
  now: number,
): string {
  const missing = approvalsNeeded - approvals.length;
  if (missing > 0) return plural('admin.pending.missing', missing);
  return notBefore > now
    ? text('admin.pending.at', { moment: moment(notBefore) })
    : text('admin.pending.now');
}

/** Says how things stand with a pass. */
export function passState(pass: AccessPassWire, now: number): string {
  const until = moment(pass.expiresAt);
  if (pass.usedAt !== undefined) return text('admin.pass.used', { moment: moment(pass.usedAt), until });
  const missing = pass.approvalsNeeded - pass.approvals.length;
  if (missing > 0) return `${text('admin.pass.waiting')} ${plural('admin.pending.missing', missing)}`;
  if (pass.notBefore > now) return text('admin.pass.later', { moment: moment(pass.notBefore), until });
  return text('admin.pass.state', { until });
}
