import { FACTOR_KINDS, type PolicyLayer, whyImpossible } from '../assurance/policy.ts';
import type { Mistakes } from './mistakes.ts';
import { namesPhone } from './phone.ts';
import type { Variables } from './variables.ts';

/** Reports a policy that nobody could meet with the factors that this configuration has. */
export function checkPolicy(
  name: string,
  policy: PolicyLayer,
  variables: Variables,
  mistakes: Mistakes,
): void {
  const withoutPhone = FACTOR_KINDS.filter((kind) => kind !== 'phone');
  const why = whyImpossible([policy], FACTOR_KINDS);
  if (why === 'least' || why === 'accepted') {
    mistakes.add(
      `${name}.least`,
      'asks for more than any accepted factor gives, so nobody could sign in: lower it',
    );
    return;
  }
  if (namesPhone(variables)) return;
  const isPhoneAlone = policy.accepted?.every((kind) => kind === 'phone') ?? false;
  if (isPhoneAlone || whyImpossible([policy], withoutPhone) !== undefined) {
    mistakes.add(
      `${name}.accepted`,
      'leaves only phone, and no provider of texts and calls is set: set TWILIO_ACCOUNT_SID and its like, or add a kind',
    );
  }
}
