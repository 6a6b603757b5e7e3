import { text } from '../localization/localize.ts';

/** Says in words how strong a session is. `acr` is the wire's value; an unknown one claims nothing. */
export function strengthText(acr: string): string {
  switch (acr) {
    case '1fa':
      return text('strength.1fa');
    case '2fa':
      return text('strength.2fa');
    case 'aal2':
      return text('strength.aal2');
    case 'phr':
      return text('strength.phr');
    default:
      return text('strength.unknown');
  }
}
