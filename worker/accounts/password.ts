// What a password may be (S01 to S04). Pure: no I/O. Owns length and the blocklist; there are no composition rules,
// on purpose. It must not know how a password is kept, nor the words in which a reason is told.
import { COMMON_PASSWORDS } from './generated/common-passwords.ts';

/** Longer ones are refused with a reason, never cut: hashing megabytes is a way to bring a service down. */
export const LONGEST_PASSWORD = 1024;

export interface PasswordRules {
  /** Code points: 15 where the password stands alone, 8 where a second factor always follows (S01). */
  readonly minimumLength: number;
  /** Words that somebody would guess for this account: its address, name, organisation. */
  readonly context: readonly string[];
}

export interface PasswordReason {
  readonly rule: 'too_short' | 'too_long' | 'common' | 'repeated' | 'context';
  /** The length in code points that is demanded; for `too_long` the most that is allowed. */
  readonly length: number;
}

export type PasswordCheck =
  { readonly status: 'ok' } | { readonly status: 'refused'; readonly reasons: readonly PasswordReason[] };

/**
 * Brings a password to the one form that is hashed: Unicode NFC, and nothing else is changed or cut.
 * @see NIST SP 800-63B-4 3.1.1.2
 */
export function normalizePassword(password: string): string {
  return password.normalize('NFC');
}

/** Checks a new password and gives every reason against it. The whole password is compared, never parts of it. */
export function checkPassword(password: string, { minimumLength, context }: PasswordRules): PasswordCheck {
  const normalized = normalizePassword(password);
  const length = Array.from(normalized).length;
  const folded = fold(normalized);
  const reasons: PasswordReason[] = [];
  if (length < minimumLength) {
    reasons.push({ rule: 'too_short', length: minimumLength });
  }
  if (length > LONGEST_PASSWORD) {
    return { status: 'refused', reasons: [{ rule: 'too_long', length: LONGEST_PASSWORD }] };
  }
  if (isCommon(folded)) {
    reasons.push({ rule: 'common', length: minimumLength });
  } else if (isRepeated(folded)) {
    reasons.push({ rule: 'repeated', length: minimumLength });
  } else if (isOfContext(folded, context)) {
    reasons.push({ rule: 'context', length: minimumLength });
  }
  return reasons.length === 0 ? { status: 'ok' } : { status: 'refused', reasons };
}

/** Compatibility forms and case are one for the comparison alone. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

let commonPasswords: ReadonlySet<string> | undefined;

function isCommon(folded: string): boolean {
  commonPasswords ??= new Set(COMMON_PASSWORDS.split(' '));
  return commonPasswords.has(folded);
}

/** A short piece over and over, or a common password twice. */
function isRepeated(folded: string): boolean {
  const period = (folded + folded).indexOf(folded, 1);
  if (period >= folded.length) return false;
  return period <= 4 || isCommon(folded.slice(0, period));
}

const SERVICE_WORDS = ['penumbra', 'umbraco'];
const SHORTEST_WORD = 3;

function isOfContext(folded: string, context: readonly string[]): boolean {
  const words = new Set([...SERVICE_WORDS, ...context.flatMap(wordsOf)]);
  const bare = strip(folded);
  const plain = letters(folded);
  return [folded, bare, plain].some((form) => words.has(form));
}

/** An address gives itself, what is before and after the @, and their parts; a name the whole and its parts. */
function wordsOf(entry: string): string[] {
  const folded = fold(entry.trim());
  const parts = [folded, letters(folded), ...folded.split('@'), ...folded.split(/[^\p{L}\p{N}]+/u)];
  return parts
    .flatMap((part) => [part, strip(part), letters(part)])
    .filter((part) => Array.from(part).length >= SHORTEST_WORD);
}

/** Without digits and signs at both ends: `2024penumbra!` is `penumbra`. */
function strip(text: string): string {
  return text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
}

/** Letters alone: `ada.lovelace-1` is `adalovelace`. */
function letters(text: string): string {
  return text.replaceAll(/[^\p{L}\p{M}]/gu, '');
}
