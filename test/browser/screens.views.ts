import { renderSVG } from 'uqr';
import type {
  AccountView,
  InteractionView,
  PendingTotpWire,
  SetupView,
} from '../../worker/interaction/wire.ts';

type Step<Name extends InteractionView['step']> = Extract<InteractionView, { step: Name }>;

const site = { name: 'Umbraco Demo Site' };
const email = 'editor@example.com';

/** Every `now` of these views; the pages' clocks are set to it where it matters. */
export const NOW = Math.floor(Date.now() / 1000);

export const URI =
  'otpauth://totp/Penumbra:editor%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Penumbra' +
  '&algorithm=SHA1&digits=6&period=30';

export const pending: PendingTotpWire = {
  enrollmentId: 'pending-1',
  kind: 'totp',
  secret: 'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP',
  uri: URI,
  qrSvg: renderSVG(URI),
  // Longer than the service gives, so that a slow machine doesn't see it end.
  expiresAt: NOW + 86_400,
};

export const identify: Step<'identify'> = { step: 'identify', site };
export const firstFactor: Step<'first_factor'> = { step: 'first_factor', site, email };
export const confirmAddress: Step<'confirm_address'> = {
  step: 'confirm_address',
  site,
  destination: 'e•••••@example.com',
  reference: 'K7Q2',
  delivery: 'sent',
  resendAt: NOW + 60,
  codeLength: 8,
  reasons: ['service'],
};
export const enrollment: Step<'enrollment'> = {
  step: 'enrollment',
  site,
  kinds: ['totp'],
  reasons: ['organization'],
};
export const enrolling: Step<'enrollment'> = { ...enrollment, pending };
export const challenge: Step<'challenge'> = {
  step: 'challenge',
  site,
  codeLength: 6,
  factors: [{ enrollmentId: 'app-1', kind: 'totp', name: 'Work phone' }],
};
export const choice: Step<'challenge'> = {
  ...challenge,
  factors: [...challenge.factors, { enrollmentId: 'app-2', kind: 'totp', name: '1Password' }],
};
export const denied: Step<'denied'> = { step: 'denied', site, email, reason: 'not_a_member' };
export const done: Step<'done'> = { step: 'done', site, continue: '/arrived?at=site' };

export const account: AccountView = {
  email,
  name: 'Edith Editor',
  organizationName: 'Example Ltd',
  mfa: { required: true, reasons: ['organization'], kinds: ['totp'] },
  enrollments: [
    {
      enrollmentId: 'app-1',
      kind: 'totp',
      name: 'Authenticator app',
      createdAt: NOW - 9000,
      lastUsedAt: NOW - 60,
    },
    { enrollmentId: 'app-2', kind: 'totp', name: '1Password', createdAt: NOW - 500 },
  ],
  session: { authTime: NOW - 60, acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] },
};

export const setup: SetupView = {
  email,
  name: 'Edith',
  organizationName: 'Example Ltd',
  minimumLength: 8,
};
