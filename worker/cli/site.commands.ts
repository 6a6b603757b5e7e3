import { type AdminClient, Refused } from './admin-client.ts';
import { type Command, UsedWrongly, type Given } from './command.ts';
import { findMember, memberName, organizationFor, pathIn } from './lookup.ts';
import { policyWords } from './explain.ts';
import { changedSite, madeSite, newSecret, type Site, sites } from './shapes.ts';
import { printable, table, understood } from './text.ts';
import { fileObject, oneOf } from './typed.ts';

export const SITE_COMMANDS: readonly Command[] = [
  {
    name: 'site list',
    may: ['org'],
    json: true,
    about: 'Lists the sites of an organisation, with what they demand and who may use them.',
    read:
      ({ values }) =>
      async ({ admin }) => {
        const organization = await organizationFor(admin, values.org);
        const answer = await admin.ask({ method: 'GET', path: pathIn(organization, ['sites']) });
        return { answer, lines: () => describeAll(understood(sites, answer).sites) };
      },
  },
  {
    name: 'site create',
    needs: ['org', 'name', 'redirect-uri'],
    may: ['post-logout-redirect-uri', 'public'],
    json: true,
    about: 'Registers a site. Prints its client_id and, unless it is public, its secret: this once.',
    read:
      ({ values }) =>
      async ({ admin }) => {
        const name = values.name ?? '';
        const body = {
          organization: values.org,
          name,
          redirect_uris: values['redirect-uri'],
          post_logout_redirect_uris: values['post-logout-redirect-uri'] ?? [],
          public: values.public ?? false,
        };
        const answer = await admin.ask({ method: 'POST', path: 'sites', body });
        return { answer, lines: () => describeMade(name, answer) };
      },
  },
  {
    name: 'site change',
    positionals: ['<client_id>'],
    may: ['name', 'redirect-uri', 'post-logout-redirect-uri', 'policy', 'access', 'listed', 'org'],
    json: true,
    about: 'Changes a site. What is given replaces what was there; the rest stays.',
    read: ({ first: clientId, values }: Given) => {
      const access = oneOf(['members', 'listed'], values.access, '--access');
      const listed = values.listed?.map(memberName);
      const file = values.policy;
      const plain = {
        ...(values.name === undefined ? {} : { name: values.name }),
        ...(values['redirect-uri'] ? { redirectUris: values['redirect-uri'] } : {}),
        ...(values['post-logout-redirect-uri']
          ? { postLogoutRedirectUris: values['post-logout-redirect-uri'] }
          : {}),
        ...(access === undefined ? {} : { access }),
      };
      if (Object.keys(plain).length === 0 && file === undefined && listed === undefined) {
        throw new UsedWrongly('site change needs something to change: site change --help lists it.');
      }
      return async (tools) => {
        const { admin } = tools;
        const policy = file === undefined ? {} : { policy: await fileObject(file, tools) };
        const organization = await organizationFor(admin, values.org);
        const members = await Promise.all(
          (listed ?? []).map((typed) => findMember(admin, typed, organization)),
        );
        const subs = listed === undefined ? {} : { listed: members.map(({ sub }) => sub) };
        const path = pathIn(organization, ['sites', clientId]);
        const answer = await admin.ask({ method: 'POST', path, body: { ...plain, ...policy, ...subs } });
        return {
          answer,
          lines: () => ['The site was changed.', ...describeAll([understood(changedSite, answer)])],
        };
      };
    },
  },
  {
    name: 'site secret',
    positionals: ['<client_id>'],
    may: ['org'],
    destroys: true,
    json: true,
    about: 'Makes a new secret and prints it, this once. The old one is void at once.',
    read:
      ({ first: clientId, values }) =>
      async ({ admin, confirm }) => {
        const { organization, name } = await findSite(admin, clientId, values.org);
        await confirm(
          `This makes the secret of ${name} in ${organization} void: the site needs the new one.`,
          {
            called: 'client_id',
            word: clientId,
          },
        );
        const path = pathIn(organization, ['sites', clientId, 'secret']);
        const answer = await admin.ask({ method: 'POST', path, body: {} });
        return { answer, lines: () => describeSecret(answer) };
      },
  },
  {
    name: 'site remove',
    positionals: ['<client_id>'],
    may: ['org'],
    destroys: true,
    json: true,
    about: 'Removes a site: nobody can sign in there any more.',
    read:
      ({ first: clientId, values }) =>
      async ({ admin, confirm }) => {
        const { organization, name } = await findSite(admin, clientId, values.org);
        await confirm(`This removes ${name} from ${organization}: nobody can sign in there any more.`, {
          called: 'client_id',
          word: clientId,
        });
        const path = pathIn(organization, ['sites', clientId, 'remove']);
        const answer = await admin.ask({ method: 'POST', path, body: {} });
        return { answer, lines: () => [printable(`Site ${name} was removed.`)] };
      },
  },
];

/** Finds a site by its client_id, so that what is asked before it is changed can name it. */
async function findSite(
  admin: AdminClient,
  clientId: string,
  given: string | undefined,
): Promise<{ readonly organization: string; readonly name: string }> {
  const organization = await organizationFor(admin, given);
  const answer = await admin.ask({ method: 'GET', path: pathIn(organization, ['sites']) });
  const site = understood(sites, answer).sites.find((one) => one.clientId === clientId);
  if (site) return { organization, name: site.name };
  throw new Refused([
    `There is no site ${clientId} in ${organization}.`,
    'npx penumbra site list shows them.',
  ]);
}

function describeMade(name: string, answer: unknown): string[] {
  const site = understood(madeSite, answer);
  return [
    printable(`Site ${name} was registered.`),
    `client_id:     ${printable(site.client_id)}`,
    ...secretLines(site.client_secret),
  ];
}

function describeSecret(answer: unknown): string[] {
  const { site, clientSecret } = understood(newSecret, answer);
  return [
    printable(`Site ${site.name} has a new secret. The old one is void.`),
    `client_id:     ${printable(site.clientId)}`,
    ...secretLines(clientSecret),
  ];
}

function secretLines(secret: string | undefined): string[] {
  if (secret === undefined) return ['It is public: it has no secret.'];
  return [
    `client_secret: ${printable(secret)}`,
    'The secret is shown this once. Put it where the site keeps its secrets.',
  ];
}

function describeAll(all: readonly Site[]): string[] {
  if (all.length === 0) return ['There are no sites yet.'];
  return table(
    ['CLIENT ID', 'NAME', 'FOR', 'RETURNS TO', 'DEMANDS', 'NOTES'],
    all.map((site) => [
      site.clientId,
      site.name,
      site.access === 'listed' ? `${site.listed} listed` : 'all members',
      site.redirectUris.join(' '),
      policyWords(site.policy).join('; '),
      [...(site.isConfigured ? ['of the configuration'] : []), ...(site.isPublic ? ['public'] : [])].join(
        '; ',
      ),
    ]),
  );
}
