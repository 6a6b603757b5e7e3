// What a sign-in has to bring, said once more and independently of the product: the walk holds the product against it.
import type { FactorKind } from '../../worker/assurance/policy.ts';

export type Level = '1fa' | '2fa' | 'aal2';

/** What the service and the site ask for. */
export interface Demand {
  readonly required: boolean;
  readonly accepted?: readonly FactorKind[];
  /** `acr_values` of a site; absent: the portal, which asks for nothing more. */
  readonly acr?: Level;
}

/** How a factor was proven; its kind follows from it. */
export type Method = 'app' | 'mail' | 'text' | 'call';

const SERVICES: readonly Omit<Demand, 'acr'>[] = [
  { required: true },
  { required: true, accepted: ['totp', 'email'] },
  { required: true, accepted: ['email'] },
  { required: false },
];

const KIND: Readonly<Record<Method, FactorKind>> = {
  app: 'totp',
  mail: 'email',
  text: 'phone',
  call: 'phone',
};
const AMR: Readonly<Record<Method, string>> = { app: 'otp', mail: 'otp', text: 'sms', call: 'tel' };

/** The least level, from both. */
export function leastOf({ required, acr }: Demand): Level {
  if (acr === 'aal2') return 'aal2';
  return required || acr === '2fa' ? '2fa' : '1fa';
}

/** The kinds that are enough: what the service names, and under `aal2` no mailbox (S21). */
export function acceptedBy(demand: Demand): readonly FactorKind[] {
  const named = demand.accepted ?? (['totp', 'phone', 'email'] as const);
  return leastOf(demand) === 'aal2' ? named.filter((kind) => kind !== 'email') : named;
}

/** Whether a right password and these proofs let somebody in who had `factors` factors when the password was right. */
export function letsIn(demand: Demand, proofs: readonly Method[], factors: number): boolean {
  if (leastOf(demand) === '1fa') return factors === 0 || proofs.length > 0;
  return proofs.some((method) => acceptedBy(demand).includes(KIND[method]));
}

/** What a session may claim after a password and these proofs. */
export function claims(proofs: readonly Method[]): { readonly acr: Level; readonly amr: readonly string[] } {
  const held = proofs.some((method) => method !== 'mail');
  const acr = held ? 'aal2' : proofs.length > 0 ? '2fa' : '1fa';
  const amr = new Set(['pwd', ...proofs.map((method) => AMR[method]), ...(held ? ['mfa'] : [])]);
  return { acr, amr: [...amr].toSorted() };
}

const ALL: readonly Demand[] = SERVICES.flatMap((service) =>
  [{}, { acr: '2fa' as const }, { acr: 'aal2' as const }].map((site) => ({ ...service, ...site })),
);

/** Every service with every site, where somebody can do what both ask for. */
export const DEMANDS = ALL.filter((demand) => acceptedBy(demand).length > 0);

/** Those that nobody can meet: no sign-in begins there. */
export const IMPOSSIBLE_DEMANDS = ALL.filter((demand) => acceptedBy(demand).length === 0);
