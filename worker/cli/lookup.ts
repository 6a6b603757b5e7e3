// Finds what people name: the organisation, and a member in it by address or "sub". Refuses what could mean two.
import { type AdminClient, Refused } from './admin-client.ts';
import { UsedWrongly } from './command.ts';
import { type Member, memberPage, memberView, organizations } from './shapes.ts';
import { understood } from './text.ts';

/** A member in one organisation. */
export interface Found {
  readonly organization: string;
  readonly sub: string;
  readonly email: string;
  readonly name: string;
}

type Parameters = Readonly<Record<string, string | number | undefined>>;

/** Gives a path below one organisation, with the parameters that are there. */
export function pathIn(organization: string, parts: readonly string[], parameters: Parameters = {}): string {
  const path = ['organizations', organization, ...parts].map(encodeURIComponent).join('/');
  const query = new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  ).toString();
  return query === '' ? path : `${path}?${query}`;
}

/** Lists the ids of all organisations that the key may see. */
export async function organizationIds(admin: AdminClient): Promise<readonly string[]> {
  const answer = await admin.ask({ method: 'GET', path: 'organizations' });
  return understood(organizations, answer).organizations.map(({ id }) => id);
}

/** Gives the organisation that was named, or the only one. @throws Refused */
export async function organizationFor(admin: AdminClient, given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  const [only, ...others] = await organizationIds(admin);
  if (only === undefined) {
    throw new Refused(['There is no organisation yet. Make one with npx penumbra org create.']);
  }
  if (others.length > 0) {
    throw new Refused([
      'There are several organisations. Say which one with --org <id>.',
      ...listed([only, ...others]),
    ]);
  }
  return only;
}

/** Reads all pages of members. */
export async function allMembers(
  admin: AdminClient,
  organization: string,
  parameters: Parameters,
): Promise<{ readonly answers: readonly unknown[]; readonly members: readonly Member[] }> {
  const answers: unknown[] = [];
  const members: Member[] = [];
  let cursor: string | undefined;
  do {
    const path = pathIn(organization, ['members'], { ...parameters, cursor });
    const page = await admin.ask({ method: 'GET', path });
    const read = understood(memberPage, page);
    answers.push(...(page as { readonly members: readonly unknown[] }).members);
    members.push(...read.members);
    cursor = read.next;
  } while (cursor !== undefined);
  return { answers, members };
}

/** Finds a member by address or "sub", in the organisation that is named or in all. @throws Refused */
export async function findMember(
  admin: AdminClient,
  typed: string,
  organization: string | undefined,
): Promise<Found> {
  const among = organization === undefined ? await organizationIds(admin) : [organization];
  const found: Found[] = [];
  for (const one of among) {
    found.push(
      ...(typed.includes('@') ? await byAddress(admin, typed, one) : await bySub(admin, typed, one)),
    );
  }
  const [only, ...others] = found;
  if (only === undefined) {
    throw new Refused([
      `There is no member ${typed}${organization === undefined ? '' : ` in ${organization}`}.`,
      'Name one by address or "sub"; npx penumbra member list --search <text> finds them.',
    ]);
  }
  if (others.length > 0) {
    const where = found.map((one) => one.organization);
    throw new Refused([
      `${typed} is a member of several organisations. Say which one with --org <id>.`,
      ...listed(where),
    ]);
  }
  return only;
}

/** Checks what is typed for a member as far as it can be without the service. @throws UsedWrongly */
export function memberName<Given extends string | undefined>(typed: Given): Given {
  if (typed === undefined) return typed;
  if (/^[^@\s]+@[^@\s]+$/.test(typed) || /^[A-Za-z0-9_.~-]{1,64}$/.test(typed)) return typed;
  throw new UsedWrongly('A member is named by an email address or by the "sub" of the account.');
}

async function byAddress(admin: AdminClient, typed: string, organization: string): Promise<Found[]> {
  const address = typed.normalize('NFC').toLowerCase();
  // The search is one for beginnings, and of names too.
  const { members } = await allMembers(admin, organization, { filter: 'all', search: address });
  return members
    .filter(({ email }) => email.toLowerCase() === address)
    .map(({ sub, email, name }) => ({ organization, sub, email, name }));
}

async function bySub(admin: AdminClient, sub: string, organization: string): Promise<Found[]> {
  try {
    const answer = await admin.ask({ method: 'GET', path: pathIn(organization, ['members', sub]) });
    const { email, name } = understood(memberView, answer).member;
    return [{ organization, sub, email, name }];
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return [];
    throw error;
  }
}

function listed(ids: readonly string[]): string[] {
  const most = 10;
  return ids.length > most ? [...ids.slice(0, most), `and ${ids.length - most} more`] : [...ids];
}
