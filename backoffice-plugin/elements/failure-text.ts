import type { Failure } from '../api/problem.ts';
import { text } from '../localization/localize.ts';

/** Says in one sentence what went wrong and what to do. */
export function failureText(failure: Failure): string {
  if (failure.code === 'wrong_code') return wrongCodeText(failure.triesLeft);
  if (failure.code === 'phone_refused') return phoneRefusedText(failure.errors?.[0]?.field);
  return text(`problem.${failure.code}`);
}

function wrongCodeText(triesLeft: number | undefined): string {
  if (triesLeft === undefined || triesLeft < 1) return text('problem.wrong_code');
  if (triesLeft === 1) return text('problem.wrong_code.tries.one');
  return text('problem.wrong_code.tries', { count: triesLeft });
}

// A reason that is not known here is one that a later service has.
function phoneRefusedText(reason: string | undefined): string {
  switch (reason) {
    case 'not_a_number':
    case 'country':
    case 'kind':
    case 'landline':
      return text(`problem.phone_refused.${reason}`);
    default:
      return text('problem.phone_refused');
  }
}
