import * as v from 'valibot';
import { parseEmail } from '../accounts/account.ts';
import { FACTOR_KINDS } from '../assurance/policy.ts';

export const email = v.pipe(
  v.string(),
  v.maxLength(254),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const parsed = parseEmail(dataset.value);
    if (parsed !== undefined) return parsed;
    addIssue({ message: 'Type an email address, such as name@example.com.' });
    return NEVER;
  }),
);
// Spaces are how people group digits; letters stay, so that the answer is "wrong code" and not a lecture on shape.
const oneTimeCode = v.pipe(
  v.string(),
  v.transform((text) => text.replace(/[\s-]/g, '')),
  v.minLength(1, 'Type the code.'),
  v.maxLength(64, 'That is too long for a code.'),
);
const identifier = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'This is not an id.'));
export const factorName = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'Give it a name.'),
  v.maxLength(60, 'Use at most 60 characters.'),
  v.regex(/^[^\p{C}]*$/u, 'Use letters, digits, spaces and punctuation.'),
);
const phoneChannel = v.picklist(['text', 'call']);
export const password = v.pipe(v.string(), v.minLength(1, 'Type your password.'), v.maxLength(4096));

/** The body that starts an enrolment; a number goes with a phone and with nothing else. */
export const enrollment = v.pipe(
  v.strictObject({
    kind: v.picklist(FACTOR_KINDS),
    renew: v.optional(v.boolean(), false),
    number: v.optional(v.pipe(v.string(), v.maxLength(40))),
    country: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'Use two capital letters, such as DK.'))),
    channel: v.optional(phoneChannel),
    replaces: v.optional(identifier),
  }),
  v.check(
    ({ kind, number, country, channel, replaces }) =>
      kind === 'phone'
        ? number !== undefined
        : number === undefined && country === undefined && channel === undefined && replaces === undefined,
    'Send a number with a phone, and only then.',
  ),
);

export type EnrollmentBody = v.InferOutput<typeof enrollment>;

/** Bodies of the interaction API, and of the account API where it asks for the same. Unknown fields are refused (S74). */
export const bodies = {
  empty: v.strictObject({}),
  identify: v.strictObject({ email }),
  password: v.strictObject({ password }),
  code: v.strictObject({ code: oneTimeCode }),
  enrollment,
  /** Without a channel: by mail. */
  channel: v.strictObject({ channel: v.optional(phoneChannel) }),
  confirm: v.strictObject({ enrollmentId: identifier, code: oneTimeCode, name: factorName }),
  challengeCode: v.strictObject({ enrollmentId: identifier, channel: v.optional(phoneChannel) }),
  challenge: v.strictObject({ enrollmentId: identifier, code: oneTimeCode }),
  pass: v.strictObject({
    code: v.pipe(v.string(), v.minLength(1, 'Type the access pass.'), v.maxLength(100)),
  }),
  recovery: v.strictObject({
    code: v.pipe(v.string(), v.minLength(1, 'Type the recovery code.'), v.maxLength(100)),
    lost: v.pipe(v.array(identifier), v.minLength(1, 'Name what you lost.'), v.maxLength(50)),
  }),
} as const;
