// What the audit trail's types mean to the member whom they concern.

import type { ActivityWire } from '../../worker/interaction/wire.ts';
import { text } from '../localization/localize.ts';

const DONE = {
  'sign_in.password': 'activity.sign_in.password',
  'sign_in.challenge': 'activity.sign_in.challenge',
  'sign_in.locked_out': 'activity.sign_in.locked_out',
  'sign_in.recovery': 'activity.sign_in.recovery',
  'sign_in.pass': 'activity.sign_in.pass',
  'sign_in.snooze': 'activity.sign_in.snooze',
  'factor.reset': 'activity.factor.reset',
  'factor.reset_stop': 'activity.factor.reset_stop',
  'factor.enrollment': 'activity.factor.enrollment',
  'factor.disable': 'activity.factor.disable',
  'factor.change': 'activity.factor.change',
  'factor.rename': 'activity.factor.rename',
  'factor.default': 'activity.factor.default',
  'recovery_codes.new': 'activity.recovery_codes.new',
  'password.change': 'activity.password.change',
  'password.reset': 'activity.password.reset',
  'password.reset_requested': 'activity.password.reset_requested',
  'email.change': 'activity.email.change',
  'notice_email.change': 'activity.notice_email.change',
  'session.end': 'activity.session.end',
  'sessions.end_others': 'activity.sessions.end_others',
  sign_out: 'activity.sign_out',
  'help.request': 'activity.help.request',
  'account.setup': 'activity.account.setup',
  'profile.change': 'activity.profile.change',
  'sign_in.not_me': 'activity.sign_in.not_me',
  'oidc.token': 'activity.oidc.token',
  'factor.prove': 'activity.factor.prove',
  'mail.bounced': 'activity.mail.bounced',
  'mail.complained': 'activity.mail.complained',
} as const;

/** What a try in vain has words of its own for. */
const IN_VAIN = {
  'sign_in.password': 'activity.sign_in.password.failed',
  'sign_in.challenge': 'activity.sign_in.challenge.failed',
  'sign_in.recovery': 'activity.sign_in.recovery.failed',
  'sign_in.pass': 'activity.sign_in.pass.failed',
  'factor.enrollment': 'activity.factor.enrollment.failed',
  'factor.disable': 'activity.factor.disable.failed',
  'factor.change': 'activity.factor.change.failed',
  'password.change': 'activity.password.change.failed',
  'email.change': 'activity.email.change.failed',
  'factor.prove': 'activity.factor.prove.failed',
} as const;

/** A lock is what it says, whatever the step that set it answered. */
const ALWAYS: ReadonlySet<string> = new Set([
  'sign_in.locked_out',
  'password.reset_requested',
  'help.request',
]);

/** Says what happened. A type that is not known here is told as a change in general, never left out. */
export function activityText({ type, result }: Pick<ActivityWire, 'type' | 'result'>): string {
  const done = text(find(DONE, type) ?? 'activity.other');
  if (!isInVain({ type, result })) return done;
  const inVain = find(IN_VAIN, type);
  return inVain === undefined ? text('activity.failed', { what: done }) : text(inVain);
}

/** Whether something was tried and refused. */
export function isInVain({ type, result }: Pick<ActivityWire, 'type' | 'result'>): boolean {
  return result !== 'ok' && !ALWAYS.has(type);
}

function find<Key>(texts: Readonly<Record<string, Key>>, type: string): Key | undefined {
  return Object.hasOwn(texts, type) ? texts[type] : undefined;
}

/** Tells whether there are words for a type of its own. */
export function knowsActivity(type: string): boolean {
  return find(DONE, type) !== undefined;
}
