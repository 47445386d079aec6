/** WebAssembly from its text: `import bytes from './x.wat'` gives the assembled module's bytes. */

import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';
import wabt from 'wabt';

export function watModules(): Plugin {
  return {
    name: 'wat-modules',
    async load(id) {
      const [path] = id.split('?');
      if (!path.endsWith('.wat')) return undefined;
      this.addWatchFile(path);
      const tools = await wabt();
      const { buffer } = tools.parseWat(path, await readFile(path, 'utf8'), { simd: true }).toBinary({});
      return { code: `export default Uint8Array.of(${buffer.join()});`, map: null, moduleType: 'js' };
    },
  };
}
