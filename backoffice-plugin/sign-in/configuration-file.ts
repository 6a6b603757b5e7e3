import {
  defaultConfiguration,
  parseConfiguration,
  type SignInConfiguration,
} from './sign-in-configuration.ts';

/** Milliseconds. The backoffice waits for this file before it shows anything, so it may not take long. */
const patience = 2_000;

export interface ConfigurationSource {
  readonly fetch: (url: URL, init: RequestInit) => Promise<Response>;
  readonly warn: (message: string) => void;
  /** Aborts when the waiting must end; after two seconds if not given. */
  readonly deadline?: AbortSignal;
}

/**
 * Loads the site's configuration from `url`. Always resolves, within two seconds: a file that is missing, late or
 * wrong gives the defaults, and at most one warning that says what to fix. A missing file is no fault.
 */
export async function loadConfiguration(url: URL, source: ConfigurationSource): Promise<SignInConfiguration> {
  const deadline = source.deadline ?? AbortSignal.timeout(patience);
  try {
    const { configuration, problems } = parseConfiguration(await read(url, source.fetch, deadline));
    if (problems.length > 0) source.warn(`Penumbra: please fix ${url.pathname}. ${problems.join(' ')}`);
    return configuration;
  } catch (error) {
    source.warn(
      `Penumbra: ${url.pathname} could not be used (${reason(error)}). The defaults are used instead.`,
    );
    return defaultConfiguration;
  }
}

async function read(url: URL, fetch: ConfigurationSource['fetch'], deadline: AbortSignal): Promise<unknown> {
  // Raced, since a fetch that was replaced by another package need not heed its signal.
  const late = new Promise<never>((_, reject) => {
    deadline.addEventListener('abort', () => {
      reject(new Error('the site did not send it in time'));
    });
  });
  const load = async (): Promise<unknown> => {
    const response = await fetch(url, { signal: deadline, cache: 'no-cache', credentials: 'same-origin' });
    if (response.status === 404) return {};
    if (!response.ok) throw new Error(`the site answered ${String(response.status)}`);
    return await response.json();
  };
  return Promise.race([load(), late]);
}

function reason(error: unknown): string {
  if (error instanceof SyntaxError) return `it is not valid JSON: ${error.message}`;
  return error instanceof Error ? error.message : 'unknown error';
}
