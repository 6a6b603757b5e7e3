// Letters about what administrators do for a member who is locked out.
import type { Language } from '../localization/language.ts';
import { wordsOf } from '../localization/words.ts';
import type { FactorResetContent, PassIssuedContent, ResetStoppedContent, Sender } from './content.ts';
import { type Fact, momentText } from './facts.ts';
import { factorText, type Letter, linkTo } from './letter.ts';
import { oneLine, personName } from './names.ts';

/** Tells a member that a reset is wanted, was carried out or was called off (S46). */
export function factorResetLetter(content: FactorResetContent, language: Language, sender: Sender): Letter {
  const { text } = wordsOf(language);
  const { stage, by, reason, at, notBefore, waits, stopPath, factors } = content;
  const organization = oneLine(content.organizationName, 100);
  const title = text(`factorReset.title.${stage}`);
  const about = factors?.map((factor) => factorText(factor, language)).join('; ');
  const when =
    notBefore === undefined
      ? undefined
      : text(waits ? 'factorReset.whenAgreed' : 'factorReset.when', {
          moment: momentText(notBefore, language),
        });
  return {
    subject: title,
    heading: title,
    opening: [text(`factorReset.text.${stage}`, { organization }), ...(when === undefined ? [] : [when])],
    ...(stopPath === undefined ? {} : { action: linkTo(sender, stopPath, text('factorReset.stop')) }),
    facts: [
      ...(about === undefined ? [] : [{ label: text('fact.about'), value: oneLine(about) }]),
      ...wantedFacts(by, at, language),
      { label: text('fact.reason'), value: personName(reason, 200) },
    ],
    closing: [text(`factorReset.closing.${stage}`)],
  };
}

/** Tells administrators that the member has stopped the reset that they wanted. */
export function resetStoppedLetter(content: ResetStoppedContent, language: Language): Letter {
  const { text } = wordsOf(language);
  const name = personName(content.memberName, 60);
  const title = text('resetStopped.title', { name });
  return {
    subject: title,
    heading: title,
    opening: [
      text('resetStopped.text', {
        name,
        email: oneLine(content.memberEmail, 254),
        organization: oneLine(content.organizationName, 100),
      }),
    ],
    facts: [{ label: text('fact.time'), value: momentText(content.at, language) }],
    closing: [text('resetStopped.check')],
  };
}

/** Tells a member that an access pass was issued for their account; whoever issued it tells the code, not this (S48a). */
export function passIssuedLetter(content: PassIssuedContent, language: Language, sender: Sender): Letter {
  const { text, plural } = wordsOf(language);
  const { by, at, minutes, notBefore, waits } = content;
  const title = text('passIssued.title');
  const isLater = !waits && notBefore > at;
  return {
    subject: title,
    heading: title,
    opening: [
      text('passIssued.text', { organization: oneLine(content.organizationName, 100) }),
      plural('passIssued.validity', minutes),
      ...(waits ? [text('passIssued.waits')] : []),
      ...(isLater ? [text('passIssued.later', { moment: momentText(notBefore, language) })] : []),
    ],
    facts: wantedFacts(by, at, language),
    closing: [text('notice.notYou.pass')],
    wayOut: linkTo(sender, '/account', text('page.toAccount')),
  };
}

function wantedFacts(by: string, at: number, language: Language): Fact[] {
  const { text } = wordsOf(language);
  return [
    { label: text('fact.by'), value: personName(by, 100) },
    { label: text('fact.time'), value: momentText(at, language) },
  ];
}
