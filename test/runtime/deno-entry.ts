// The service on Deno with a clock and client addresses that tests can choose. All else is the product's own entry.
import { serve } from '../../worker/deno.ts';
import { createMovableClock } from './movable-clock.ts';
import { answerQueue } from './queue-probe.ts';
import { answerTotp } from './totp-probe.ts';

const clock = createMovableClock();

serve({
  clock,
  before: async (request, workOff) =>
    (await clock.answer(request)) ?? (await answerQueue(request, workOff)) ?? (await answerTotp(request)),
  addressOf: (request) => request.headers.get('x-test-address') ?? undefined,
});
