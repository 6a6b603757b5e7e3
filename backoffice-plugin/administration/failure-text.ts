import type { Failure } from '../api/problem.ts';
import { failureText } from '../elements/failure-text.ts';
import { text } from '../localization/localize-administration.ts';

/** Says what went wrong in the administration, where some refusals mean something else than in a sign-in. */
export function adminFailureText(failure: Failure): string {
  switch (failure.code) {
    case 'wrong_step':
    case 'not_found':
    case 'exists':
    case 'last_factor':
      return text(`admin.problem.${failure.code}`);
    case 'invalid_body':
      return [text('problem.invalid_body'), ...(failure.errors ?? []).map(({ message }) => message)].join(
        ' ',
      );
    default:
      return failureText(failure);
  }
}

/** Gives what is wrong with a field by what the service said; `uris` has what is said of `uris.0`, too. */
export function fieldErrors(failure: Failure | undefined, name: string): string | undefined {
  const errors = (failure?.errors ?? []).filter(
    ({ field }) => field === name || field.startsWith(`${name}.`) || field.startsWith(`${name}[`),
  );
  return errors.length === 0 ? undefined : errors.map(({ message }) => message).join(' ');
}
