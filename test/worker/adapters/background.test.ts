import { expect, test } from 'vitest';
import { createBackground } from '../../../worker/adapters/background.ts';

test('the platform is told to stay awake until the work is done', async () => {
  const kept: Promise<void>[] = [];
  const background = createBackground((work) => kept.push(work), expect.unreachable);
  let done = false;
  background.run(
    background.pause(1).then(() => {
      done = true;
    }),
  );
  expect(kept).toHaveLength(1);
  await kept[0];
  expect(done).toBe(true);
});

test('S71 work that throws is logged by the name of what it threw, and never takes the service down', async () => {
  const kept: Promise<void>[] = [];
  const lines: string[] = [];
  const background = createBackground(
    (work) => kept.push(work),
    (line) => lines.push(line),
  );
  background.run(Promise.reject(new TypeError('+4520123456: code 012345')));
  await Promise.all(kept);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { line: 'fault', requestId: 'background', name: 'TypeError', message: '' },
  ]);
});
