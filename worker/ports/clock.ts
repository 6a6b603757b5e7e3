/** Seconds since 1970-01-01 UTC, whole. */
export type EpochSeconds = number;

/** Tells the time. The only source of "now"; everything below takes `now` as an argument. */
export interface ClockPort {
  now(): EpochSeconds;
}
