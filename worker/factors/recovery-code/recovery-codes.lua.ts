import { prefix } from '../../storage-keys.ts';

/**
 * `storeRecoveryCodes(sub, macs)`: a new set voids the old one (S38). `takeRecoveryCode(sub, macs)`: true once for a code
 * of the set, under any key. `recoveryCodesOf(sub)`: how many are left and when the set was made.
 */
export const RECOVERY_CODES_LUA = `
local function storeRecoveryCodes(sub, macs)
  local key = '${prefix.recoveryCodes}' .. sub
  redis.call('DEL', key)
  for _, mac in ipairs(macs) do redis.call('HSET', key, mac, whole(args.now)) end
  redis.call('HDEL', '${prefix.account}' .. sub, 'codesOwed')
end

local function takeRecoveryCode(sub, macs)
  for _, mac in ipairs(macs) do
    if redis.call('HDEL', '${prefix.recoveryCodes}' .. sub, mac) == 1 then return true end
  end
  return false
end

local function recoveryCodesOf(sub)
  local set = redis.call('HVALS', '${prefix.recoveryCodes}' .. sub)
  return { left = #set, madeAt = tonumber(set[1] or '0') }
end
`;
