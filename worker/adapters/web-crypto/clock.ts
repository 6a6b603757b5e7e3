import type { ClockPort } from '../../ports/clock.ts';

/** Makes the clock port from the platform's clock (deployed Workers hold it still between I/O). */
export function createClock(): ClockPort {
  return { now: () => Math.floor(Date.now() / 1000) };
}
