// The demo organisation and its people, made through the service's own doors: the admin API and the set-up link that
// each of them gets by mail.
import type { OperatorFile } from './identity.ts';
import { openOperatorApi } from './operator-api.ts';
import type { Outbox } from './outbox/outbox.ts';

export interface DemoAccount {
  readonly email: string;
  readonly name: string;
  readonly role: 'owner' | 'admin' | 'member';
}

export const DEMO_PASSWORD = 'tangerine lantern orbit 47';

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { email: 'owner@example.com', name: 'Olivia Owner', role: 'owner' },
  { email: 'admin@example.com', name: 'Adam Admin', role: 'admin' },
  { email: 'editor@example.com', name: 'Edith Editor', role: 'member' },
];

export const DEMO_ORGANIZATION = { id: 'example', name: 'Example' };

/**
 * Makes the demo organisation with its accounts, and empties the outbox. What is already there is left as it is.
 * @throws when the service refuses, with its reason.
 */
export async function seedDemo(operator: OperatorFile, outbox: Outbox): Promise<void> {
  const api = await openOperatorApi(operator);
  await api.create('organizations', DEMO_ORGANIZATION);
  for (const account of DEMO_ACCOUNTS) {
    await inviteMember(
      operator,
      outbox,
      { ...account, organization: DEMO_ORGANIZATION.id },
      DEMO_PASSWORD,
      api,
    );
  }
  outbox.clear();
}

/** Makes a member and, as that person, takes the set-up link from the mail and chooses the password. */
export async function inviteMember(
  operator: OperatorFile,
  outbox: Outbox,
  member: DemoAccount & { readonly organization: string },
  password: string,
  given?: Awaited<ReturnType<typeof openOperatorApi>>,
): Promise<void> {
  const api = given ?? (await openOperatorApi(operator));
  const { organization, email, name, role } = member;
  if ((await api.create('members', { organization, email, name, role })) === 'exists') return;
  const link = /\/setup#([\w-]+)/;
  const mail = await outbox.next((message) => message.to === email && link.test(message.text));
  const answer = await fetch(`${operator.url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: operator.issuer },
    body: JSON.stringify({ token: link.exec(mail.text)?.[1], password }),
  });
  if (!answer.ok)
    throw new Error(`The set-up of ${email} was refused: ${answer.status} ${await answer.text()}`);
}
