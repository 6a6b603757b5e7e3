import type { Language } from '../localization/language.ts';
import type { AssetsPort } from '../ports/assets.ts';
import type { ViteManifest } from './manifest.ts';
import { type MessageAction, renderMessage } from './message.ts';
import { renderShell, type Shell } from './shell.ts';

/** Answers with pages; reads the build's manifest once an isolate. */
export interface Pages {
  message(
    status: number,
    message: {
      readonly lang: Language;
      readonly title: string;
      readonly text: string | readonly string[];
      readonly actions?: readonly MessageAction[];
    },
  ): Promise<Response>;
  shell(shell: Omit<Shell, 'assets' | 'serviceName'>): Promise<Response>;
}

/** Makes the pages from the built screens. */
export function createPages(assets: AssetsPort, serviceName: string): Pages {
  let manifest: Promise<ViteManifest | undefined> | undefined;
  const load = (): Promise<ViteManifest | undefined> => (manifest ??= readManifest(assets));
  return {
    async message(status, message) {
      return page(status, renderMessage({ assets: await load(), serviceName, ...message }));
    },
    async shell(shell) {
      const built = await load();
      if (!built) throw new Error('The screens are not built: run "npm run build" and deploy dist/assets.');
      return page(200, renderShell({ assets: built, serviceName, ...shell }));
    },
  };
}

function page(status: number, body: string): Response {
  return new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8' } });
}

async function readManifest(assets: AssetsPort): Promise<ViteManifest | undefined> {
  const asset = await assets.read('manifest.json');
  return asset ? ((await new Response(asset.body).json()) as ViteManifest) : undefined;
}
