// How someone authenticated. The one place where our names meet the wire's `amr` (RFC 8176).

/** A proof that was given in a sign-in. The mailbox code before a first enrolment (S48) is none. */
export type AuthenticationMethod = 'password' | 'totp' | 'email' | 'sms' | 'tel';

/** What somebody holds and proves out of band. A mailbox is none: whoever reads it need not hold anything (S21). */
const POSSESSION: readonly AuthenticationMethod[] = ['totp', 'sms', 'tel'];

/** What a proof of a kind of factor is called; a phone is proven in one of two ways. */
export const METHODS_BY_KIND = {
  totp: ['totp'],
  phone: ['sms', 'tel'],
  email: ['email'],
} as const satisfies Readonly<Record<string, readonly AuthenticationMethod[]>>;

const AMR: Readonly<Record<AuthenticationMethod, string>> = {
  password: 'pwd',
  totp: 'otp',
  email: 'otp',
  sms: 'sms',
  tel: 'tel',
};

/** Tells whether two different kinds of factor were proven: something known and something held. */
export function isMultiFactor(methods: readonly AuthenticationMethod[]): boolean {
  return methods.includes('password') && methods.some((method) => POSSESSION.includes(method));
}

/** Tells whether the password was followed by any second proof, a code by mail among them. */
export function isTwoStep(methods: readonly AuthenticationMethod[]): boolean {
  return methods.includes('password') && methods.some((method) => method !== 'password');
}

/**
 * Gives the `amr` claim: what happened and nothing more.
 * @see RFC 8176 section 2
 */
export function amrOf(methods: readonly AuthenticationMethod[]): string[] {
  const values = [...new Set(methods.map((method) => AMR[method]))];
  return isMultiFactor(methods) ? [...values, 'mfa'] : values;
}

/** Parses the stored form, a list with commas. Unknown names are dropped: they may claim nothing. */
export function parseMethods(text: string): AuthenticationMethod[] {
  return text.split(',').filter((name): name is AuthenticationMethod => Object.hasOwn(AMR, name));
}
