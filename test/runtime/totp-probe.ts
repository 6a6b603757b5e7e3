// Lets a test ask the service's own verification of app codes on the runtime where it runs, without a sign-in around it.
import { totp } from '../../worker/factors/totp/totp.factor.ts';

export interface TotpQuestion {
  /** Hex. */
  readonly seed: string;
  readonly code: string;
  /** Epoch seconds. */
  readonly now: number;
}

/** Answers `POST /test/totp` (a `TotpQuestion`) with `{"counter": number | null}`; any other request is left alone. */
export async function answerTotp(request: Request): Promise<Response | undefined> {
  if (request.method !== 'POST' || new URL(request.url).pathname !== '/test/totp') return undefined;
  const { seed, code, now } = (await request.json()) as TotpQuestion;
  const bytes = new Uint8Array((seed.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)));
  return Response.json({ counter: (await totp.verify(bytes, code, now)) ?? null });
}
