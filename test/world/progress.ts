/** Tells people what is done. Tests give a silent one. */
export interface Progress {
  /** Does one step and reports it with its detail and its seconds once it is done. */
  step<T>(name: string, work: () => Promise<T>, detail: (result: T) => string): Promise<T>;
  /** Says something in between, for what takes long. */
  note(text: string): void;
}

/** Writes a line for each step, each indented by two spaces. */
export function createProgress(write: (line: string) => void): Progress {
  return {
    step: async (name, work, detail) => {
      const started = performance.now();
      const result = await work();
      write(`  ${name}: ${detail(result)} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
      return result;
    },
    note: (text) => {
      write(`  ${text} ...`);
    },
  };
}

/** Says nothing. */
export const SILENT: Progress = { step: (_name, work) => work(), note: () => undefined };
