/** Collects what is wrong in the configuration: names and what to do, never a value (they hold secrets). */
export interface Mistakes {
  add(where: string, what: string): void;
  readonly all: readonly string[];
}

/** Makes an empty collection. */
export function collectMistakes(): Mistakes {
  const all: string[] = [];
  return {
    all,
    add(where, what) {
      all.push(`${where} ${what}.`);
    },
  };
}
