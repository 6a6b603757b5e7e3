// The service on workerd with a clock that tests can move. All else is the product's own entry.
import { createWorker } from '../../worker/cloudflare.ts';
import { createMovableClock } from './movable-clock.ts';
import { answerQueue } from './queue-probe.ts';
import { answerTotp } from './totp-probe.ts';

const clock = createMovableClock();
const worker = createWorker(clock);

export default {
  fetch: async (request: Request, env: Parameters<typeof worker.fetch>[1]): Promise<Response> =>
    (await clock.answer(request)) ??
    (await answerQueue(request, () => worker.scheduled({}, env))) ??
    (await answerTotp(request)) ??
    clock.date(await worker.fetch(request, env)),
};
