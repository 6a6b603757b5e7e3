import { html } from 'hono/html';
import type { LinkRefusal } from './auto-link.ts';
import { page } from './page.ts';
import type { SiteRequest } from './site-context.ts';

export type Refusal =
  LinkRefusal | 'unreachable' | 'unknown_request' | 'refused_by_service' | 'invalid_response';

const explanations: Readonly<Record<Refusal, { status: 400 | 403 | 503; text: string }>> = {
  unreachable: {
    status: 503,
    text: "The sign-in service can't be reached right now. Try again in a moment.",
  },
  unknown_request: {
    status: 400,
    text: 'This sign-in was started in another browser, was used already, or took too long. Start again.',
  },
  refused_by_service: { status: 403, text: 'The sign-in service did not let you in.' },
  invalid_response: { status: 400, text: "The sign-in service's answer could not be verified. Try again." },
  no_acr: {
    status: 403,
    text: 'The sign-in service did not say how you were authenticated (no acr claim), so the site refuses.',
  },
  no_email: { status: 403, text: 'The sign-in service gave no email address, so no user can be found.' },
  no_name: { status: 403, text: 'The sign-in service gave no name, so no user can be created.' },
};

/** Tells the person why the external sign-in did not work, on a page of the site, with two ways on. */
export function refusalPage(
  c: SiteRequest,
  reason: Refusal,
  returnUrl: string,
  detail: { error?: string | undefined; description?: string | undefined } = {},
): Response | Promise<Response> {
  const { status, text } = explanations[reason];
  const body = html`<h1>Signing in did not work</h1>
    <p class="problem" role="alert">${text}</p>
    ${
      detail.error === undefined
        ? ''
        : html`<p>
            It said:
            <code>${detail.error}</code>${detail.description === undefined ? '' : ` (${detail.description})`}
          </p>`
    }
    <a class="button primary" href="${returnUrl}">Try again</a>
    <a class="button" href="/umbraco/logout">Back to login</a>`;
  c.header('cache-control', 'no-store');
  return c.html(page('Signing in did not work', body), status);
}
