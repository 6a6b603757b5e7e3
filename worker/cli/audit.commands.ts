import type { AdminClient } from './admin-client.ts';
import type { Command, Given } from './command.ts';
import { outputFor } from './download.ts';
import { findMember, memberName, organizationFor, pathIn } from './lookup.ts';
import { auditPage, type AuditEntry } from './shapes.ts';
import { moment, table, understood } from './text.ts';
import { instant, oneOf, wholeNumber } from './typed.ts';

const GROUPS = ['sign_in', 'factor', 'account', 'policy', 'admin', 'message', 'site', 'other'];

interface Where {
  readonly organization: string;
  readonly parameters: Readonly<Record<string, string | number | undefined>>;
}

export const AUDIT_COMMANDS: readonly Command[] = [
  {
    name: 'audit list',
    may: ['member', 'group', 'from', 'to', 'limit', 'org'],
    json: true,
    about: 'Lists what happened, newest first.',
    read: (given: Given) => {
      const where = readFilters(given);
      const limit = wholeNumber(given.values.limit, '--limit', 1, 10_000) ?? 100;
      return async ({ admin }) => {
        const { answer, entries, isMore } = await readEntries(admin, await where(admin), limit);
        return { answer, lines: () => describe(entries, isMore) };
      };
    },
  },
  {
    name: 'audit export',
    needs: ['format'],
    may: ['out', 'member', 'group', 'from', 'to', 'org'],
    about:
      'Writes all that happened as CSV or as one JSON object a line, to standard output or to a file that is not there yet.',
    read: (given: Given) => {
      const where = readFilters(given);
      const format = oneOf(['csv', 'jsonl'], given.values.format ?? '', '--format');
      return async (tools) => {
        const output = await outputFor(given.values.out, tools);
        return output.fill(async (write) => {
          const { organization, parameters } = await where(tools.admin);
          await tools.admin.download(pathIn(organization, [`audit.${format}`], parameters), write);
        });
      };
    },
  },
];

function readFilters({ values }: Given): (admin: AdminClient) => Promise<Where> {
  const typed = memberName(values.member);
  const parameters = {
    group: oneOf(GROUPS, values.group, '--group'),
    from: instant(values.from, '--from'),
    to: instant(values.to, '--to', 'end'),
  };
  return async (admin) => {
    // A "sub" is taken as it is: the trail outlives the member.
    if (!typed?.includes('@')) {
      const organization = await organizationFor(admin, values.org);
      return { organization, parameters: { member: typed, ...parameters } };
    }
    const { organization, sub } = await findMember(admin, typed, values.org);
    return { organization, parameters: { member: sub, ...parameters } };
  };
}

async function readEntries(
  admin: AdminClient,
  { organization, parameters }: Where,
  limit: number,
): Promise<{ readonly answer: object; readonly entries: readonly AuditEntry[]; readonly isMore: boolean }> {
  const answers: unknown[] = [];
  const entries: AuditEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await admin.ask({
      method: 'GET',
      path: pathIn(organization, ['audit'], { ...parameters, cursor }),
    });
    const read = understood(auditPage, page);
    answers.push(...(page as { readonly entries: readonly unknown[] }).entries);
    entries.push(...read.entries);
    cursor = read.next;
  } while (cursor !== undefined && entries.length < limit);
  return {
    answer: { entries: answers.slice(0, limit) },
    entries: entries.slice(0, limit),
    isMore: cursor !== undefined || entries.length > limit,
  };
}

function describe(entries: readonly AuditEntry[], isMore: boolean): string[] {
  if (entries.length === 0) return ['Nothing of that kind happened.'];
  return [
    ...table(
      ['TIME', 'WHAT', 'RESULT', 'MEMBER', 'BY', 'SITE', 'FROM', 'DETAILS'],
      entries.map((entry) => [
        moment(entry.at),
        entry.type,
        entry.result,
        entry.memberName ?? entry.sub ?? '',
        entry.by ?? '',
        entry.clientId ?? '',
        [entry.address, entry.country].filter((part) => part !== undefined).join(' '),
        Object.entries(entry.details)
          .map(([name, value]) => `${name}=${value}`)
          .join(' '),
      ]),
    ),
    ...(isMore
      ? ['', 'There is more: narrow it by --from and --to, raise --limit, or use audit export.']
      : []),
  ];
}
