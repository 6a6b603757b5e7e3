import type { AssetsPort } from './assets.ts';
import type { AuditPort } from './audit.ts';
import type { BackgroundPort } from './background.ts';
import type { ClockPort } from './clock.ts';
import type { MailerPort } from './mailer.ts';
import type { PasswordHasherPort } from './password-hasher.ts';
import type { PhonePort } from './phone.ts';
import type { RandomPort } from './random.ts';
import type { RedisPort } from './redis.ts';
import type { VaultPort } from './vault.ts';

/** Everything that the service needs from outside. The entries make one; tests make their own. */
export interface Ports {
  readonly redis: RedisPort;
  readonly clock: ClockPort;
  readonly random: RandomPort;
  readonly vault: VaultPort;
  readonly passwords: PasswordHasherPort;
  readonly mailer: MailerPort;
  /** Absent where no provider is configured: then nobody can register or use a phone. */
  readonly phone?: PhonePort;
  readonly background: BackgroundPort;
  readonly audit: AuditPort;
  readonly assets: AssetsPort;
}
