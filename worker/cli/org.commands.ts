import type { Command } from './command.ts';
import { organizationFor, pathIn } from './lookup.ts';
import { organizations, overview } from './shapes.ts';
import { printable, table, understood } from './text.ts';

export const ORG_COMMANDS: readonly Command[] = [
  {
    name: 'org create',
    positionals: ['<id>'],
    needs: ['name'],
    json: true,
    about: 'Creates an organisation. The id is made of small letters, digits and hyphens.',
    read:
      ({ first: id, values: { name } }) =>
      async ({ admin }) => ({
        answer: await admin.ask({ method: 'POST', path: 'organizations', body: { id, name } }),
        lines: () => [`Organisation ${id} was created.`],
      }),
  },
  {
    name: 'org list',
    json: true,
    about: 'Lists the organisations that the key may see.',
    read:
      () =>
      async ({ admin }) => {
        const answer = await admin.ask({ method: 'GET', path: 'organizations' });
        return { answer, lines: () => describeAll(answer) };
      },
  },
  {
    name: 'org show',
    may: ['org'],
    json: true,
    about: 'Counts the members of an organisation by what they have, and what waits for somebody.',
    read:
      ({ values }) =>
      async ({ admin }) => {
        const organization = await organizationFor(admin, values.org);
        const answer = await admin.ask({ method: 'GET', path: pathIn(organization, ['overview']) });
        return { answer, lines: () => describeOverview(answer) };
      },
  },
];

function describeAll(answer: unknown): string[] {
  const all = understood(organizations, answer).organizations;
  if (all.length === 0) return ['There is no organisation yet.'];
  return table(
    ['ID', 'NAME'],
    all.map(({ id, name }) => [id, name]),
  );
}

function describeOverview(answer: unknown): string[] {
  const { organization, counts, resets, helpRequests } = understood(overview, answer);
  return [
    printable(`${organization.name} (${organization.id})`),
    '',
    ...table(
      ['MEMBERS', 'COUNT'],
      Object.entries(counts).map(([filter, count]) => [filter, String(count)]),
    ),
    '',
    `Resets that wait: ${resets}. Members who asked for help: ${helpRequests}.`,
  ];
}
