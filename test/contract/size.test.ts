// How large the product may be: the worker as it is deployed, and the scripts of the hosted login.
import { describe, expect, it } from 'vitest';
import { gzipBytesOf, LOGIN_SCRIPT_LIMIT, weighPages } from '../bench/page-weight.ts';
import { buildWorkerBundle, WORKER_LIMIT } from '../bench/worker-bundle.ts';
import { ensureBuilds } from '../world/builds.ts';

describe('design, size', () => {
  it('design, size: the worker is smaller than 300 KiB, compressed', async () => {
    await ensureBuilds();
    const bundle = await buildWorkerBundle();
    await bundle.remove();
    const largest = bundle.parts.slice(0, 5).map(({ name, bytes }) => `${name} ${bytes}`);
    expect(bundle.gzipBytes, `largest parts: ${largest.join(', ')}`).toBeLessThan(WORKER_LIMIT);
    // What it is made of adds up, so the measured file is the whole worker.
    expect(bundle.gzipBytes).toBeGreaterThan(30 * 1024);
    const sum = bundle.parts.reduce((bytes, part) => bytes + part.bytes, 0);
    expect(sum).toBeGreaterThan(bundle.bytes * 0.9);
    expect(bundle.parts.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['hono', 'jose', 'the service itself']),
    );
  }, 60_000);

  it('design, size: the scripts of the hosted login are smaller than 60 KiB, compressed', async () => {
    await ensureBuilds();
    const pages = await weighPages();
    const login = pages.find(({ page }) => page === 'hosted login');
    if (!login) throw new Error('There is no hosted login among the pages.');
    const scripts = login.files.filter(({ kind }) => kind === 'script').map(({ file }) => file);
    expect(scripts.length).toBeGreaterThan(0);
    expect(gzipBytesOf(login, 'script'), scripts.join(', ')).toBeLessThan(LOGIN_SCRIPT_LIMIT);
    expect(gzipBytesOf(login, 'script')).toBeGreaterThan(10 * 1024);
  });
});
