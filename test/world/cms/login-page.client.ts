/**
 * The script of the local login page. It does what Umbraco's login app does: posts the credentials as JSON, and
 * runs the entry points of the public packages in a host that has none of `<umb-app>`'s contexts.
 */
import { UmbElementMixin } from '@umbraco-cms/backoffice/element-api';
import {
  UmbAppEntryPointExtensionInitializer,
  umbExtensionsRegistry,
} from '@umbraco-cms/backoffice/extension-registry';
import type { ManifestAuthProvider } from '@umbraco-cms/backoffice/auth';
import type { ManifestBase } from '@umbraco-cms/backoffice/extension-api';

interface PublicPackage {
  cacheBuster: string;
  extensions: (ManifestBase & { js?: string })[];
}

class LoginHost extends UmbElementMixin(HTMLElement) {}
customElements.define('site-login-host', LoginHost);

const form = element('login', HTMLFormElement);
const problem = element('problem', HTMLElement);
const providers = element('providers', HTMLElement);
const returnUrl = form.dataset['returnUrl'] ?? '/umbraco';

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void logIn(new FormData(form));
});
await showProviders();

async function logIn(fields: FormData): Promise<void> {
  problem.hidden = true;
  const response = await fetch('/umbraco/management/api/v1/security/back-office/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: fields.get('username'), password: fields.get('password') }),
  }).catch(() => undefined);
  if (response?.ok) {
    location.assign(returnUrl);
    return;
  }
  problem.textContent =
    response?.status === 401
      ? "The email address or the password isn't right."
      : "The site didn't answer as it should. Try again in a moment.";
  problem.hidden = false;
}

async function showProviders(): Promise<void> {
  const host = document.body.appendChild(new LoginHost());
  const response = await fetch('/umbraco/management/api/v1/manifest/manifest/public');
  const packages = (await response.json()) as PublicPackage[];
  for (const { extensions, cacheBuster } of packages) {
    umbExtensionsRegistry.registerMany(
      extensions.map((manifest) =>
        manifest.js ? { ...manifest, js: `${manifest.js}?umb__rnd=${cacheBuster}` } : manifest,
      ),
    );
  }
  host.observe(
    umbExtensionsRegistry.byType<'authProvider', ManifestAuthProvider>('authProvider'),
    (manifests) => {
      providers.replaceChildren(
        ...manifests.map(({ forProviderName, meta }) => {
          const link = document.createElement('a');
          link.className = 'button';
          const target = new URL(returnUrl, location.origin);
          target.searchParams.set('identity_provider', forProviderName);
          link.href = target.href;
          link.textContent = `Sign in with ${meta?.label ?? forProviderName}`;
          return link;
        }),
      );
    },
  );
  new UmbAppEntryPointExtensionInitializer(host, umbExtensionsRegistry);
}

function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The login page has no #${id}.`);
  return found;
}
