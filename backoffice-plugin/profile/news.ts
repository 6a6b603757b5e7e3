// What is said once a change is made.

import type { AccountView } from '../../worker/interaction/wire.ts';
import type { AccountAction } from '../api/account.api.ts';
import { text } from '../localization/localize.ts';
import type { CodesTask, EnrollmentTask, SectionId } from './account-task.ts';
import { deviceText } from './place-text.ts';

/** What was just done, read out in its section. */
export interface News {
  readonly section: SectionId;
  readonly words: string;
  /** What may be wanted next: that every other browser has to sign in again. */
  readonly offer?: 'end-others';
}

/** Says that a factor was set up, or that a number took the place of another. */
export function newsOfEnrolled(kind: EnrollmentTask['kind'], name: string, after: AccountView): News {
  if (kind === 'number') return { section: 'mfa', words: text('account.number.done', { name }) };
  return offeringEnd({ section: 'mfa', words: text('account.mfa.added', { name }) }, after);
}

/** Says that recovery codes were made. */
export function newsOfCodes(task: CodesTask, after: AccountView): News {
  const news: News = { section: 'codes', words: text('account.codes.done') };
  return task.withFactor ? offeringEnd(news, after) : news;
}

// S44: a factor that was added ends no other session, which may not be what is wanted.
function offeringEnd(news: News, { sessions }: AccountView): News {
  if (sessions.every(({ isThis }) => isThis)) return news;
  return { ...news, words: `${news.words} ${text('session.othersStay')}`, offer: 'end-others' };
}

/**
 * Says what an action has done. Undefined where the action is a step on the way, so that its screen stays open.
 * `before` is the account as it was: what is gone still has its name there.
 */
export function newsOf(action: AccountAction, before: AccountView, after: AccountView): News | undefined {
  switch (action.type) {
    case 'profile':
      return { section: 'details', words: text('profile.name.done') };
    case 'password':
      return { section: 'details', words: text('profile.password.done') };
    case 'email/confirm':
      return { section: 'details', words: text('profile.email.done', { email: after.email }) };
    case 'notice-email/confirm':
      return { section: 'details', words: text('profile.notice.done', { email: after.noticeEmail ?? '' }) };
    case 'notice-email/remove':
      return { section: 'details', words: text('profile.notice.removed') };
    case 'factor/disable':
      return {
        section: 'mfa',
        words: text('account.mfa.removed', { name: nameOf(before, action.enrollmentId) }),
      };
    case 'factor/rename':
      return { section: 'mfa', words: text('account.factor.renamed', { name: action.name }) };
    case 'factor/default':
      return {
        section: 'mfa',
        words: text('account.factor.isDefault', { name: nameOf(before, action.enrollmentId) }),
      };
    case 'sessions/end': {
      const device = before.sessions.find(({ sid }) => sid === action.sid)?.device ?? '';
      return { section: 'sessions', words: text('session.ended', { device: deviceText(device) }) };
    }
    case 'sessions/end-others':
      return { section: 'sessions', words: text('session.othersEnded') };
    case 'reset/stop':
      return { section: 'mfa', words: text('account.reset.stopped') };
    case 'email':
    case 'notice-email':
    case 'factor/code':
    case 'factor/verify':
      return undefined;
  }
}

function nameOf(view: AccountView, enrollmentId: string): string {
  return view.enrollments.find((each) => each.enrollmentId === enrollmentId)?.name ?? '';
}
