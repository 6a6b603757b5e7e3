// What an administrator can do for a member: how it is asked for, what the dialog says, and what is sent.

import type { Page } from 'playwright-core';
import * as admin from './screens.admin.views.ts';
import { NOW } from './screens.views.ts';

/** A day in a week, as a date field takes it. */
const DAY = new Date((NOW + 7 * 86_400) * 1000);
export const DAY_VALUE = [DAY.getFullYear(), DAY.getMonth() + 1, DAY.getDate()]
  .map((part) => String(part).padStart(2, '0'))
  .join('-');
const DAY_END = Math.floor(new Date(`${DAY_VALUE}T23:59:59`).getTime() / 1000);

export interface Act {
  readonly what: string;
  readonly of?: typeof admin.memberView;
  readonly opener: string;
  readonly dialog: string;
  readonly consequence: string;
  readonly fill?: (page: Page) => Promise<void>;
  readonly confirm: string;
  readonly path: string;
  readonly body: object;
  readonly done: string;
}

export const suspended = { ...admin.memberView, member: { ...admin.member, status: 'suspended' as const } };
export const reason = (page: Page): Promise<void> => page.getByLabel('Reason').fill('She asked in person');

export const ACTS: readonly Act[] = [
  {
    what: 'the role',
    opener: 'Change role',
    dialog: 'Change the role of Ada Lovelace',
    consequence: 'from the next request on',
    fill: (page) => page.getByRole('radio', { name: /^Administrator/ }).check(),
    confirm: 'Save',
    path: 'role',
    body: { role: 'admin' },
    done: 'Ada Lovelace is now: Administrator.',
  },
  {
    what: 'a suspension',
    opener: 'Suspend',
    dialog: 'Suspend Ada Lovelace?',
    consequence: 'All sessions end at once',
    fill: reason,
    confirm: 'Suspend',
    path: 'suspend',
    body: { reason: 'She asked in person' },
    done: 'Ada Lovelace was suspended.',
  },
  {
    what: 'its end',
    of: suspended,
    opener: 'Restore',
    dialog: 'Restore Ada Lovelace?',
    consequence: 'They can sign in again',
    confirm: 'Restore',
    path: 'restore',
    body: {},
    done: 'Ada Lovelace can sign in again.',
  },
  {
    what: 'a lock',
    of: admin.troubledView,
    opener: 'Unlock',
    dialog: 'Unlock Ada Lovelace?',
    consequence: 'a lock may mean that somebody guesses',
    confirm: 'Unlock',
    path: 'unlock',
    body: {},
    done: 'Ada Lovelace was unlocked.',
  },
  {
    what: 'the sessions',
    opener: 'End all sessions',
    dialog: 'End all sessions of Ada Lovelace?',
    consequence: 'Every browser has to sign in again',
    confirm: 'End all sessions',
    path: 'sessions/end',
    body: {},
    done: 'All sessions of Ada Lovelace were ended.',
  },
  {
    what: 'an exemption',
    opener: 'Exempt',
    dialog: 'Exempt Ada Lovelace?',
    consequence: 'their password alone is enough',
    fill: async (page: Page): Promise<void> => {
      await page.getByLabel('Until').fill(DAY_VALUE);
      await reason(page);
    },
    confirm: 'Exempt',
    path: 'exempt',
    body: { reason: 'She asked in person', until: DAY_END },
    done: 'Ada Lovelace is exempt until',
  },
  {
    what: 'the end of one',
    of: admin.troubledView,
    opener: 'End the exemption',
    dialog: 'End the exemption of Ada Lovelace?',
    consequence: 'demanded of them again',
    confirm: 'End it',
    path: 'exempt',
    body: { until: 0 },
    done: 'Ada Lovelace is no longer exempt.',
  },
  {
    what: 'a kind that is demanded',
    opener: 'Demand a kind',
    dialog: 'Demand a second factor of Ada Lovelace',
    consequence: 'At the next sign-in they are made to set it up',
    fill: (page) => page.getByRole('radio', { name: /^Email/ }).check(),
    confirm: 'Save',
    path: 'must',
    body: { kind: 'email' },
    done: 'this is demanded of Ada Lovelace: Email.',
  },
  {
    what: 'no kind any more',
    of: admin.troubledView,
    opener: 'Change it',
    dialog: 'Demand a second factor of Ada Lovelace',
    consequence: 'At the next sign-in',
    fill: (page) => page.getByRole('radio', { name: 'No kind in particular' }).check(),
    confirm: 'Save',
    path: 'must',
    body: {},
    done: 'No kind in particular is demanded of Ada Lovelace any more.',
  },
  {
    what: 'a reset of one factor',
    opener: 'Reset Work phone',
    dialog: 'Reset “Work phone” of Ada Lovelace?',
    consequence: 'may stop it during the time that the policy gives',
    fill: reason,
    confirm: 'Reset',
    path: 'reset',
    body: { reason: 'She asked in person', enrollmentId: 'phone-1' },
    done: 'The reset was asked for.',
  },
  {
    what: 'a reset of all',
    opener: 'Reset all second factors',
    dialog: 'Reset all second factors of Ada Lovelace?',
    consequence: 'All second factors and recovery codes stop working',
    fill: reason,
    confirm: 'Reset',
    path: 'reset',
    body: { reason: 'She asked in person' },
    done: 'The reset was asked for.',
  },
  {
    what: 'a reset of an administrator, to which others agree',
    of: { ...admin.memberView, member: { ...admin.member, role: 'owner' } },
    opener: 'Reset all second factors',
    dialog: 'Reset all second factors of Ada Lovelace?',
    consequence: 'others have to agree before anything happens',
    fill: reason,
    confirm: 'Reset',
    path: 'reset',
    body: { reason: 'She asked in person' },
    done: 'The reset was asked for.',
  },
  {
    what: 'agreeing to a pass',
    of: admin.troubledView,
    opener: 'Agree',
    dialog: 'Agree to the access pass for Ada Lovelace?',
    consequence: 'Agree only if you know yourself that it is them',
    confirm: 'Agree',
    path: 'pass/approve',
    body: {},
    done: 'You agreed to the access pass',
  },
  {
    what: 'the end of a pass',
    of: admin.troubledView,
    opener: 'Revoke the pass',
    dialog: 'Revoke the access pass of Ada Lovelace?',
    consequence: 'The code stops working at once',
    confirm: 'Revoke',
    path: 'pass/revoke',
    body: {},
    done: 'The access pass of Ada Lovelace was revoked.',
  },
];
