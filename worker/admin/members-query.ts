import type { Context } from 'hono';
import { base64url } from 'jose';
import * as v from 'valibot';
import { foldName } from '../accounts/account.ts';
import { MEMBER_FILTERS } from '../accounts/member-index.lua.ts';
import { fieldErrors } from '../http/body.ts';
import { problem } from '../http/problem.ts';
import type { AdminEnv } from './acting.ts';
import type { ListArgs, ListedMembers } from './members.steps.ts';

/** Members of one page. */
export const PAGE = 50;

const cursor = v.strictObject({
  after: v.pipe(v.string(), v.maxLength(1000)),
  afterAt: v.pipe(v.number(), v.safeInteger()),
  afterPlace: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});

const query = v.object({
  filter: v.optional(v.picklist(MEMBER_FILTERS), 'all'),
  search: v.optional(v.pipe(v.string(), v.maxLength(254)), ''),
  sort: v.optional(v.picklist(['name', 'last_sign_in']), 'name'),
  cursor: v.optional(v.string()),
});

/** Reads what is asked of the list, or gives the refusal. */
export function listArgs(c: Context<AdminEnv>): ListArgs | Response {
  const parsed = v.safeParse(query, c.req.query());
  if (!parsed.success) return problem('invalid_body', { errors: fieldErrors(parsed.issues) });
  const { filter, search, sort } = parsed.output;
  const after = readCursor(parsed.output.cursor);
  if (!after) {
    const message = 'Send the cursor of the page before, or none.';
    return problem('invalid_body', { errors: [{ field: 'cursor', message }] });
  }
  return { filter, search: foldName(search), sort, count: PAGE, ...after };
}

/** Says where a page ended, opaque to whoever asks for the next. */
export function nextCursor(next: NonNullable<ListedMembers['next']>): string {
  return base64url.encode(JSON.stringify(next));
}

function readCursor(text: string | undefined): NonNullable<ListedMembers['next']> | undefined {
  if (text === undefined) return { after: '', afterAt: 0, afterPlace: 0 };
  try {
    const parsed = v.safeParse(cursor, JSON.parse(new TextDecoder().decode(base64url.decode(text))));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
