import { UsedWrongly, type Command, type Given } from './command.ts';
import { createKeys, describeKeys, writeKeys } from './new-keys.ts';
import { hashSecret } from './secret-hash.ts';

export const KEYS_COMMANDS: readonly Command[] = [
  {
    name: 'keys create',
    needs: ['out'],
    may: ['operator'],
    about:
      'Makes the keys of a new service: root key, signing key, operator key. Writes them into a folder that is new or empty, and prints what to put where.',
    read: ({ values }: Given) => {
      const folder = values.out ?? '';
      const operator = operatorName(values.operator);
      return async ({ now }) => {
        const keys = await createKeys(operator, now);
        await writeKeys(folder, keys);
        return { lines: () => describeKeys(folder, keys) };
      };
    },
  },
  {
    name: 'secret-hash',
    about:
      "Reads a site's secret from standard input and prints its client_secret_sha256 for PENUMBRA_CLIENTS, for a site that is registered in the configuration and not by site create.",
    read:
      () =>
      async ({ input }) => {
        const hash = hashSecret(await input());
        return { lines: () => [hash] };
      },
  },
];

/** Checks the name of an operator as PENUMBRA_OPERATOR_KEYS wants a kid. @throws UsedWrongly */
export function operatorName(given = 'operator'): string {
  if (/^[A-Za-z0-9._-]{1,64}$/.test(given)) return given;
  throw new UsedWrongly('--operator is 1 to 64 letters, digits, dots, hyphens and underscores.');
}
