import type { Account } from '../accounts/account.ts';
import type { Demand } from '../assurance/policy.ts';
import { checkPassword } from '../accounts/password.ts';
import { problem } from '../http/problem.ts';
import type { Service } from '../http/service.ts';
import type { Language } from '../localization/language.ts';
import { passwordReasonText } from '../localization/password-reasons.ts';

/** 8 where a second factor always follows, 15 where the password may stand alone (S01). */
export function minimumPasswordLength({ required }: Demand): number {
  return required ? 8 : 15;
}

/** Checks a new, normalised password for an account; the answer that says every reason in the page's language, or nothing. */
export function refusePassword(
  service: Service,
  language: Language,
  account: Account,
  organizationName: string,
  policy: Demand,
  password: string,
): Response | undefined {
  const { email, name, home } = account;
  const checked = checkPassword(password, {
    minimumLength: minimumPasswordLength(policy),
    context: [email, name, home, organizationName, service.config.serviceName],
  });
  if (checked.status === 'ok') return undefined;
  return problem('password_refused', {
    errors: checked.reasons.map((reason) => ({
      field: 'password',
      message: passwordReasonText(reason, language),
    })),
  });
}
