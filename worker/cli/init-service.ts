// The last part of `init`: the first organisation of a service that runs, and its owner.
import type { AdminClient } from './admin-client.ts';
import { allMembers, organizationIds } from './lookup.ts';
import { madeMember } from './shapes.ts';
import { understood } from './text.ts';

export interface First {
  readonly organization: string;
  readonly organizationName: string;
  readonly owner: string;
  readonly ownerName: string;
}

/** Makes what is not there yet, and says of each what became of it. A mail that failed gives 1. @throws Refused */
export async function makeFirst(
  admin: AdminClient,
  { organization, organizationName, owner, ownerName }: First,
  say: (line: string) => Promise<void>,
): Promise<0 | 1> {
  if ((await organizationIds(admin)).includes(organization)) {
    await say(`there    organisation ${organization}`);
  } else {
    const body = { id: organization, name: organizationName };
    await admin.ask({ method: 'POST', path: 'organizations', body });
    await say(`made     organisation ${organization}`);
  }
  const address = owner.normalize('NFC').toLowerCase();
  const { members } = await allMembers(admin, organization, { filter: 'all', search: address });
  const known = members.find(({ email }) => email.toLowerCase() === address);
  if (known) {
    await say(`there    ${known.email}, ${known.role} of ${organization}, ${known.status}`);
    for (const line of adviceFor(organization, known)) await say(line);
    return 0;
  }
  const body = { organization, email: owner, name: ownerName, role: 'owner' };
  const { mail } = understood(madeMember, await admin.ask({ method: 'POST', path: 'members', body }));
  await say(`made     ${owner}, owner of ${organization}`);
  if (mail === 'accepted') {
    await say('mailed   a link to set the password, good for seven days');
    return 0;
  }
  await say('failed   the mail with the link could not be sent. To send another:');
  await say(`         npx penumbra invite resend ${owner} --org ${organization}`);
  return 1;
}

function adviceFor(
  organization: string,
  { email, role, status }: { readonly email: string; readonly role: string; readonly status: string },
): string[] {
  return [
    ...(role === 'owner' ? [] : [`         npx penumbra member role ${email} owner --org ${organization}`]),
    ...(status === 'invited' ? [`         npx penumbra invite resend ${email} --org ${organization}`] : []),
  ];
}
