// The part of the runtime's own module that is used here. The types that Cloudflare publishes would bring all of the
// platform's globals along.
declare module 'cloudflare:workers' {
  /** Keeps the isolate awake until the promise settles, for up to 30 seconds after the answer. */
  export function waitUntil(promise: Promise<unknown>): void;
}
