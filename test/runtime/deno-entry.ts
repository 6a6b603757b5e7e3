// The service on Deno with a clock and client addresses that tests can choose. All else is the product's own entry.
import { serve } from '../../worker/deno.ts';
import { createMovableClock } from './movable-clock.ts';

const clock = createMovableClock();

serve({
  clock,
  before: (request) => clock.answer(request),
  addressOf: (request) => request.headers.get('x-test-address') ?? undefined,
});
