// What other folders may use of the OpenID Connect provider.
export { adminAudience } from './operator-grant.ts';
export { createProvider, type Provider } from './provider.ts';
