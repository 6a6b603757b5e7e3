import type { AssetsPort } from '../../ports/assets.ts';
import { contentTypeOf } from './asset-path.ts';

/** What is used of the `ASSETS` binding of Workers. */
export interface AssetsBinding {
  fetch(url: string): Promise<Response>;
}

/** Makes the assets port over Workers' static assets. `folder` is where the screens are in it, e.g. `assets`; '' is its root. */
export function createCloudflareAssets(binding: AssetsBinding, folder = ''): AssetsPort {
  const prefix = folder === '' ? '' : `${folder}/`;
  return {
    async read(path) {
      const contentType = contentTypeOf(path);
      if (contentType === undefined) return undefined;
      // The binding looks at the path alone.
      const response = await binding.fetch(`https://assets.invalid/${prefix}${path}`);
      if (response.status !== 200 || !response.body) {
        await response.body?.cancel();
        return undefined;
      }
      return { body: response.body, contentType };
    },
  };
}
