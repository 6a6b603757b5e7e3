// What the pages of the login host do around their element: read what the shell holds, give it to the element, keep
// the page's title. Only here do the screens touch the document.

import { ApiClient } from '../../api/client.ts';
import { loadLanguage } from '../../localization/localize.ts';
import { callService } from '../../localization/service-name.ts';
import { STEP_EVENT } from '../step-event.ts';

/** An element that asks the service. */
interface Hosted extends HTMLElement {
  client: ApiClient | undefined;
}

type HostedTag =
  | 'penumbra-interaction'
  | 'penumbra-account'
  | 'penumbra-administration'
  | 'penumbra-setup'
  | 'penumbra-reset'
  | 'penumbra-not-me'
  | 'penumbra-join'
  | 'penumbra-stop';

/** Sets the page's element going, once its words are loaded. */
export function host(tag: HostedTag, load: (lang: string) => Promise<void> = loadLanguage): void {
  addEventListener(STEP_EVENT, (event) => {
    document.title = String((event as CustomEvent<unknown>).detail);
  });
  const element = document.querySelector<Hosted>(tag);
  if (!element) throw new Error(`The page has no <${tag}>.`);
  callService(element.dataset['serviceName']);
  const csrfToken = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? '';
  void load(document.documentElement.lang).then(() => {
    element.client = new ApiClient({ base: '', csrfToken });
  });
}
