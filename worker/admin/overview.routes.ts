import { Hono } from 'hono';
import { MEMBER_ROLES } from '../accounts/account.ts';
import type { Service } from '../http/service.ts';
import type { OverviewWire } from '../interaction/wire.ts';
import { listOf } from '../ports/redis.ts';
import { act, type AdminEnv, idIn } from './acting.ts';
import { type OverviewRecord, readOverview } from './overview.steps.ts';

const DAY_SECONDS = 86_400;
const COVERAGE_DAYS = 90;
const SIGN_IN_DAYS = 30;

/** Serves the overview of an organisation. */
export function overviewRoutes(service: Service): Hono<AdminEnv> {
  return new Hono<AdminEnv>().get('/overview', async (c) => {
    const today = Math.floor(c.var.request.now / DAY_SECONDS);
    const days = { today, coverageDays: COVERAGE_DAYS, signInDays: SIGN_IN_DAYS };
    const read = await act(c, service, readOverview, {}, days, { fresh: false });
    return read instanceof Response ? read : c.json(overviewOf(idIn(c, 'organization'), read, today));
  });
}

function overviewOf(id: string, record: OverviewRecord, today: number): OverviewWire {
  const { name, counts, resets } = record;
  return {
    organization: { id, name },
    role: MEMBER_ROLES.find((role) => role === record.role) ?? 'admin',
    counts,
    coverage: coverageOf(record, today),
    signIns: listOf(record.signIns).map(({ day, field, count }) => {
      const [kind = '', result] = field.split(':');
      return { day: dateOf(day), kind, result: result === 'ok' ? 'ok' : 'failed', count };
    }),
    resets,
    helpRequests: counts.needs_help,
  };
}

/** Each day has what the last change before its end left; today has what is now. Before the first change there is nothing. */
function coverageOf(record: OverviewRecord, today: number): OverviewWire['coverage'] {
  const changes = listOf(record.coverage);
  const days = Array.from({ length: COVERAGE_DAYS }, (_one, at) => today - COVERAGE_DAYS + 1 + at);
  return days.flatMap((day) => {
    const { covered, members } = record;
    const last = day === today ? { covered, members } : changes.findLast((change) => change.day <= day);
    return last ? [{ day: dateOf(day), covered: last.covered, members: last.members }] : [];
  });
}

function dateOf(day: number): string {
  return new Date(day * DAY_SECONDS * 1000).toISOString().slice(0, 10);
}
