// What the providers have in common: a request comes in, an answer goes out.
import type { IncomingHttpHeaders } from 'node:http';

/** What the service asks of a provider. */
export interface ProviderRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A provider's answer to the service. */
export interface ProviderAnswer {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}
