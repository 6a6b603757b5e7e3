import type { UnusableWire } from '../../worker/interaction/wire.ts';
import { moment, text } from '../localization/localize.ts';

/** Says why a factor can't be used now, and until when, where that is known. */
export function unusableText(unusable: UnusableWire, retryAt: number | undefined): string {
  if (retryAt !== undefined && (unusable === 'waiting' || unusable === 'suspended'))
    return text(`unusable.${unusable}.until`, { moment: moment(retryAt) });
  return text(`unusable.${unusable}`);
}
