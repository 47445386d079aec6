/** What a built page's HTML holds and asks for, so that it is painted before its script has come. */

import type { Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;

/**
 * Puts the style sheet into the HTML and asks for the font at once, and for the scripts once the page is painted. They
 * run one a task, so that a finger is answered between them.
 */
export function firstPaint(): Plugin {
  return {
    name: 'first-paint',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {}, chunk }) => {
        if (!chunk) throw new Error('index.html names no script');
        const entry = chunk;
        const styles = Array.from(entry.viteMetadata?.importedCss ?? []);
        const scripts = scriptsOf(entry, bundle);
        const font = Object.keys(bundle).find((name) => /-latin-wght-normal-[^/]+\.woff2$/.test(name));
        if (!font) throw new Error('the build has no font to ask for at once');
        const head = [
          `<link rel="preload" as="font" type="font/woff2" href="./${font}" crossorigin>`,
          ...styles.map((name) => `<style>${inlined(bundle, name)}</style>`),
        ];
        for (const name of styles) Reflect.deleteProperty(bundle, name);
        return html
          .replace(/ *<(script type="module"|link rel="(modulepreload|stylesheet)")[^>]*>(<\/script>)?\n?/g, '')
          .replace('</head>', () => `${head.join('\n    ')}\n  </head>`)
          .replace('</body>', () => `${loaderOf(scripts)}\n  </body>`);
      },
    },
  };
}

/** The chunks that `entry` is made of, each behind those that it imports. */
function scriptsOf(entry: Rolldown.OutputChunk, bundle: Bundle, found: string[] = []): string[] {
  for (const name of entry.imports) {
    const imported = bundle[name];
    if (imported.type === 'chunk' && !found.includes(name)) scriptsOf(imported, bundle, found);
  }
  if (!found.includes(entry.fileName)) found.push(entry.fileName);
  return found;
}

/** A style sheet as it stands in the HTML, from which its files have other addresses. */
function inlined(bundle: Bundle, name: string): string {
  const sheet = bundle[name];
  if (sheet.type !== 'asset') throw new Error(`${name} is no style sheet`);
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  return String(sheet.source)
    .trim()
    .replace(/url\((["']?)(?:\.\/)?(?=[\w-])(?!data:)/g, `url($1./${folder}`);
}

/** Where a browser doesn't tell of its first paint, as in a tab that nobody sees, the page is made ready all the same. */
function loaderOf(scripts: readonly string[]): string {
  return `<script type="module">
      await new Promise((go) => {
        setTimeout(go, document.hidden ? 0 : 500);
        const soon = () => { requestAnimationFrame(() => { requestAnimationFrame(go); }); };
        new PerformanceObserver(soon).observe({ type: 'paint', buffered: true });
      });
      const scripts = ${JSON.stringify(scripts.map((name) => `./${name}`))};
      for (const href of scripts) document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));
      for (const script of scripts) {
        await import(script);
        await new Promise((go) => { setTimeout(go); });
      }
    </script>`;
}
