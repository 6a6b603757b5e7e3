// One content of each kind, for the tests of what is made of them.
import type {
  Circumstances,
  CodeContent,
  CodePurpose,
  MessageContent,
  NoticeContent,
  NoticeKind,
  Sender,
} from '../../../worker/messages/content.ts';

export const SENDER: Sender = { serviceName: 'Penumbra', issuer: 'https://login.example.com' };

export const CIRCUMSTANCES: Circumstances = {
  siteName: 'Aarhus Museum',
  at: 1_900_000_000,
  address: '203.0.113.9',
  country: 'DK',
  device:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
};

// A record, so that a new purpose or a new notice is a compile error here.
const PURPOSES_SEEN: Readonly<Record<CodePurpose, true>> = {
  sign_in: true,
  mailbox: true,
  enroll: true,
  prove: true,
  new_address: true,
};
const NOTICES_SEEN: Readonly<Record<NoticeKind, true>> = {
  factor_added: true,
  factor_removed: true,
  factor_changed: true,
  recovery_used: true,
  recovery_codes_renewed: true,
  second_factor_failed: true,
  second_factor_locked: true,
  password_changed: true,
  password_reset: true,
  email_changed: true,
  notice_address_changed: true,
  reset_requested: true,
  suspended: true,
  restored: true,
  role_changed: true,
  sessions_ended: true,
  joined: true,
  policy_changed: true,
  password_locked: true,
  pass_used: true,
};
export const PURPOSES = Object.keys(PURPOSES_SEEN) as readonly CodePurpose[];
export const NOTICES = Object.keys(NOTICES_SEEN) as readonly NoticeKind[];

export function codeContent(purpose: CodePurpose, changes: Partial<CodeContent> = {}): CodeContent {
  return {
    template: 'code',
    purpose,
    oneTimeCode: '04719283',
    reference: 'KXR',
    circumstances: CIRCUMSTANCES,
    ...changes,
  };
}

export function noticeContent(notice: NoticeKind, changes: Partial<NoticeContent> = {}): NoticeContent {
  return {
    template: 'notice',
    notice,
    circumstances: CIRCUMSTANCES,
    subject: 'Work phone, +45 •• •• •• 78',
    ...changes,
  };
}

/** Every kind of message, with `name` wherever a person or a browser could have written something. */
export function everyContent(name?: string): readonly MessageContent[] {
  const circumstances: Circumstances =
    name === undefined
      ? CIRCUMSTANCES
      : {
          siteName: name,
          at: CIRCUMSTANCES.at,
          address: name,
          country: name,
          device: `${name} Chrome/1 Windows`,
        };
  const written = name ?? 'Ada Lovelace';
  return [
    ...PURPOSES.map((purpose) => codeContent(purpose, { circumstances })),
    codeContent('sign_in', { circumstances, notMePath: '/not-me#token' }),
    ...NOTICES.map((notice) => noticeContent(notice, { circumstances, subject: written })),
    { template: 'password_reset', path: '/reset#token', minutes: 30, circumstances },
    {
      template: 'help',
      memberName: written,
      memberEmail: name ?? 'ada@example.com',
      organizationName: name ?? 'Analytical Engines',
      circumstances,
    },
    {
      template: 'setup',
      path: '/setup#token',
      memberName: written,
      organizationName: name ?? 'Analytical Engines',
      days: 7,
    },
    { template: 'join', path: '/join#token', organizationName: name ?? 'Analytical Engines', days: 7 },
  ];
}
