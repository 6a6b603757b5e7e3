// The service on Deno with a clock that tests can move. All else is the product's own entry.
import { serve } from '../../worker/deno.ts';
import { createMovableClock } from './movable-clock.ts';

const clock = createMovableClock();

serve(clock, (fetch) => async (request) => (await clock.answer(request)) ?? fetch(request));
