import { Refused } from './admin-client.ts';
import { type Command, type Tools, type Given } from './command.ts';
import { explanationLines, policyWords } from './explain.ts';
import { findMember, memberName, organizationFor, pathIn } from './lookup.ts';
import { personIn } from './member-text.ts';
import { explanation, policyView, trial } from './shapes.ts';
import { printable, table, understood } from './text.ts';
import { fileObject } from './typed.ts';

const EFFECTS: Readonly<Record<string, string>> = {
  must_enroll: 'has to set up a factor',
  may_put_off: 'has to set up a factor, and may put it off',
  cannot: 'could not sign in',
};

export const POLICY_COMMANDS: readonly Command[] = [
  {
    name: 'policy show',
    may: ['org'],
    json: true,
    about: 'Shows what the organisation demands, and the floor of the configuration below it.',
    read:
      ({ values }) =>
      async ({ admin }) => {
        const organization = await organizationFor(admin, values.org);
        const answer = await admin.ask({ method: 'GET', path: pathIn(organization, ['policy']) });
        return { answer, lines: () => describePolicy(organization, answer) };
      },
  },
  {
    name: 'policy set',
    positionals: ['<file.json>'],
    may: ['org'],
    json: true,
    about:
      'Sets what the organisation demands, from a file (- for standard input): the policy alone, or what policy show --json printed, changed. The latter is refused where somebody else changed the policy since.',
    read:
      ({ first: file, values }) =>
      async (tools) => {
        const given = await readPolicy(file, tools);
        const { admin } = tools;
        const organization = await organizationFor(admin, values.org);
        const path = pathIn(organization, ['policy']);
        const version =
          given.version ?? understood(policyView, await admin.ask({ method: 'GET', path })).version;
        const body = { policy: given.policy, version };
        const answer = await admin.ask({ method: 'POST', path, body }).catch((error: unknown) => {
          if (!(error instanceof Refused) || error.status !== 409) throw error;
          throw new Refused(
            [
              ...error.lines,
              'Read it again with npx penumbra policy show --json, and set what you change there.',
            ],
            error.status,
          );
        });
        return { answer, lines: () => ['The policy is set.', ...describePolicy(organization, answer)] };
      },
  },
  {
    name: 'policy try',
    positionals: ['<file.json>'],
    may: ['org'],
    json: true,
    about: 'Says who would be affected by a policy, and how. Nothing is changed.',
    read:
      ({ first: file, values }) =>
      async (tools) => {
        const { policy } = await readPolicy(file, tools);
        const organization = await organizationFor(tools.admin, values.org);
        const path = pathIn(organization, ['policy', 'try']);
        const answer = await tools.admin.ask({ method: 'POST', path, body: { policy } });
        return { answer, lines: () => describeTrial(answer) };
      },
  },
  {
    name: 'policy explain',
    positionals: ['<member>'],
    may: ['site', 'org'],
    json: true,
    about: 'Says why a member is asked, and by which layer: configuration, organisation, site or member.',
    read: ({ first, values: { site, org } }: Given) => {
      const typed = memberName(first);
      return async ({ admin, now }) => {
        const member = await findMember(admin, typed, org);
        const path = pathIn(member.organization, ['members', member.sub, 'policy'], { site });
        const answer = await admin.ask({ method: 'GET', path });
        return {
          answer,
          lines: () => [
            printable(personIn(member) + (site === undefined ? '' : `, at the site ${site}`)),
            '',
            ...explanationLines(understood(explanation, answer), now),
          ],
        };
      };
    },
  },
];

/** Reads a policy, or what `policy show --json` printed: then with its version. */
async function readPolicy(
  file: string,
  tools: Pick<Tools, 'input'>,
): Promise<{ readonly policy: unknown; readonly version?: number }> {
  const given = await fileObject(file, tools);
  const { policy, version } = given;
  return typeof version === 'number' && policy !== undefined ? { policy, version } : { policy: given };
}

function describePolicy(organization: string, answer: unknown): string[] {
  const { policy, floor } = understood(policyView, answer);
  return [
    `Organisation ${organization}`,
    ...phrases(policy),
    'Floor of the configuration',
    ...phrases(floor),
  ].map(printable);
}

function phrases(policy: Parameters<typeof policyWords>[0]): string[] {
  const words = policyWords(policy);
  return words.length === 0 ? ['  demands nothing'] : words.map((phrase) => `  ${phrase}`);
}

function describeTrial(answer: unknown): string[] {
  const { members, fine, mustEnroll, mayPutOff, exempt, cannot, affected, incomplete } = understood(
    trial,
    answer,
  );
  return [
    ...table(
      ['MEMBERS', String(members)],
      [
        ['meet it already', String(fine)],
        ['have to set up a factor', String(mustEnroll)],
        ['of these may put it off', String(mayPutOff)],
        ['exempt', String(exempt)],
        ['could not sign in', String(cannot)],
      ],
    ),
    ...(incomplete ? ['Not all members were looked at: there are more.'] : []),
    ...(affected.length === 0
      ? []
      : [
          '',
          ...table(
            ['EMAIL', 'NAME', 'WHAT HAPPENS'],
            affected.map(({ email, name, effect }) => [email, name, EFFECTS[effect] ?? effect]),
          ),
        ]),
    ...(affected.length < mustEnroll + cannot ? [`These are the first ${affected.length}.`] : []),
  ];
}
