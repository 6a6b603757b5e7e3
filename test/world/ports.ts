import { findFreePort, isPortTaken } from './free-port.ts';

export interface WorldPorts {
  readonly service: number;
  readonly site: number;
  readonly outbox: number;
}

const DEFAULTS: readonly { part: keyof WorldPorts; port: number; variable: string; name: string }[] = [
  { part: 'service', port: 8787, variable: 'PENUMBRA_SERVICE_PORT', name: 'the login service' },
  { part: 'site', port: 8080, variable: 'PENUMBRA_SITE_PORT', name: 'the CMS site' },
  { part: 'outbox', port: 8025, variable: 'PENUMBRA_OUTBOX_PORT', name: 'the outbox' },
];

/**
 * Reads the ports from the environment, or takes the defaults.
 * @throws when one is no port, is named twice or is taken; every problem at once, each with the variable to change.
 */
export async function configuredPorts(
  env: Readonly<Record<string, string | undefined>>,
): Promise<WorldPorts> {
  const wanted = DEFAULTS.map((entry) => ({ ...entry, port: Number(env[entry.variable] ?? entry.port) }));
  const problems = await Promise.all(
    wanted.map(async ({ port, variable, name }, index) => {
      if (!Number.isInteger(port) || port < 1 || port > 65_535) {
        return `${variable} is not a port: it must be a whole number from 1 to 65535.`;
      }
      if (wanted.findIndex((other) => other.port === port) !== index) {
        return `Port ${port} is given to two parts. Set ${variable} to another one.`;
      }
      if (!(await isPortTaken(port))) return undefined;
      return `Port ${port} is taken, and ${name} needs it. Set ${variable} to another one: ${variable}=${port + 1} npm start`;
    }),
  );
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw new Error(found.join('\n'));
  return toPorts(wanted.map(({ port }) => port));
}

/** Finds three ports that are free now. */
export async function freePorts(): Promise<WorldPorts> {
  return toPorts(await Promise.all([findFreePort(), findFreePort(), findFreePort()]));
}

function toPorts([service = 0, site = 0, outbox = 0]: readonly number[]): WorldPorts {
  return { service, site, outbox };
}
