/** Work that goes on after an answer was given. */
export interface BackgroundPort {
  /** Lets the work finish although the answer is out. The work catches its own errors. */
  run(work: Promise<void>): void;
  /** Waits. Only for work in the background, and for seconds at most. */
  pause(milliseconds: number): Promise<void>;
}
