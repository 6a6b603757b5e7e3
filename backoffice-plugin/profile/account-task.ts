// What is open on the account page besides what is always there, and how that outlives a reload or a fresh sign-in.
// Only the kind of task and the identifier of a factor are kept: nothing that was typed, no number, no code.

import type { AccountView, PendingWire } from '../../worker/interaction/wire.ts';
import type { AddressPath } from '../api/account.api.ts';

export type Task =
  | { readonly kind: 'none' }
  | { readonly kind: 'name' | 'language' | 'password' | 'removeNotice' | 'newCodes' | 'endOthers' }
  | { readonly kind: 'address'; readonly path: AddressPath }
  | { readonly kind: 'rename' | 'remove'; readonly enrollmentId: string }
  | { readonly kind: 'add'; readonly pending?: PendingWire }
  | { readonly kind: 'number'; readonly enrollmentId: string; readonly pending?: PendingWire }
  /** Without codes while they are being made. `withFactor`: they come with a first factor that was just added. */
  | { readonly kind: 'codes'; readonly codes?: readonly string[]; readonly withFactor?: boolean }
  | { readonly kind: 'fresh'; readonly way: string };

export type SectionId = 'details' | 'mfa' | 'codes' | 'sessions' | 'activity';

export type CodesTask = Extract<Task, { readonly kind: 'codes' }>;

/** A factor is being set up. */
export type EnrollmentTask = Extract<Task, { readonly kind: 'add' | 'number' }>;

export const NO_TASK: Task = { kind: 'none' };

const KEY = 'penumbra-account-task';

/** The section that a task belongs to: its heading has the focus when the task is over. */
export const SECTION_OF: Readonly<Record<Task['kind'], SectionId>> = {
  none: 'details',
  name: 'details',
  language: 'details',
  password: 'details',
  address: 'details',
  removeNotice: 'details',
  add: 'mfa',
  rename: 'mfa',
  remove: 'mfa',
  number: 'mfa',
  newCodes: 'codes',
  codes: 'codes',
  endOthers: 'sessions',
  fresh: 'mfa',
};

/** Whether a factor is being set up, or a number takes the place of another. */
export function isEnrollmentTask(task: Task): task is EnrollmentTask {
  return task.kind === 'add' || task.kind === 'number';
}

/** Keeps a task for the page's next load. A fresh sign-in doesn't take the place of what it is needed for. */
export function rememberTask(task: Task): void {
  if (task.kind === 'fresh') return;
  try {
    if (task.kind === 'none' || task.kind === 'codes') sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(withoutSecrets(task)));
  } catch {
    // Refused by the browser: then the page begins anew, which is no harm.
  }
}

/** Gives the task that was open when the page was left, as far as it is still possible. */
export function recallTask(view: AccountView): Task {
  const kept = read();
  const { kind, enrollmentId } = kept;
  if (kind === 'add') return { kind, ...(view.pending && { pending: view.pending }) };
  if (kind === 'address') return { kind, path: kept.path === 'email' ? 'email' : 'notice-email' };
  if (kind === 'rename' || kind === 'remove' || kind === 'number') {
    const known = view.enrollments.some((each) => each.enrollmentId === enrollmentId);
    if (!known || enrollmentId === undefined) return NO_TASK;
    return kind === 'number' && view.pending
      ? { kind, enrollmentId, pending: view.pending }
      : { kind, enrollmentId };
  }
  return isPlain(kind) ? { kind } : NO_TASK;
}

type Plain = 'name' | 'language' | 'password' | 'removeNotice' | 'newCodes' | 'endOthers';

const PLAIN: ReadonlySet<string> = new Set<Plain>([
  'name',
  'language',
  'password',
  'removeNotice',
  'newCodes',
  'endOthers',
]);

function isPlain(kind: string | undefined): kind is Plain {
  return kind !== undefined && PLAIN.has(kind);
}

function withoutSecrets(task: Task): object {
  const { kind } = task;
  if ('enrollmentId' in task) return { kind, enrollmentId: task.enrollmentId };
  return 'path' in task ? { kind, path: task.path } : { kind };
}

function read(): Readonly<Partial<Record<'kind' | 'enrollmentId' | 'path', string>>> {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter(([, value]) => typeof value === 'string'));
  } catch {
    return {};
  }
}
