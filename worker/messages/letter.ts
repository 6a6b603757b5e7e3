import type { Language } from '../localization/language.ts';
import { wordsOf } from '../localization/words.ts';
import type {
  CodeContent,
  CodePurpose,
  FactorFact,
  HelpContent,
  JoinContent,
  MessageContent,
  NoticeContent,
  NoticeKind,
  PasswordResetContent,
  Sender,
  SetupContent,
} from './content.ts';
import { type Fact, factsOf, factsOfOther } from './facts.ts';
import { factorResetLetter, passIssuedLetter, resetStoppedLetter } from './help-desk-letters.ts';
import { oneLine, personName } from './names.ts';

/** Minutes that a code is good for (S09), as mails tell. */
export const CODE_MINUTES = 5;

/** A link of the service. */
export interface Link {
  readonly label: string;
  readonly url: string;
}

/** A mail before it has a form: its plain text and its HTML say the same, in this order. */
export interface Letter {
  readonly subject: string;
  readonly heading: string;
  readonly oneTimeCode?: string;
  readonly opening: readonly string[];
  /** What the mail is there for. */
  readonly action?: Link;
  readonly facts: readonly Fact[];
  readonly closing: readonly string[];
  /** What to do if it was not them. */
  readonly wayOut?: Link;
}

/** Puts a content into the words of a language. */
export function letterOf(content: MessageContent, language: Language, sender: Sender): Letter {
  switch (content.template) {
    case 'code':
      return codeLetter(content, language, sender);
    case 'notice':
      return noticeLetter(content, language, sender);
    case 'password_reset':
      return resetLetter(content, language, sender);
    case 'help':
      return helpLetter(content, language);
    case 'setup':
      return setupLetter(content, language, sender);
    case 'join':
      return joinLetter(content, language, sender);
    case 'factor_reset':
      return factorResetLetter(content, language, sender);
    case 'reset_stopped':
      return resetStoppedLetter(content, language);
    case 'pass_issued':
      return passIssuedLetter(content, language, sender);
  }
}

/** Nothing but the configured address and a path on it gets into a link (S23). */
export function linkTo(sender: Sender, path: string, label: string): Link {
  const url = new URL(sender.issuer + path);
  const { origin } = new URL(sender.issuer);
  if (!path.startsWith('/') || url.origin !== origin) {
    throw new Error('A link in a message must be a path on the service’s own address, beginning with "/".');
  }
  return { label, url: url.href };
}

/** Where the person's own password is known to somebody, or their account is open to them. */
const ACCOUNT_IN_DANGER: ReadonlySet<CodePurpose> = new Set<CodePurpose>(['sign_in', 'mailbox', 'prove']);

function codeLetter(content: CodeContent, language: Language, sender: Sender): Letter {
  const { text } = wordsOf(language);
  const { purpose, oneTimeCode, circumstances, notMePath } = content;
  const reference = oneLine(content.reference);
  const wayOut =
    notMePath === undefined
      ? ACCOUNT_IN_DANGER.has(purpose) && linkTo(sender, '/account', text('page.toAccount'))
      : linkTo(sender, notMePath, text('code.notMe'));
  return {
    subject: text(`code.subject.${purpose}`, { reference, site: oneLine(circumstances.siteName, 60) }),
    heading: text(`code.heading.${purpose}`),
    oneTimeCode,
    opening: [text('code.use', { minutes: CODE_MINUTES })],
    facts: [
      { label: text('fact.reference'), value: text('fact.referenceShown', { reference }) },
      ...factsOf(circumstances, language),
    ],
    closing: [text(`code.notYou.${purpose}`)],
    ...(wayOut ? { wayOut } : {}),
  };
}

/** What somebody does about a notice that they did not cause. */
export const ADVICE: Readonly<
  Record<NoticeKind, 'change' | 'password' | 'request' | 'administrator' | 'policy' | 'guesses' | 'pass'>
> = {
  factor_added: 'change',
  factor_removed: 'change',
  factor_changed: 'change',
  recovery_used: 'change',
  recovery_codes_renewed: 'change',
  second_factor_failed: 'password',
  second_factor_locked: 'password',
  password_changed: 'change',
  password_reset: 'change',
  email_changed: 'change',
  notice_address_changed: 'change',
  reset_requested: 'request',
  suspended: 'administrator',
  restored: 'administrator',
  role_changed: 'administrator',
  sessions_ended: 'administrator',
  joined: 'change',
  policy_changed: 'policy',
  password_locked: 'guesses',
  pass_used: 'pass',
};

function noticeLetter(content: NoticeContent, language: Language, sender: Sender): Letter {
  const { text } = wordsOf(language);
  const { notice, circumstances } = content;
  const subject =
    content.subject ?? content.factors?.map((factor) => factorText(factor, language)).join('; ');
  const title = text(`notice.title.${notice}`);
  const advice = ADVICE[notice];
  const isByOther = advice === 'administrator';
  const { by, reason } = content;
  return {
    subject: title,
    heading: title,
    opening: [text(`notice.text.${notice}`)],
    facts: [
      ...(subject === undefined ? [] : [{ label: text('fact.about'), value: oneLine(subject) }]),
      ...(by === undefined ? [] : [{ label: text('fact.by'), value: personName(by, 100) }]),
      ...(reason === undefined ? [] : [{ label: text('fact.reason'), value: personName(reason, 500) }]),
      ...(isByOther ? factsOfOther : factsOf)(circumstances, language),
    ],
    closing: [...(isByOther ? [] : [text('notice.you')]), text(`notice.notYou.${advice}`)],
    wayOut: linkTo(sender, '/account', text('page.toAccount')),
  };
}

export function factorText({ kind, name, masked }: FactorFact, language: Language): string {
  const word = wordsOf(language).text(`factor.${kind}`);
  const details = [...(name === word ? [] : [word]), ...(masked === undefined ? [] : [masked])];
  const named = personName(name);
  return oneLine(details.length === 0 ? named : `${named} (${details.join(', ')})`);
}

function resetLetter(content: PasswordResetContent, language: Language, sender: Sender): Letter {
  const { text, plural } = wordsOf(language);
  return {
    subject: text('reset.title'),
    heading: text('reset.title'),
    opening: [text('reset.text'), plural('reset.validity', content.minutes)],
    action: linkTo(sender, content.path, text('reset.link')),
    facts: factsOf(content.circumstances, language),
    closing: [text('reset.notYou')],
  };
}

function helpLetter(content: HelpContent, language: Language): Letter {
  const { text } = wordsOf(language);
  const name = personName(content.memberName, 60);
  return {
    subject: text('help.title', { name }),
    heading: text('help.title', { name }),
    opening: [
      text('help.text', {
        name,
        email: oneLine(content.memberEmail, 254),
        organization: oneLine(content.organizationName, 100),
      }),
      text('help.check'),
    ],
    facts: factsOf(content.circumstances, language),
    closing: [],
  };
}

function setupLetter(content: SetupContent, language: Language, sender: Sender): Letter {
  const { text, plural } = wordsOf(language);
  const organization = oneLine(content.organizationName, 100);
  const subject = text('setup.subject', { organization });
  return {
    subject,
    heading: subject,
    opening: [
      text('setup.hello', { name: personName(content.memberName, 100) }),
      text('setup.text', { organization }),
    ],
    action: linkTo(sender, content.path, text('setup.link')),
    facts: [],
    closing: [plural('setup.validity', content.days), text('setup.notYou')],
  };
}

function joinLetter(content: JoinContent, language: Language, sender: Sender): Letter {
  const { text, plural } = wordsOf(language);
  const organization = oneLine(content.organizationName, 100);
  const subject = text('join.subject', { organization });
  return {
    subject,
    heading: subject,
    opening: [text('join.text', { organization })],
    action: linkTo(sender, content.path, text('join.link')),
    facts: [],
    closing: [plural('join.validity', content.days), text('join.notYou')],
  };
}
