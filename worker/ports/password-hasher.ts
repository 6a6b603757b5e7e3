/** Hashes passwords. Slow and large in memory on purpose, so an isolate runs at most two at once (S76). */
export interface PasswordHasherPort {
  /** Hashes a normalised password; the PHC string holds salt and cost, and the hash is peppered (S05). */
  hash(password: string): Promise<HashOutcome<string>>;
  /** Verifies against a PHC string; without one it does the same work and says no (S76: an unknown account costs the same). */
  verify(password: string, phc: string | undefined): Promise<HashOutcome<boolean>>;
}

/** `busy`: no place became free within the bounded wait; nothing was hashed. */
export type HashOutcome<T> = { readonly status: 'done'; readonly value: T } | { readonly status: 'busy' };
