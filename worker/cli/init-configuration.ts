// The configuration that `init` writes: the production part of wrangler.toml, or a file of variables for Deno.
import { parseEnv } from 'node:util';
import { parseConfig } from '../config.ts';
import { UsedWrongly } from './command.ts';

export type Platform = 'cloudflare' | 'deno';

/** What has to be known; no secrets. */
export interface Settings {
  readonly issuer: string;
  readonly mailFrom: string;
  readonly redisUrl: string;
  /** Public keys, as JSON. */
  readonly operatorKeys: string;
}

export const CONFIGURATION_FILES: Readonly<Record<Platform, string>> = {
  cloudflare: 'wrangler.production.toml',
  deno: 'penumbra.env',
};

/** Writes the configuration, checked as the service itself checks it. @throws UsedWrongly with every mistake */
export function configurationText(platform: Platform, settings: Settings, secrets: string): string {
  const variables = variablesOf(settings);
  const parsed = parseConfig({
    // These two come from elsewhere, and may not be there yet.
    UPSTASH_REDIS_REST_TOKEN: 'later',
    RESEND_API_KEY: 'later',
    ...parseEnv(secrets),
    ...variables,
  });
  const mistakes = 'mistakes' in parsed ? [...parsed.mistakes] : [];
  const url = URL.parse(settings.issuer);
  if (platform === 'cloudflare' && url && (url.protocol !== 'https:' || url.port !== '')) {
    mistakes.push('PENUMBRA_ISSUER is https and has no port on Cloudflare.');
  }
  if (platform === 'deno' && Object.values(variables).some((value) => value.includes("'"))) {
    mistakes.push("A value can not hold a ' in this file.");
  }
  if (mistakes.length > 0) throw new UsedWrongly(`Nothing was written. ${mistakes.join(' ')}`);
  return platform === 'cloudflare' ? sectionText(variables, url?.hostname ?? '') : envText(variables);
}

/** Reads the issuer from a configuration that was written before; undefined where it is not found. */
export function issuerIn(configuration: string): string | undefined {
  return /^\s*PENUMBRA_ISSUER\s*=\s*["']?([^"'\s]+)/m.exec(configuration)?.[1];
}

function variablesOf({ issuer, mailFrom, redisUrl, operatorKeys }: Settings): Record<string, string> {
  return {
    PENUMBRA_ISSUER: issuer,
    UPSTASH_REDIS_REST_URL: redisUrl,
    PENUMBRA_OPERATOR_KEYS: operatorKeys,
    PENUMBRA_CLIENTS: '[]',
    PENUMBRA_POLICY: '{"required":true}',
    PENUMBRA_MAIL_FROM: mailFrom,
  };
}

function envText(variables: Readonly<Record<string, string>>): string {
  const lines = Object.entries(variables).map(([name, value]) => `${name}='${value}'`);
  return `# Variables of the service that are no secrets, for Deno (--env-file). docs/deploying.md has a table of them all.
${lines.join('\n')}
PORT=8787
`;
}

function sectionText(variables: Readonly<Record<string, string>>, host: string): string {
  const lines = Object.entries(variables).map(([name, value]) => `${name} = ${tomlText(value)}`);
  return `[env.production]
routes = [{ pattern = "${host}", custom_domain = true }]

[env.production.vars]
${lines.join('\n')}

# The platform's own line for each request holds its whole address, and one address holds an ID token (signing out).
# What happened is in the service's lines, without secrets.
[env.production.observability]
enabled = true

[env.production.observability.logs]
enabled = true
invocation_logs = false
`;
}

/** JSON's escapes are among TOML's. */
function tomlText(value: string): string {
  return value.includes("'") ? JSON.stringify(value) : `'${value}'`;
}
