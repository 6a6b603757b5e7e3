export interface Asset {
  readonly body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

/** Reads the built screens (scripts, styles, fonts). `path` has no leading slash, e.g. `login-abc.js`. */
export interface AssetsPort {
  read(path: string): Promise<Asset | undefined>;
}
