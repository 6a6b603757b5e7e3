// Accounts: who can sign in, with which address, as a member of which organisations, with which enrollments. This
// folder must not know sessions, interactions or how a factor works.
import { FACTOR_KINDS, type FactorKind } from '../assurance/policy.ts';

/** Names an account; wire `sub`. */
export type SubjectId = string & { readonly brand: 'SubjectId' };

export type MemberRole = 'member' | 'admin' | 'owner';

export const MEMBER_ROLES: readonly MemberRole[] = ['member', 'admin', 'owner'];

/** `invited`: no password yet, so no sign-in. */
export type AccountStatus = 'invited' | 'active' | 'suspended';

export interface Account {
  readonly sub: SubjectId;
  readonly email: string;
  readonly name: string;
  readonly status: AccountStatus;
  /** The organisation that alone may reset, suspend and admit. */
  readonly home: string;
  /** PHC string; absent while invited. */
  readonly password?: string;
  /** Role by organisation id. */
  readonly memberships: ReadonlyMap<string, MemberRole>;
  /** Kind by enrollment id. The account says which it has; one that is missing elsewhere denies (S47). */
  readonly enrollments: ReadonlyMap<string, FactorKind>;
  /** Counts changes; a commit is refused when another one came between. */
  readonly version: number;
}

/** Reads an account from its record. A record that is not one is a bug or tampering, and throws. */
export function parseAccount(sub: string, record: Readonly<Record<string, string>>): Account {
  const { email, name, status, home, password, version } = record;
  if (!email || name === undefined || !home || !isStatus(status))
    throw new Error('An account record is incomplete.');
  const memberships = new Map<string, MemberRole>();
  const enrollments = new Map<string, FactorKind>();
  for (const [field, value] of Object.entries(record)) {
    const [group, id] = splitField(field);
    if (group === 'member') memberships.set(id, readOne(MEMBER_ROLES, value));
    if (group === 'enrollment') enrollments.set(id, readOne(FACTOR_KINDS, value));
  }
  return {
    sub: sub as SubjectId,
    email,
    name,
    status,
    home,
    ...(password ? { password } : {}),
    memberships,
    enrollments,
    version: Number(version),
  };
}

/**
 * Normalises an address so that it names one account: NFC, no white space around, lower case.
 * Gives `undefined` for what is no address. Deliberately strict: one `@`, no list, no display name.
 */
export function parseEmail(text: string): string | undefined {
  const email = text.normalize('NFC').trim().toLowerCase();
  const shape = /^[^\s@,;<>()[\]\\":]+@[^\s@,;<>()[\]\\":.]+(\.[^\s@,;<>()[\]\\":.]+)*$/u;
  return email.length <= 254 && shape.test(email) ? email : undefined;
}

/** Gives a name as lists search and sort it: the same for capitals and small letters, and for every way of writing an accent. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}

/** Masks an address for a screen: `editor@example.com` becomes `e•••••@example.com` (S20). */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, 1)}•••••${email.slice(at)}`;
}

function splitField(field: string): [string, string] {
  const colon = field.indexOf(':');
  return [field.slice(0, Math.max(colon, 0)), field.slice(colon + 1)];
}

function isStatus(text: string | undefined): text is AccountStatus {
  return text === 'invited' || text === 'active' || text === 'suspended';
}

function readOne<T extends string>(known: readonly T[], text: string): T {
  const found = known.find((one) => one === text);
  if (found === undefined) throw new Error('An account record holds an unknown value.');
  return found;
}
