// What a command is. Each group of commands is a file that says how they are typed, what they do and how the answer
// reads. A command must not print or read the terminal but with its tools, and never touches the store.
import type { AdminClient } from './admin-client.ts';
import type { OptionName, Values } from './options.ts';

/** It can't be done as it was typed, which is known without the service. The message says what to do. */
export class UsedWrongly extends Error {}

/** What was typed after the command's name. Positionals that a command takes are there, and so are options it needs. */
export interface Given {
  readonly first: string;
  readonly second: string;
  readonly values: Values;
}

/** What a command works with. */
export interface Tools {
  /** Connects with the operator's key when it is used first. */
  readonly admin: AdminClient;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The repository's root folder. */
  readonly root: string;
  readonly now: Date;
  /** Reads standard input to its end. */
  readonly input: () => Promise<string>;
  /** Asks the person at the terminal; absent where there is none. */
  readonly ask?: (question: string) => Promise<string>;
  /** Writes to standard output as it is. */
  readonly write: (text: string) => Promise<void>;
  /**
   * Makes sure that something is to be destroyed: the person types the word, unless --yes was given.
   * @throws Refused when another word is typed
   */
  readonly confirm: (what: string, word: ConfirmingWord) => Promise<void>;
}

export interface ConfirmingWord {
  readonly called: string;
  readonly word: string;
}

/** What came of it. */
export interface Outcome {
  /** For --json: the service's answer. */
  readonly answer?: unknown;
  /** In words. */
  readonly lines: () => readonly string[];
  /** 1 where a part was refused; 0 unless given. */
  readonly code?: 0 | 1;
}

export interface Command {
  /** As it is typed: `member list`. */
  readonly name: string;
  /** At most two, such as `<member>`. */
  readonly positionals?: readonly string[];
  readonly needs?: readonly OptionName[];
  readonly may?: readonly OptionName[];
  readonly about: string;
  /** Asks before it acts, and takes --yes. */
  readonly destroys?: true;
  /** Prints the service's answer with --json. */
  readonly json?: true;
  /** Checks what was typed and gives what does it. @throws UsedWrongly */
  readonly read: (given: Given) => (tools: Tools) => Promise<Outcome>;
}

/** Commands that belong together. */
export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly Command[];
}
