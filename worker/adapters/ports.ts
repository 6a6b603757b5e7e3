import type { Config } from '../config.ts';
import type { AssetsPort } from '../ports/assets.ts';
import type { BackgroundPort } from '../ports/background.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { Ports } from '../ports/ports.ts';
import { createConsoleAudit } from './console-audit.ts';
import { createResendMailer } from './resend/mailer.ts';
import { createScryptHasher } from './scrypt.ts';
import { createTwilioPhone } from './twilio/phone.ts';
import { createUpstashRedis } from './upstash/redis.ts';
import { createClock } from './web-crypto/clock.ts';
import { createRandom } from './web-crypto/random.ts';
import { createVault } from './web-crypto/vault.ts';

/** What differs between the runtimes. */
export interface Platform {
  readonly assets: AssetsPort;
  readonly log: (line: string) => void;
  readonly background: BackgroundPort;
  readonly clock?: ClockPort;
}

/** Makes the ports that both runtimes share; the entry gives what differs. */
export function createPorts(config: Config, platform: Platform): Ports {
  const random = createRandom();
  const vault = createVault(config.rootKeys);
  return {
    redis: createUpstashRedis({ ...config.redis, random }),
    clock: platform.clock ?? createClock(),
    random,
    vault,
    passwords: createScryptHasher({ vault, random, keyId: config.rootKeys[0].id }),
    mailer: createResendMailer(config.mail),
    ...(config.phone ? { phone: createTwilioPhone(config.phone) } : {}),
    background: platform.background,
    audit: createConsoleAudit(platform.log),
    assets: platform.assets,
  };
}
