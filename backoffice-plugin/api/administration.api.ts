import type {
  AccessPassWire,
  AuditGroupWire,
  AuditPage,
  BulkInviteReport,
  FactorKindWire,
  FactorResetWire,
  InviteWire,
  MemberFilterWire,
  MemberPage,
  MemberRoleWire,
  MemberView,
  MemberWire,
  NewAccessPassWire,
  OrganizationWire,
  OverviewWire,
} from '../../worker/interaction/wire.ts';
import type { ApiClient, ApiResult } from './client.ts';

const PATH = '/api/organizations';

/** Gives the path of something of an organisation. */
export function pathIn(organization: string, ...parts: readonly string[]): string {
  return [PATH, organization, ...parts]
    .map((part, at) => (at === 0 ? part : encodeURIComponent(part)))
    .join('/');
}

export interface MemberQuery {
  readonly filter: MemberFilterWire;
  /** The beginning of a name or an address. */
  readonly search: string;
  readonly sort: 'name' | 'last_sign_in';
}

export interface AuditQuery {
  readonly member?: string;
  readonly group?: AuditGroupWire;
  /** Epoch seconds. */
  readonly from?: number;
  readonly to?: number;
}

/** A change to a member. `type` is the last part of the call's path, the rest its body. */
export type MemberChange =
  | { readonly type: 'role'; readonly role: MemberRoleWire }
  | { readonly type: 'suspend'; readonly reason: string }
  | { readonly type: 'restore' | 'unlock' | 'sessions/end' | 'help/dismiss' | 'pass/approve' | 'pass/revoke' }
  | { readonly type: 'exempt'; readonly reason: string; readonly until: number }
  | { readonly type: 'exempt'; readonly until: 0 }
  | { readonly type: 'must'; readonly kind?: FactorKindWire }
  | { readonly type: 'reset'; readonly reason: string; readonly enrollmentId?: string };

/** What waits for an administrator. */
export interface Requests {
  readonly resets: readonly FactorResetWire[];
  readonly help: readonly MemberWire[];
}

export interface NewInvite {
  readonly email: string;
  readonly name: string;
  readonly role: MemberRoleWire;
}

export function loadOrganizations(
  client: ApiClient,
): Promise<ApiResult<{ readonly organizations: readonly OrganizationWire[] }>> {
  return client.get(PATH);
}

export function loadOverview(client: ApiClient, organization: string): Promise<ApiResult<OverviewWire>> {
  return client.get(pathIn(organization, 'overview'));
}

export function loadMembers(
  client: ApiClient,
  organization: string,
  query: MemberQuery,
  cursor?: string,
): Promise<ApiResult<MemberPage>> {
  return client.get(pathIn(organization, 'members') + searchOf({ ...query, cursor }));
}

/** Tells where all members of a filter are to be had as a file. */
export function membersFile(organization: string, { filter, search }: MemberQuery): string {
  return pathIn(organization, 'members.csv') + searchOf({ filter, search });
}

export function loadMember(
  client: ApiClient,
  organization: string,
  sub: string,
): Promise<ApiResult<MemberView>> {
  return client.get(pathIn(organization, 'members', sub));
}

export function changeMember(
  client: ApiClient,
  organization: string,
  sub: string,
  change: MemberChange,
): Promise<ApiResult<MemberView>> {
  const { type, ...body } = change;
  return client.post(pathIn(organization, 'members', sub, ...type.split('/')), body);
}

export function removeMember(
  client: ApiClient,
  organization: string,
  sub: string,
): Promise<ApiResult<object>> {
  return client.post(pathIn(organization, 'members', sub, 'remove'), {});
}

export function issuePass(
  client: ApiClient,
  organization: string,
  sub: string,
  minutes: number,
): Promise<ApiResult<NewAccessPassWire & { readonly pass: AccessPassWire }>> {
  return client.post(pathIn(organization, 'members', sub, 'pass'), { minutes });
}

export function loadInvites(
  client: ApiClient,
  organization: string,
): Promise<ApiResult<{ readonly invites: readonly InviteWire[] }>> {
  return client.get(pathIn(organization, 'invites'));
}

export function invite(
  client: ApiClient,
  organization: string,
  one: NewInvite,
): Promise<ApiResult<InviteWire>> {
  return client.post(pathIn(organization, 'invites'), one);
}

export function inviteAll(
  client: ApiClient,
  organization: string,
  csv: string,
): Promise<ApiResult<BulkInviteReport>> {
  return client.post(pathIn(organization, 'invites', 'bulk'), { csv });
}

export function changeInvite(
  client: ApiClient,
  organization: string,
  sub: string,
  change: 'resend' | 'revoke',
): Promise<ApiResult<{ readonly invites: readonly InviteWire[] }>> {
  return client.post(pathIn(organization, 'invites', sub, change), {});
}

export function loadRequests(client: ApiClient, organization: string): Promise<ApiResult<Requests>> {
  return client.get(pathIn(organization, 'resets'));
}

export function answerReset(
  client: ApiClient,
  organization: string,
  id: string,
  answer: 'approve' | 'cancel',
): Promise<ApiResult<Requests>> {
  return client.post(pathIn(organization, 'resets', id, answer), {});
}

export function loadAudit(
  client: ApiClient,
  organization: string,
  query: AuditQuery,
  cursor?: string,
): Promise<ApiResult<AuditPage>> {
  return client.get(pathIn(organization, 'audit') + searchOf({ ...query, cursor }));
}

/** Tells where the whole of what is asked for is to be had as a file. */
export function auditFile(organization: string, query: AuditQuery, format: 'csv' | 'jsonl'): string {
  return pathIn(organization, `audit.${format}`) + searchOf({ ...query });
}

/** What is empty is not asked for. */
function searchOf(values: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(values).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
