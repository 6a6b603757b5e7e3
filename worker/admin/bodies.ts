// Shapes of what is sent to the administration; the command line's old routes take the same values.
import * as v from 'valibot';
import { MEMBER_ROLES, parseEmail } from '../accounts/account.ts';
import { redirectUriMistake } from '../http/redirect-uri.ts';

/** The name of a person, a site or an organisation. */
export const label = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'Give a name.'),
  v.maxLength(100, 'Use at most 100 characters.'),
  v.regex(/^[^\p{C}]*$/u, 'Use letters, digits, spaces and punctuation.'),
);

export const email = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const parsed = parseEmail(dataset.value);
    if (parsed !== undefined) return parsed;
    addIssue({ message: 'This is not an email address.' });
    return NEVER;
  }),
);

export const uri = v.pipe(
  v.string(),
  v.rawCheck(({ dataset, addIssue }) => {
    const mistake = dataset.typed ? redirectUriMistake(dataset.value) : undefined;
    if (mistake !== undefined) addIssue({ message: `It ${mistake}.` });
  }),
);

export const role = v.picklist(MEMBER_ROLES);

/** Why something is done, as it is kept and as the member is told. */
export const reason = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'Say why.'),
  v.maxLength(500, 'Use at most 500 characters.'),
  v.regex(/^[^\p{C}]*$/u, 'Use letters, digits, spaces and punctuation, on one line.'),
);
