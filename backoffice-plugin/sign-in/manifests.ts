import type { ManifestAuthProvider } from '@umbraco-cms/backoffice/auth';
import type { SignInConfiguration } from './sign-in-configuration.ts';

/** The scheme that the site's server registers the service under (`SchemeForBackOffice("Penumbra")`). */
const providerName = 'Umbraco.Penumbra';

/** Describes the button on the start page, the login page and the session time-out. */
export function authProviderManifest(configuration: SignInConfiguration): ManifestAuthProvider {
  const { label, icon, look, color, autoRedirect } = configuration;
  return {
    type: 'authProvider',
    alias: 'Penumbra.AuthProvider',
    name: 'Penumbra Auth Provider',
    forProviderName: providerName,
    // Above Umbraco's own (1000): who has the service should use it.
    weight: 1100,
    meta: {
      label,
      defaultView: { icon, look, color },
      behavior: { autoRedirect, popupTarget: 'penumbraAuthPopup', popupFeatures: 'width=520,height=760' },
    },
  };
}
