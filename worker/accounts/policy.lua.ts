import { prefix } from '../storage-keys.ts';

/**
 * `policiesOf(sub, account, organization, clientId)`: what is kept of the policies that count for an account at a site; of its
 * home alone where no site is named. The pure function of `assurance/` decides by it. `stamp` changes when any of them does,
 * so that a commit can refuse what was decided before. `mayUse`: the site is not kept for others.
 */
export const POLICIES = `
local function policiesOf(sub, account, organization, clientId)
  local found = { organizations = {}, mayUse = true }
  local stamp = { account.policyVersion or '0' }
  local function add(id)
    local kept = redis.call('HMGET', '${prefix.organization}' .. id, 'policy', 'policyVersion')
    stamp[#stamp + 1] = id .. '=' .. (kept[2] or '0')
    found.organizations[#found.organizations + 1] = {
      id = id, policy = kept[1] or nil, member = account['policy:' .. id], exemption = account['exempt:' .. id]
    }
  end
  add(account.home)
  if organization and organization ~= account.home then add(organization) end
  if clientId then
    local site = '${prefix.site}' .. clientId
    local kept = redis.call('HMGET', site, 'policy', 'policyVersion', 'access')
    stamp[#stamp + 1] = clientId .. '=' .. (kept[2] or '0')
    found.site = kept[1] or nil
    if kept[3] == 'listed' then
      found.mayUse = redis.call('SISMEMBER', '${prefix.siteMembers}' .. clientId, sub) == 1
    end
  end
  found.stamp = table.concat(stamp, ' ')
  return found
end
`;

/** What `policiesOf` gives. Policies are JSON texts. */
export interface PoliciesRecord {
  readonly stamp: string;
  readonly organizations: readonly {
    readonly id: string;
    readonly policy?: string;
    readonly member?: string;
    readonly exemption?: string;
  }[];
  readonly site?: string;
  readonly mayUse: boolean;
}
