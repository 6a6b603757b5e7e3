// How someone authenticated. The one place where our names meet the wire's `amr` (RFC 8176).

/** A proof that was given in a sign-in. The mailbox code before a first enrolment (S48) is none. */
export type AuthenticationMethod = 'password' | 'totp';

const KNOWLEDGE: readonly AuthenticationMethod[] = ['password'];

const AMR: Readonly<Record<AuthenticationMethod, string>> = { password: 'pwd', totp: 'otp' };

/** Tells whether two different kinds of factor were proven: something known and something held. */
export function isMultiFactor(methods: readonly AuthenticationMethod[]): boolean {
  return (
    methods.some((method) => KNOWLEDGE.includes(method)) &&
    methods.some((method) => !KNOWLEDGE.includes(method))
  );
}

/**
 * Gives the `amr` claim: what happened and nothing more.
 * @see RFC 8176 section 2
 */
export function amrOf(methods: readonly AuthenticationMethod[]): string[] {
  const values = methods.map((method) => AMR[method]);
  return isMultiFactor(methods) ? [...values, 'mfa'] : values;
}

/** Parses the stored form, a list with commas. Unknown names are dropped: they may claim nothing. */
export function parseMethods(text: string): AuthenticationMethod[] {
  return text.split(',').filter((name): name is AuthenticationMethod => Object.hasOwn(AMR, name));
}
