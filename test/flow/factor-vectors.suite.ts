// The vectors of the standards, computed by the runtime that serves.
import { describe, expect, it } from 'vitest';
import { HOTP_VECTORS, TOTP_SEED, TOTP_VECTORS } from '../support/totp-vectors.ts';
import type { TotpQuestion } from '../runtime/totp-probe.ts';
import type { FlowWorld } from './flow-world.ts';

export function factorVectorsSuite(world: () => FlowWorld): void {
  async function verify(code: string, now: number): Promise<number | null> {
    const answer = await fetch(`${world().issuer}/test/totp`, {
      method: 'POST',
      body: JSON.stringify({ seed: TOTP_SEED, code, now } satisfies TotpQuestion),
    });
    return ((await answer.json()) as { counter: number | null }).counter;
  }

  describe('vectors of the app', () => {
    it('S37, RFC 6238 appendix B: the SHA-1 vectors pass, each at its own time alone', async () => {
      for (const { time, code } of TOTP_VECTORS) {
        const step = Math.floor(time / 30);
        expect([time, await verify(code, time)]).toEqual([time, step]);
        expect([time, await verify(code, time + 30)]).toEqual([time, step]);
        expect([time, await verify(code, time + 60)]).toEqual([time, null]);
        expect([time, await verify(code, time - 30)]).toEqual([time, null]);
      }
    });

    it('S37, RFC 4226 appendix D: the vectors of the counters 0 to 9 pass', async () => {
      for (const [counter, code] of HOTP_VECTORS.entries()) {
        expect([counter, await verify(code, counter * 30 + 29)]).toEqual([counter, counter]);
      }
    });
  });
}
