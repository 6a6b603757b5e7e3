import type { Failure } from '../api/problem.ts';
import { text } from '../localization/localize.ts';

/** Says in one sentence what went wrong and what to do. */
export function failureText(failure: Failure): string {
  if (failure.code === 'wrong_code') return wrongCodeText(failure.triesLeft);
  return text(`problem.${failure.code}`);
}

function wrongCodeText(triesLeft: number | undefined): string {
  if (triesLeft === undefined || triesLeft < 1) return text('problem.wrong_code');
  if (triesLeft === 1) return text('problem.wrong_code.tries.one');
  return text('problem.wrong_code.tries', { count: triesLeft });
}
