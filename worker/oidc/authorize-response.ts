import type { Context } from 'hono';
import type { AppEnv } from '../http/app-env.ts';
import { allowFormPostTo } from '../http/security-headers.ts';
import { renderFormPost } from '../pages/form-post.ts';
import type { OAuthRefusal, ReturnAddress } from './authorize-request.ts';

/**
 * Sends the answer to the relying party: by redirect, or by a page that posts itself. The return address was
 * validated, and the issuer names itself so that answers of two providers can't be mixed up.
 * @see RFC 9207, OAuth 2.0 Form Post Response Mode
 */
export function respondToClient(
  c: Context<AppEnv>,
  issuer: string,
  to: ReturnAddress,
  answer: { readonly code: string } | OAuthRefusal,
): Response {
  const fields: Record<string, string> = {
    ...('code' in answer
      ? { code: answer.code }
      : { error: answer.error, error_description: answer.description }),
    ...(to.state === undefined ? {} : { state: to.state }),
    iss: issuer,
  };
  if (to.responseMode === 'form_post') {
    allowFormPostTo(c, to.redirectUri);
    return c.html(
      renderFormPost({ action: to.redirectUri, fields, nonce: c.var.nonce, lang: c.var.request.language }),
    );
  }
  const location = new URL(to.redirectUri);
  for (const [name, value] of Object.entries(fields)) location.searchParams.set(name, value);
  return c.redirect(location.href, 303);
}
