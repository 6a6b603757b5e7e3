import type { Config } from '../config.ts';
import type { Ports } from '../ports/ports.ts';

/** What every route is made from: the configuration, read once, and the ports. */
export interface Service {
  readonly config: Config;
  readonly ports: Ports;
}
