// How things stand with a factor, in words.

import type { EnrollmentWire } from '../../worker/interaction/wire.ts';
import { unusableText } from '../elements/unusable-text.ts';
import { moment, text } from '../localization/localize.ts';

/** Says what a factor is and where its codes go, as far as its name doesn't say so. */
export function kindText(enrollment: EnrollmentWire): string {
  const { name, destination } = enrollment;
  const kind = text(`factor.${enrollment.kind}`);
  const parts = [kind, destination].filter((part) => part !== undefined && part !== name);
  return parts.join(' · ');
}

/** Says when a factor was added and used. */
export function timesText(enrollment: EnrollmentWire): string {
  const added = text('account.factor.added', { moment: moment(enrollment.createdAt) });
  const used =
    enrollment.lastUsedAt === undefined
      ? text('account.factor.neverUsed')
      : text('account.factor.used', { moment: moment(enrollment.lastUsedAt) });
  return `${added} · ${used}`;
}

/** Says why a factor can't be used, or what is wrong with it; undefined where all is well. */
export function conditionText(enrollment: EnrollmentWire): string | undefined {
  const { unusable, retryAt, trouble } = enrollment;
  if (unusable !== undefined) return unusableText(unusable, retryAt);
  return trouble && text(`trouble.${trouble}`);
}
