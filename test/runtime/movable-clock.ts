// The clock of the tests: the real one, moved. It lets a test wait for an hour in no time.
import type { ClockPort } from '../../worker/ports/clock.ts';

export interface MovableClock extends ClockPort {
  /** Answers `POST /test/clock {"offset": seconds}`; any other request is left to the service. */
  answer(request: Request): Promise<Response | undefined>;
  /** Has a response tell the moved time, as a service's own would: screens count waits by it. */
  date(response: Response): Response;
}

export function createMovableClock(): MovableClock {
  let offset = 0;
  return {
    now: () => Math.floor(Date.now() / 1000) + offset,
    answer: async (request) => {
      if (request.method !== 'POST' || new URL(request.url).pathname !== '/test/clock') return undefined;
      ({ offset } = (await request.json()) as { offset: number });
      return new Response(null, { status: 204 });
    },
    date: (response) => {
      const dated = new Response(response.body, response);
      dated.headers.set('date', new Date(Date.now() + offset * 1000).toUTCString());
      return dated;
    },
  };
}
