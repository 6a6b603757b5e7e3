/** Gives random bytes from a cryptographically secure source. */
export interface RandomPort {
  bytes(length: number): Uint8Array<ArrayBuffer>;
}
