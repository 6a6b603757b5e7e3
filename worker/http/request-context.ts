import type { MiddlewareHandler } from 'hono';
import { chooseLanguage, type Language } from '../localization/language.ts';
import type { ClockPort, EpochSeconds } from '../ports/clock.ts';
import type { RandomPort } from '../ports/random.ts';
import { parseAddress } from './address.ts';

/** What is known of a request before anything is read from it. */
export interface RequestContext {
  /** Random, so that a log line can be found again; nothing of the client's is in it. */
  readonly requestId: string;
  /** The one `now` of the request. */
  readonly now: EpochSeconds;
  readonly address: string;
  /** What limits count by: the address, or the /64 of an IPv6 one. `unknown` where the platform gives none. */
  readonly addressGroup: string;
  /** At most 200 characters, none of which controls anything. */
  readonly userAgent: string;
  /** What the browser asks for, of the languages that are spoken here. */
  readonly language: Language;
  /** ISO 3166-1 alpha-2, where the platform tells. */
  readonly country?: string;
}

/** What the platform knows of a request. Never a header that a client can send through it (S68). */
export interface Origin {
  readonly address?: string | undefined;
  readonly country?: string | undefined;
}

/** Told by the entry. `env` is what it gave to `app.fetch` beside the request. */
export type OriginOf = (request: Request, env: unknown) => Origin;

export interface RequestContextVariables {
  readonly request: RequestContext;
}

/** Makes the middleware that sets `c.var.request`. */
export function requestContext(options: {
  readonly clock: ClockPort;
  readonly random: RandomPort;
  readonly originOf: OriginOf;
}): MiddlewareHandler<{ Variables: RequestContextVariables }> {
  return async (c, next) => {
    const { address, country } = options.originOf(c.req.raw, c.env);
    const bytes = options.random.bytes(16);
    c.set('request', {
      requestId: Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''),
      now: options.clock.now(),
      ...parseAddress(address),
      userAgent: cleanUserAgent(c.req.header('user-agent')),
      language: chooseLanguage(c.req.header('accept-language')),
      ...(country !== undefined && /^[A-Z]{2}$/.test(country) ? { country } : {}),
    });
    await next();
  };
}

function cleanUserAgent(text = ''): string {
  const visible = text.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '');
  return Array.from(visible).slice(0, 200).join('');
}
