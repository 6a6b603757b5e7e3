/** What a sealed value or a keyed hash is for. Keys of different purposes never meet. */
export type Purpose =
  | 'factor-secret'
  | 'authorization-code'
  | 'one-time-code'
  | 'recovery-code'
  | 'access-pass'
  | 'destination'
  | 'job'
  | 'password-pepper'
  | 'csrf';

/**
 * Keeps secrets with keys that are never in Redis. The root keys come from configuration, newest first; a key for
 * each purpose is derived from them (HKDF-SHA-256).
 */
export interface VaultPort {
  /**
   * Seals bytes with AES-256-GCM under the newest key. `context` is authenticated and must be given again to open.
   * The text names the key: `<key id>.<base64url of nonce and ciphertext>`.
   */
  seal(purpose: Purpose, context: string, plain: Uint8Array<ArrayBuffer>): Promise<string>;
  /** Opens a sealed text; `undefined` when the key is unknown, the context differs or a bit was changed. */
  open(purpose: Purpose, context: string, sealed: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Keyed hash (HMAC-SHA-256) under the newest key, base64url. */
  mac(purpose: Purpose, text: string): Promise<string>;
  /** The same under every key, newest first: for what is looked up in the store long after it was made. */
  macs(purpose: Purpose, text: string): Promise<readonly string[]>;
  /** Tells in constant time whether `mac` is one of `text` under any of the keys. */
  verifyMac(purpose: Purpose, text: string, mac: string): Promise<boolean>;
}
