/**
 * The public package's entry: puts "Sign in with ..." on the start page and on the login page.
 *
 * It runs before anyone is signed in, and on the login page `<umb-app>`'s contexts are missing: it must use nothing
 * but the registry that it is given. The backoffice waits for it (and 17.1 hangs if it rejects): it always resolves.
 */
import type { UmbEntryPointOnInit } from '@umbraco-cms/backoffice/extension-api';
import { loadConfiguration } from './configuration-file.ts';
import { authProviderManifest } from './manifests.ts';

/** Not a literal where it is used, or the build would take it for an asset and give it another name. */
const configurationFile = './penumbra.config.json';

export const onInit = (async (_host, registry) => {
  const warn = (message: string): void => {
    globalThis.console.warn(message);
  };
  try {
    // Relative to this very file, so the package works in whichever App_Plugins folder it was put.
    const configuration = await loadConfiguration(new URL(configurationFile, import.meta.url), {
      fetch: (url, init) => fetch(url, init),
      warn,
    });
    const manifest = authProviderManifest(configuration);
    // The module may run twice (its address with and without `?umb__rnd=`); the second time there is nothing to do.
    if (!registry.isRegistered(manifest.alias)) registry.register(manifest);
  } catch (error) {
    warn(
      `Penumbra: the sign-in button could not be added (${error instanceof Error ? error.message : 'unknown'}).`,
    );
  }
}) satisfies (...parameters: Parameters<UmbEntryPointOnInit>) => Promise<void>;
