/** Tells a built page where its API is when it is served, so that one build serves any number of ports. */

import type { Connect, Plugin } from 'vite';

const PATH = '/config.json';
const DEFAULT_PORT = 5000;
// Reached by the name in the browser's address bar: this machine's own names, and every name it has.
const SAME_AS_PAGE = ['', 'localhost', '127.0.0.1', '::1', '0.0.0.0', '::'];

const DEFAULT_ROOMS_PORT = 5050;

type Environment = Readonly<
  Partial<Record<'VITE_API_URL' | 'API_HOST' | 'API_PORT' | 'TOGETHER' | 'TOGETHER_PORT', string>>
>;

/** What `config.json` holds: `api` is a port of the host that serves the page, a whole address, or null where there
 * is none; `together`, where several people may draw together, is the same of the server of rooms. */
export interface PageConfig {
  readonly api: number | string | null;
  readonly together?: number | string;
}

export function pageConfigOf(environment: Environment): PageConfig {
  const { VITE_API_URL: url, API_HOST: host = '', API_PORT: port, TOGETHER, TOGETHER_PORT } = environment;
  const at = (onPort: number) =>
    SAME_AS_PAGE.includes(host) ? onPort : `http://${host.includes(':') ? `[${host}]` : host}:${String(onPort)}`;
  const together = TOGETHER === 'on' ? at(Number(TOGETHER_PORT || DEFAULT_ROOMS_PORT)) : undefined;
  if (url === 'none') return { api: null };
  return { api: url || at(Number(port || DEFAULT_PORT)), together };
}

/**
 * Serves `/config.json` from the environment of `vite preview` and of the development server, and puts one
 * into the build for servers that know nothing of it.
 */
export function pageConfig(environment: Environment): Plugin {
  const content = JSON.stringify(pageConfigOf(environment));
  const serve: Connect.NextHandleFunction = (request, response, next) => {
    if (request.url?.split('?')[0] !== PATH) {
      next();
      return;
    }
    response.setHeader('Content-Type', 'application/json');
    response.setHeader('Cache-Control', 'no-store');
    response.end(content);
  };
  return {
    name: 'page-config',
    configureServer: ({ middlewares }) => void middlewares.use(serve),
    configurePreviewServer: ({ middlewares }) => void middlewares.use(serve),
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: PATH.slice(1), source: content });
    },
  };
}
