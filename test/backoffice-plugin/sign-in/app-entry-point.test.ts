import { readFile } from 'node:fs/promises';
import type { ManifestAuthProvider } from '@umbraco-cms/backoffice/auth';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onInit } from '../../../backoffice-plugin/sign-in/app-entry-point.ts';
import { authProviderManifest } from '../../../backoffice-plugin/sign-in/manifests.ts';
import { defaultConfiguration } from '../../../backoffice-plugin/sign-in/sign-in-configuration.ts';

type OnInitParameters = Parameters<typeof onInit>;
const plugin = new URL('../../../backoffice-plugin/', import.meta.url);

/** Keeps what is registered, as the client's registry does; it refuses an alias that it has. */
function newRegistry(): { registry: OnInitParameters[1]; registered: ManifestAuthProvider[] } {
  const registered: ManifestAuthProvider[] = [];
  const registry = {
    isRegistered: (alias: string) => registered.some((manifest) => manifest.alias === alias),
    register: (manifest: ManifestAuthProvider) => registered.push(manifest),
  };
  return { registry: registry as unknown as OnInitParameters[1], registered };
}

/** Stands for a host that has nothing to offer, as on the login page: whoever touches it fails. */
const noHost = new Proxy(
  {},
  {
    get: (_, name): never => {
      throw new Error(`The host was asked for ${String(name)}.`);
    },
  },
) as unknown as OnInitParameters[0];

let warnings: unknown[];

beforeEach(() => {
  warnings = [];
  vi.spyOn(console, 'warn').mockImplementation((message) => warnings.push(message));
});

afterEach(() => {
  vi.restoreAllMocks();
});

function siteSends(answer: () => Promise<Response>): void {
  vi.spyOn(globalThis, 'fetch').mockImplementation(answer);
}

describe('the entry point', () => {
  it('registers the button with what the site configured', async () => {
    siteSends(() =>
      Promise.resolve(Response.json({ label: 'Contoso ID', autoRedirect: true, icon: 'icon-lock' })),
    );
    const { registry, registered } = newRegistry();
    await onInit(noHost, registry);
    expect(registered).toMatchObject([
      {
        type: 'authProvider',
        forProviderName: 'Umbraco.Penumbra',
        meta: { label: 'Contoso ID', defaultView: { icon: 'icon-lock' }, behavior: { autoRedirect: true } },
      },
    ]);
    expect(warnings).toEqual([]);
  });

  it('registers once when its module runs twice', async () => {
    siteSends(() => Promise.resolve(Response.json({})));
    const { registry, registered } = newRegistry();
    await onInit(noHost, registry);
    await onInit(noHost, registry);
    expect(registered).toHaveLength(1);
  });

  it('asks for the file beside itself', async () => {
    const asked: unknown[] = [];
    vi.spyOn(globalThis, 'fetch').mockImplementation((request) => {
      asked.push(request);
      return Promise.resolve(Response.json({}));
    });
    await onInit(noHost, newRegistry().registry);
    expect(asked).toEqual([new URL('sign-in/penumbra.config.json', plugin)]);
  });

  it('still gives the button when the configuration fails', async () => {
    siteSends(() => Promise.reject(new TypeError('offline')));
    const { registry, registered } = newRegistry();
    await onInit(noHost, registry);
    expect(registered).toEqual([authProviderManifest(defaultConfiguration)]);
    expect(warnings).toHaveLength(1);
  });

  it('never rejects: Umbraco 17.1 would hang', async () => {
    siteSends(() => Promise.resolve(Response.json({})));
    const broken = {
      isRegistered: (): never => {
        throw new Error('no registry');
      },
    } as unknown as OnInitParameters[1];
    await expect(onInit(noHost, broken)).resolves.toBeUndefined();
    expect(warnings).toEqual([expect.stringMatching(/no registry/)]);
  });
});

describe('the public package', () => {
  it('is open before sign-in and holds the entry point alone', async () => {
    const manifest = JSON.parse(await readFile(new URL('umbraco-package.json', plugin), 'utf8')) as {
      allowPublicAccess: boolean;
      extensions: { type: string; js: string }[];
    };
    expect(manifest.allowPublicAccess).toBe(true);
    expect(manifest.extensions).toMatchObject([
      { type: 'appEntryPoint', js: '/App_Plugins/Penumbra/sign-in.js' },
    ]);
  });

  it("puts the label where Umbraco's own sentence takes it, and ours above Umbraco's button", () => {
    const { meta, weight } = authProviderManifest(defaultConfiguration);
    // The client writes "Sign in with {label}", in the user's language.
    expect(meta?.label).toBe('Penumbra');
    expect(meta?.behavior?.autoRedirect).toBe(false);
    expect(weight).toBeGreaterThan(1000);
  });
});
