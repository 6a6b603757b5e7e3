/** What browsers that hand texted codes to pages take and give; TypeScript's library does not know it yet. */
interface TextedCodeRequest extends CredentialRequestOptions {
  readonly otp: { readonly transport: readonly ['sms'] };
}

/**
 * Waits for a text that names this host and gives its code; undefined where the browser can't, the person does not allow
 * it, or `signal` ends it. Never fails: the code can always be typed.
 * @see WICG WebOTP API
 */
export async function receiveTextedCode(signal: AbortSignal): Promise<string | undefined> {
  if (!('OTPCredential' in globalThis)) return undefined;
  const request: TextedCodeRequest = { otp: { transport: ['sms'] }, signal };
  try {
    const credential = await navigator.credentials.get(request);
    const code = credential && 'code' in credential ? credential.code : undefined;
    return typeof code === 'string' && !signal.aborted ? code : undefined;
  } catch {
    return undefined;
  }
}
