import type { Context } from 'hono';
import type { Service } from '../http/service.ts';
import type { MemberWire } from '../interaction/wire.ts';
import { listOf } from '../ports/redis.ts';
import { act, type AdminEnv, idIn } from './acting.ts';
import { memberWire } from './member-view.ts';
import { listArgs } from './members-query.ts';
import { type ListArgs, type ListedMembers, pageOfMembers } from './members.steps.ts';
import { csvLine } from '../http/csv.ts';

/** Members that one step reads for an export. */
const PIECE = 500;

const HEADING = [
  'email',
  'name',
  'role',
  'status',
  'home',
  'strength',
  'kinds',
  'last_sign_in',
  'exempt_until',
  'locked',
  'help_asked',
  'invite_expires',
];

/** Gives all members of a filter or a search as CSV, page after page as it is read. */
export async function membersCsv(c: Context<AdminEnv>, service: Service): Promise<Response> {
  const query = listArgs(c);
  if (query instanceof Response) return query;
  const page = (after: Partial<ListArgs> = {}): Promise<ListedMembers | Response> =>
    readPage(c, service, { ...query, ...after, count: PIECE });
  // The first one decides whether who asks may have it.
  const first = await page();
  if (first instanceof Response) return first;
  let waiting: ListedMembers | undefined = first;
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(csvLine(HEADING)));
    },
    async pull(controller) {
      if (!waiting) {
        controller.close();
        return;
      }
      const { rows, next }: ListedMembers = waiting;
      controller.enqueue(
        encoder.encode(
          listOf(rows)
            .map((row) => csvLine(cellsOf(memberWire(row))))
            .join(''),
        ),
      );
      if (next === undefined) {
        waiting = undefined;
        return;
      }
      const following = await page(next);
      if (following instanceof Response) controller.error(new Error('The export was cut off.'));
      else waiting = following;
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="members-${idIn(c, 'organization')}.csv"`,
      'cache-control': 'no-store',
    },
  });
}

function readPage(c: Context<AdminEnv>, service: Service, args: ListArgs): Promise<ListedMembers | Response> {
  return act(c, service, pageOfMembers, {}, args, { fresh: false });
}

function cellsOf(member: MemberWire): string[] {
  const { email, name, role, status, isHome, strength, kinds, locked } = member;
  return [
    email,
    name,
    role,
    status,
    isHome ? 'yes' : 'no',
    strength,
    kinds.join(' '),
    moment(member.lastSignInAt),
    moment(member.exemptUntil),
    locked?.why ?? '',
    moment(member.helpAskedAt),
    moment(member.inviteExpiresAt),
  ];
}

function moment(at: number | undefined): string {
  return at === undefined ? '' : new Date(at * 1000).toISOString();
}
