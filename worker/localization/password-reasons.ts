import type { Language } from './language.ts';
import { wordsOf } from './words.ts';

/** A reason against a password, as the rules give it. */
export interface PasswordReasonValues {
  readonly rule: 'too_short' | 'too_long' | 'common' | 'repeated' | 'context';
  /** The length that is demanded, or allowed at most. */
  readonly length: number;
}

/** Says what to do about a refused password. */
export function passwordReasonText(reason: PasswordReasonValues, language: Language): string {
  const { rule, length } = reason;
  return wordsOf(language).text(`password.${rule}`, { length });
}
