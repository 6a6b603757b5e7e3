// A member with some of everything, as the service tells it to the account page.

import type {
  AccountView,
  ActivityWire,
  EnrollmentWire,
  PendingSentWire,
  SentCodeWire,
  SessionWire,
} from '../../worker/interaction/wire.ts';
import { NOW } from './screens.views.ts';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';

export function sent(more: Partial<SentCodeWire> = {}): SentCodeWire {
  return { channel: 'mail', reference: 'K7Q2', delivery: 'sent', expiresAt: NOW + 86_400, ...more };
}

export const app: EnrollmentWire = {
  enrollmentId: 'app-1',
  kind: 'totp',
  name: 'Authenticator app',
  createdAt: NOW - 90_000,
  lastUsedAt: NOW - 60,
  channels: [],
  codeLength: 6,
  isDefault: true,
  resendAt: 0,
};

export const otherApp: EnrollmentWire = {
  enrollmentId: 'app-2',
  kind: 'totp',
  name: '1Password',
  createdAt: NOW - 500,
  channels: [],
  codeLength: 6,
  isDefault: false,
  resendAt: 0,
};

export const mailbox: EnrollmentWire = {
  ...otherApp,
  enrollmentId: 'mail-1',
  kind: 'email',
  name: 'Work mail',
  destination: 'e•••••@example.com',
  channels: ['mail'],
  codeLength: 8,
};

export const phone: EnrollmentWire = {
  ...otherApp,
  enrollmentId: 'phone-1',
  kind: 'phone',
  name: 'My phone',
  destination: '+45 •• •• •• 12',
  channels: ['text', 'call'],
};

export const pendingPhone: PendingSentWire = {
  enrollmentId: 'pending-2',
  kind: 'phone',
  destination: '+45 12 34 56 99',
  channels: ['text', 'call'],
  codeLength: 6,
  sent: sent({ channel: 'text', reference: 'M3XP' }),
  resendAt: NOW - 1,
  expiresAt: NOW + 86_400,
};

export const thisSession: SessionWire = {
  sid: 'session-1',
  isThis: true,
  createdAt: NOW - 3600,
  lastSeenAt: NOW - 5,
  device: CHROME,
  address: '192.0.2.7',
  country: 'DK',
  acr: 'aal2',
};

export const otherSession: SessionWire = {
  sid: 'session-2',
  isThis: false,
  createdAt: NOW - 90_000,
  lastSeenAt: NOW - 7200,
  device: IPHONE,
  address: '2001:db8::12',
  acr: '2fa',
};

export function happened(type: string, more: Partial<ActivityWire> = {}): ActivityWire {
  return { at: NOW - 60, type, result: 'ok', address: '192.0.2.7', country: 'DK', device: CHROME, ...more };
}

/** As many members are: two apps, a policy, nothing that needs to be done. */
export const account: AccountView = {
  email: 'editor@example.com',
  name: 'Edith Editor',
  languages: ['en', 'da'],
  organizationName: 'Example Ltd',
  administers: false,
  mfa: {
    required: true,
    reasons: ['organization'],
    kinds: ['totp', 'email', 'phone'],
    accepted: ['totp', 'email', 'phone'],
    least: '2fa',
    phone: {
      countries: [
        { country: 'DK', callingCode: '45' },
        { country: 'SE', callingCode: '46' },
      ],
      likely: 'DK',
      alternatives: ['totp'],
    },
  },
  enrollments: [app, otherApp],
  recoveryCodes: { left: 9, madeAt: NOW - 90_000 },
  minimumPasswordLength: 12,
  sessions: [otherSession, thisSession],
  activity: [
    happened('sign_in.challenge'),
    happened('sign_in.password', { at: NOW - 70 }),
    happened('sign_in.challenge', {
      at: NOW - 7200,
      result: 'wrong_code',
      device: IPHONE,
      address: '2001:db8::12',
    }),
    ...Array.from({ length: 20 }, (_, index) => happened('factor.rename', { at: NOW - 90_000 - index * 60 })),
  ],
  session: { authTime: NOW - 60, acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] },
};

/** Everything that can be the matter at once. */
export const troubled: AccountView = {
  ...account,
  language: 'da',
  mfa: { ...account.mfa, kinds: ['totp', 'phone'], accepted: ['totp', 'phone'], least: 'aal2' },
  noticeEmail: 'edith@home.example',
  pendingEmail: { email: 'new@example.com', sent: sent(), resendAt: NOW - 1, codeLength: 8 },
  mailTrouble: { trouble: 'bounced', at: NOW - 4000 },
  noticeMailTrouble: { trouble: 'bounced', at: NOW - 5000 },
  enrollments: [
    { ...app, unusable: 'waiting', retryAt: NOW + 600 },
    { ...mailbox, trouble: 'bounced' },
    { ...phone, unusable: 'not_offered' },
  ],
  recoveryCodes: { left: 2, madeAt: NOW - 90_000 },
};

/** Somebody who has just begun. */
export const bare: AccountView = {
  ...account,
  mfa: { ...account.mfa, required: false, reasons: [], least: '1fa' },
  enrollments: [],
  recoveryCodes: { left: 0 },
  sessions: [thisSession],
  activity: [],
};
