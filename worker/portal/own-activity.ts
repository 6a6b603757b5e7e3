import type { Context } from 'hono';
import type { AppEnv } from '../http/app-env.ts';
import { csvLine, downloadHeaders } from '../http/csv.ts';
import type { Service } from '../http/service.ts';
import { freshness, runJudged } from '../interaction/public.ts';
import { listOf } from '../ports/redis.ts';
import { sessionKeyOf } from '../session/browser.ts';
import { activityWire } from './account-view.ts';
import { readOwnActivity } from './own-activity.steps.ts';
import { loginRequired } from './refusals.ts';

/** Answers with what happened to one's own account, as a file. One round trip. */
export async function exportOwnActivity(c: Context<AppEnv>, service: Service): Promise<Response> {
  const session = await sessionKeyOf(c);
  const read = await runJudged(service, readOwnActivity, { session }, freshness(service, c.var.request.now));
  if (read.status !== 'ok') return loginRequired();
  const lines = listOf(read.activity)
    .map(activityWire)
    .map(({ at, type, result, address, country, device }) =>
      csvLine([new Date(at * 1000).toISOString(), type, result, address, country, device]),
    );
  const heading = csvLine(['time', 'event', 'result', 'address', 'country', 'device']);
  return new Response([heading, ...lines].join(''), { headers: downloadHeaders('text/csv', 'activity.csv') });
}
