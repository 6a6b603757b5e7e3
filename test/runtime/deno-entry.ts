// The service on Deno with a clock and client addresses that tests can choose. All else is the product's own entry.
import { serve } from '../../worker/deno.ts';
import { createMovableClock } from './movable-clock.ts';
import { answerTotp } from './totp-probe.ts';

const clock = createMovableClock();

serve({
  clock,
  before: async (request) => (await clock.answer(request)) ?? (await answerTotp(request)),
  addressOf: (request) => request.headers.get('x-test-address') ?? undefined,
});
