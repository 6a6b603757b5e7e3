// What is demanded of the second factors, and which of those that there are count.

import type { AccountView, EnrollmentWire } from '../../worker/interaction/wire.ts';
import { listed, text } from '../localization/localize.ts';

/** Says who demands a second factor, and what it has to be; a paragraph each. Nothing where none is demanded. */
export function demandTexts({ mfa }: AccountView): readonly string[] {
  if (!mfa.required) return [];
  const what = [kindsText(mfa.accepted), leastText(mfa.least)].filter((part) => part !== undefined);
  return [...mfa.reasons.map((reason) => text(`reason.${reason}`)), what.join(' ')].filter(
    (words) => words !== '',
  );
}

function kindsText(accepted: AccountView['mfa']['accepted']): string | undefined {
  if (accepted.length === 0) return undefined;
  const kinds = listed(accepted.map((kind) => text(`account.mfa.accepted.${kind}`)));
  return text('account.mfa.accepted', { kinds });
}

// `least` is the wire's value; an unknown one claims nothing.
function leastText(least: string): string | undefined {
  return least === 'aal2' || least === 'phr' ? text(`account.mfa.least.${least}`) : undefined;
}

/** Tells whether a factor counts here. */
export function isAccepted({ mfa }: AccountView, { kind }: EnrollmentWire): boolean {
  return mfa.accepted.includes(kind);
}

/** Tells whether nothing that counts would be left without this factor, though something must be (S45). */
export function isLast(view: AccountView, { enrollmentId }: EnrollmentWire): boolean {
  const others = view.enrollments.filter((each) => each.enrollmentId !== enrollmentId);
  return view.mfa.required && !others.some((each) => isAccepted(view, each));
}
