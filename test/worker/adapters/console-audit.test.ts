import { expect, test } from 'vitest';
import { createConsoleAudit } from '../../../worker/adapters/console-audit.ts';

const EVIL = 'a\n{"kind":"event"}\r\u2028\u2029\u0085\u001b[2J\u202e\u{e0001}"\\';

test('S70 what people send stays inside its line and its field', () => {
  const lines: string[] = [];
  const audit = createConsoleAudit((line) => lines.push(line));
  audit.record({ type: 'password_checked', at: 1, requestId: 'r', userAgent: EVIL, result: 'wrong' });
  audit.fault({ requestId: 'r', name: 'StoreUnavailable', message: EVIL });
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toMatch(/^[\x20-\x7e]+$/);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { line: 'event', type: 'password_checked', at: 1, requestId: 'r', userAgent: EVIL, result: 'wrong' },
    { line: 'fault', requestId: 'r', name: 'StoreUnavailable', message: EVIL },
  ]);
});

test('S70 an event can not pass itself off as another kind of line', () => {
  const lines: string[] = [];
  createConsoleAudit((line) => lines.push(line)).record({
    type: 'x',
    at: 1,
    requestId: 'r',
    result: 'ok',
    line: 'fault',
  });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ line: 'event' });
});

test('S70 the kind of factor that an event names stays in its line', () => {
  const lines: string[] = [];
  createConsoleAudit((line) => lines.push(line)).record({
    type: 'x',
    at: 1,
    requestId: 'r',
    result: 'ok',
    kind: 'totp',
  });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ line: 'event', kind: 'totp' });
});
