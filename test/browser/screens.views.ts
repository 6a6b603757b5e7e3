import { renderSVG } from 'uqr';
import type {
  FactorChoiceWire,
  InteractionView,
  PendingSentWire,
  PendingTotpWire,
  PhoneRulesWire,
  SentCodeWire,
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
  codeLength: 6,
  // Longer than the service gives, so that a slow machine doesn't see it end.
  expiresAt: NOW + 86_400,
};

export const identify: Step<'identify'> = { step: 'identify', site };
export const firstFactor: Step<'first_factor'> = { step: 'first_factor', site, email, resetRequested: false };
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
  because: 'first',
};
export const enrolling: Step<'enrollment'> = { ...enrollment, pending };

/** Longer than the service gives, as above. */
export function sentBy(channel: SentCodeWire['channel'], more: Partial<SentCodeWire> = {}): SentCodeWire {
  return { channel, reference: 'K7Q2', delivery: 'sent', expiresAt: NOW + 86_400, ...more };
}

export const phoneRules: PhoneRulesWire = {
  countries: [
    { country: 'SE', callingCode: '46' },
    { country: 'DK', callingCode: '45' },
    { country: 'GB', callingCode: '44' },
  ],
  likely: 'DK',
  alternatives: ['totp', 'email'],
};
export const kinds: Step<'enrollment'> = {
  ...enrollment,
  kinds: ['totp', 'email', 'phone'],
  phone: phoneRules,
};
export const pendingPhone: PendingSentWire = {
  enrollmentId: 'pending-2',
  kind: 'phone',
  destination: '+45 20 12 34 56',
  channels: ['text', 'call'],
  codeLength: 6,
  sent: sentBy('text'),
  resendAt: NOW + 60,
  expiresAt: NOW + 86_400,
};
export const pendingMailbox: PendingSentWire = {
  ...pendingPhone,
  enrollmentId: 'pending-3',
  kind: 'email',
  destination: email,
  channels: ['mail'],
  codeLength: 8,
  sent: sentBy('mail'),
};

export const app: FactorChoiceWire = {
  enrollmentId: 'app-1',
  kind: 'totp',
  name: 'Work phone',
  channels: [],
  codeLength: 6,
  isDefault: true,
  resendAt: 0,
};
export const mailbox: FactorChoiceWire = {
  enrollmentId: 'mail-1',
  kind: 'email',
  name: 'Email',
  destination: 'e•••••@example.com',
  channels: ['mail'],
  codeLength: 8,
  isDefault: false,
  resendAt: 0,
};
export const phone: FactorChoiceWire = {
  enrollmentId: 'phone-1',
  kind: 'phone',
  name: 'Phone',
  destination: '+45 •• •• •• 12',
  channels: ['text', 'call'],
  codeLength: 6,
  isDefault: false,
  resendAt: 0,
};
export const challenge: Step<'challenge'> = {
  step: 'challenge',
  site,
  factors: [app],
  recovery: { left: 0, factors: [] },
  helpRequested: false,
};
export const choice: Step<'challenge'> = {
  ...challenge,
  factors: [app, mailbox, phone],
  recovery: {
    left: 9,
    factors: [app, mailbox, phone].map(({ enrollmentId, kind, name, destination }) => ({
      enrollmentId,
      kind,
      name,
      ...(destination !== undefined && { destination }),
    })),
  },
};

/** The challenge with that factor first, and a code sent to it. */
export function challenged(factor: FactorChoiceWire, sent?: SentCodeWire): Step<'challenge'> {
  const first = sent ? { ...factor, sent, resendAt: NOW + 60 } : factor;
  const others = choice.factors.filter((each) => each.enrollmentId !== factor.enrollmentId);
  return { ...choice, factors: [first, ...others] };
}

const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
export const recoveryCodes: Step<'recovery_codes'> = {
  step: 'recovery_codes',
  site,
  codes: Array.from({ length: 10 }, (_, set) =>
    Array.from({ length: 6 }, (__, group) =>
      Array.from({ length: 4 }, (___, at) => LETTERS.charAt((set * 7 + group * 11 + at * 3) % 30)).join(''),
    ).join('-'),
  ),
};
/** Twelve days and a few hours away. */
export const grace: Step<'grace'> = {
  step: 'grace',
  site,
  until: NOW + 12 * 86_400 + 7200,
  snoozesLeft: 3,
  kinds: ['totp', 'phone'],
  reasons: ['organization'],
  because: 'first',
};
export const repeated: Step<'identify'> = { ...identify, loginHint: email, repeated: true };
export const denied: Step<'denied'> = { step: 'denied', site, email, reason: 'not_a_member' };
export const done: Step<'done'> = { step: 'done', site, continue: '/arrived?at=site' };

export const setup: SetupView = {
  email,
  name: 'Edith',
  organizationName: 'Example Ltd',
  minimumLength: 8,
};
