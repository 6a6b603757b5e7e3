// The only reader of the names of variables. Owns what the service is told from outside and checks all of it at
// once, so that one start shows every mistake. It must not print a value: most of them are secrets.
import * as v from 'valibot';
import type { PolicyLayer } from './assurance/policy.ts';
import { layerFrom, policySchema } from './assurance/policy-schema.ts';
import { readClients, type RelyingPartyConfig } from './config/clients.ts';
import {
  readOperatorKeys,
  readRootKeys,
  readSigningKeys,
  type KeyConfig,
  type PrivateKeyConfig,
  type RootKeyConfig,
} from './config/keys.ts';
import { readMail, type MailConfig } from './config/mail.ts';
import { collectMistakes, type Mistakes } from './config/mistakes.ts';
import { readPhone, type PhoneConfig } from './config/phone.ts';
import { checkPolicy } from './config/policy.ts';
import {
  checkServiceUrl,
  isSecure,
  readFlag,
  readJson,
  readText,
  requireHeaderText,
  requireText,
  type Variables,
} from './config/variables.ts';

import { readSessions } from './config/sessions.ts';
import type { SessionLifetimes } from './assurance/session-lifetime.ts';

export type { RelyingPartyConfig } from './config/clients.ts';
export type { PhoneConfig } from './config/phone.ts';

/** What the service is told from outside, checked. */
export interface Config {
  /** The issuer, which is the service's origin too: no path, no slash at its end. */
  readonly issuer: string;
  /** Shown in authenticator apps and mails. No colon (S31). */
  readonly serviceName: string;
  readonly redis: { readonly url: string; readonly token: string };
  /** Newest first. */
  readonly rootKeys: readonly [RootKeyConfig, ...RootKeyConfig[]];
  /** The first one signs; all are published. */
  readonly signingKeys: readonly [PrivateKeyConfig, ...PrivateKeyConfig[]];
  /** Public keys. Without any the admin API is closed. */
  readonly operatorKeys: readonly KeyConfig[];
  readonly clients: readonly RelyingPartyConfig[];
  /** The floor that no page can weaken. */
  readonly policy: PolicyLayer;
  /** How long sessions live; never longer than `LONGEST_SESSIONS`. */
  readonly sessions: SessionLifetimes;
  /** A code of an app counts a step too early as well: for phones whose clock is ahead (S32). */
  readonly acceptsNextCode: boolean;
  /** For how long codes by mail don't count after a password was reset by mail (S07). */
  readonly mailSuspendedSeconds: number;
  readonly mail: MailConfig;
  /** Absent where no provider is set: then nobody can register or use a phone. */
  readonly phone?: PhoneConfig;
}

/** Parses the variables, or gives every mistake: which variable, and what to do. */
export function parseConfig(
  variables: Variables,
): { readonly config: Config } | { readonly mistakes: readonly string[] } {
  const mistakes = collectMistakes();
  const issuer = readIssuer(variables, mistakes);
  const redis = readRedis(variables, mistakes);
  const rootKeys = readRootKeys(variables, 'PENUMBRA_ROOT_KEYS', mistakes);
  const signingKeys = readSigningKeys(variables, 'PENUMBRA_SIGNING_KEYS', mistakes);
  const operatorKeys = readOperatorKeys(variables, 'PENUMBRA_OPERATOR_KEYS', mistakes);
  const clients = readClients(variables, 'PENUMBRA_CLIENTS', mistakes);
  const { policy, mailSuspendedSeconds } = readPolicy(variables, mistakes);
  const mail = readMail(variables, mistakes);
  const phone = readPhone(variables, mistakes);
  const serviceName = readServiceName(variables, mistakes);
  const sessions = readSessions(variables, 'PENUMBRA_SESSIONS', mistakes);
  const acceptsNextCode = readFlag(variables, 'PENUMBRA_TOTP_NEXT_CODE', mistakes);
  if (mistakes.all.length > 0) return { mistakes: mistakes.all };
  if (!issuer || !redis || !rootKeys || !signingKeys || !mail) throw new Error('A mistake was not reported.');
  return {
    config: {
      ...{ issuer, serviceName, redis, rootKeys, signingKeys, operatorKeys, clients, policy, mail },
      sessions,
      acceptsNextCode,
      mailSuspendedSeconds,
      ...(phone === undefined ? {} : { phone }),
    },
  };
}

function readIssuer(variables: Variables, mistakes: Mistakes): string | undefined {
  const name = 'PENUMBRA_ISSUER';
  const text = requireText(
    variables,
    name,
    mistakes,
    'the address of this service, e.g. https://login.example.com',
  );
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (!url || !isSecure(url)) {
    mistakes.add(name, 'must be a URL that begins with https:// (http:// only at loopback)');
    return undefined;
  }
  if (url.origin !== text) {
    mistakes.add(
      name,
      'must be an origin: scheme, lower-case host and port, no path and no slash at its end',
    );
    return undefined;
  }
  return text;
}

function readRedis(variables: Variables, mistakes: Mistakes): Config['redis'] | undefined {
  const name = 'UPSTASH_REDIS_REST_URL';
  const text = requireText(variables, name, mistakes, 'the REST address of the database at Upstash');
  const url = text === undefined ? undefined : checkServiceUrl(name, text, mistakes);
  const token = requireHeaderText(
    variables,
    'UPSTASH_REDIS_REST_TOKEN',
    mistakes,
    'the REST token of the database',
  );
  return url !== undefined && token !== undefined ? { url, token } : undefined;
}

function readServiceName(variables: Variables, mistakes: Mistakes): string {
  const name = 'PENUMBRA_SERVICE_NAME';
  const text = readText(variables, name, mistakes) ?? 'Penumbra';
  if (!/^[^:\p{C}]{1,40}$/u.test(text)) mistakes.add(name, 'must be 1 to 40 characters without a colon');
  return text;
}

const floorSchema = v.strictObject({
  ...policySchema.entries,
  mail_suspended_hours: v.optional(
    v.pipe(
      v.number(),
      v.check(
        (hours) => Number.isInteger(hours) && hours >= 1 && hours <= 720,
        'must be whole hours from 1 to 720',
      ),
    ),
    24,
  ),
});

function readPolicy(
  variables: Variables,
  mistakes: Mistakes,
): Pick<Config, 'policy' | 'mailSuspendedSeconds'> {
  const name = 'PENUMBRA_POLICY';
  const given = readJson(variables, name, floorSchema, mistakes) ?? { mail_suspended_hours: 24 };
  const policy = layerFrom('service', given);
  checkPolicy(name, policy, variables, mistakes);
  return { policy, mailSuspendedSeconds: given.mail_suspended_hours * 3600 };
}
