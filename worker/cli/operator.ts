import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { isLoopbackHost } from '../http/redirect-uri.ts';
import { UsedWrongly } from './command.ts';

/** Where the service is and the key that its operator proves themselves with. */
export interface Operator {
  readonly url: string;
  /** The audience of what the key signs. */
  readonly issuer: string;
  readonly key: OperatorKey;
}

const keySchema = v.object({
  kty: v.literal('EC'),
  crv: v.literal('P-256'),
  kid: v.pipe(v.string(), v.minLength(1)),
  x: v.string(),
  y: v.string(),
  d: v.string(),
});
type OperatorKey = v.InferOutput<typeof keySchema>;

const fileSchema = v.object({ url: v.string(), issuer: v.string(), key: keySchema });

/** Nothing can be sent: the address or the key is missing or odd. The message says what to do. */
export class OperatorMissing extends UsedWrongly {}

/**
 * Finds the operator: variables first, then the file that the local world writes.
 * @throws OperatorMissing
 */
export async function findOperator(
  env: Readonly<Record<string, string | undefined>>,
  root: string,
): Promise<Operator> {
  const url = given(env['PENUMBRA_URL']);
  const keyFile = given(env['PENUMBRA_OPERATOR_KEY_FILE']);
  const issuer = given(env['PENUMBRA_ISSUER']);
  const isWhole = url !== undefined && keyFile !== undefined;
  const local = isWhole ? undefined : await readLocal(join(root, '.penumbra', 'operator.json'));
  const address = checkUrl(url ?? local?.url ?? '');
  return {
    url: address.href.replace(/\/$/, ''),
    // The local issuer is not the one of another service.
    issuer: issuer ?? (url === undefined ? local?.issuer : undefined) ?? address.origin,
    key: keyFile === undefined ? needKey(local?.key) : await readOperatorKey(keyFile),
  };
}

/** An empty variable is none. */
function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function checkUrl(text: string): URL {
  if (text === '') {
    throw new OperatorMissing(
      'The service is not known. Start the local world with npm start, or set PENUMBRA_URL and PENUMBRA_OPERATOR_KEY_FILE.',
    );
  }
  const url = URL.parse(text);
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname)))) {
    throw new OperatorMissing(
      'PENUMBRA_URL must be a URL that begins with https:// (http:// only at loopback).',
    );
  }
  return url;
}

function needKey(key: OperatorKey | undefined): OperatorKey {
  if (key) return key;
  throw new OperatorMissing(
    'There is no operator key. Set PENUMBRA_OPERATOR_KEY_FILE to the file with the private key as JWK.',
  );
}

async function readLocal(path: string): Promise<v.InferOutput<typeof fileSchema> | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  return parse(
    fileSchema,
    text,
    '.penumbra/operator.json can not be read. Start the local world again with npm start.',
  );
}

/** Reads the private key of an operator. @throws OperatorMissing */
export async function readOperatorKey(path: string): Promise<OperatorKey> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) {
    throw new OperatorMissing(
      `The file ${path} of PENUMBRA_OPERATOR_KEY_FILE can not be read. Check its path.`,
    );
  }
  return parse(keySchema, text, `The file ${path} must hold one private P-256 key as JWK, with a kid.`);
}

function parse<Schema extends v.GenericSchema>(
  schema: Schema,
  text: string,
  advice: string,
): v.InferOutput<Schema> {
  try {
    return v.parse(schema, JSON.parse(text));
  } catch {
    // The parser's own words repeat the text, and that is a key.
    throw new OperatorMissing(advice);
  }
}
