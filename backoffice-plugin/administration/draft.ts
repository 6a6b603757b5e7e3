// What somebody was about to do when they had to sign in again: where they were, which form was open and what was typed
// into it. No form of the administration asks for a secret, and a secret that is shown is never kept.

/** Names an open form, so that it can be opened again. */
export interface Task {
  readonly form: string;
  /** What it is about, where the page has several of its kind. */
  readonly about?: string;
}

/** What was typed, by the field's name. */
export type Values = Readonly<Record<string, string>>;

export interface Draft {
  readonly hash: string;
  readonly task: Task;
  readonly values: Values;
}

const KEY = 'penumbra-administration';

/** Keeps a draft for after the sign-in. */
export function keepDraft(draft: Draft): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // Refused by the browser: then it has to be typed again, which is no harm.
  }
}

/** Tells where the page was left; undefined where it was not. The draft stays until it is taken. */
export function placeOfDraft(): string | undefined {
  return read()?.hash;
}

/** Gives what was typed at this place and forgets it. */
export function takeDraft(hash: string): Draft | undefined {
  const draft = read();
  if (draft?.hash !== hash) return undefined;
  forgetDraft();
  return draft;
}

/** Forgets what was typed. */
export function forgetDraft(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept either.
  }
}

function read(): Draft | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    return isDraft(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

function isDraft(kept: unknown): kept is Draft {
  if (typeof kept !== 'object' || kept === null) return false;
  const { hash, task, values } = kept as Partial<Record<keyof Draft, unknown>>;
  const isTask =
    typeof task === 'object' && task !== null && typeof (task as Partial<Task>).form === 'string';
  return typeof hash === 'string' && isTask && typeof values === 'object' && values !== null;
}
