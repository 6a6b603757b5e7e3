import { Hono } from 'hono';
import { MEMBER_ROLES } from '../accounts/account.ts';
import type { Service } from '../http/service.ts';
import type { MemberFilterWire, OverviewWire } from '../interaction/wire.ts';
import { listOf } from '../ports/redis.ts';
import { act, type AdminEnv, idIn } from './acting.ts';
import { type OverviewRecord, readOverview } from './overview.steps.ts';

const DAY_SECONDS = 86_400;
const COVERAGE_DAYS = 90;
const SIGN_IN_DAYS = 30;

/** What the charts are drawn from. Of the members are counted those lists that are kept as such. */
type Overview = Omit<OverviewWire, 'counts' | 'resets'> & {
  readonly counts: Partial<Record<MemberFilterWire, number>>;
};

/** Serves the overview of an organisation. */
export function overviewRoutes(service: Service): Hono<AdminEnv> {
  return new Hono<AdminEnv>().get('/overview', async (c) => {
    const today = Math.floor(c.var.request.now / DAY_SECONDS);
    const days = { today, coverageDays: COVERAGE_DAYS, signInDays: SIGN_IN_DAYS };
    const read = await act(c, service, readOverview, {}, days, { fresh: false });
    return read instanceof Response ? read : c.json(overviewOf(idIn(c, 'organization'), read, today));
  });
}

function overviewOf(id: string, record: OverviewRecord, today: number): Overview {
  const { name, covered, members, administrators, helpRequests } = record;
  return {
    organization: { id, name },
    role: MEMBER_ROLES.find((role) => role === record.role) ?? 'admin',
    counts: { all: members, no_factor: members - covered, administrators, needs_help: helpRequests },
    coverage: coverageOf(record, today),
    signIns: listOf(record.signIns).map(({ day, field, count }) => {
      const [kind = '', result] = field.split(':');
      return { day: dateOf(day), kind, result: result === 'ok' ? 'ok' : 'failed', count };
    }),
    helpRequests,
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
