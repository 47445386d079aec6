/** Where the API is: the page asks whoever serves it, so that no build is bound to an address. */

const DEFAULT_PORT = 5000;

type PageAddress = Pick<Location, 'protocol' | 'hostname'>;

/**
 * The address of the API for a page at `page`, by the `config.json` that is served with it: its `api` is an
 * address, or a port of the page's own host, or null where there is no API at all: then this is undefined.
 * Anything else means port 5000.
 */
export function addressIn(config: unknown, page: PageAddress): string | undefined {
  const { api } = (config ?? {}) as { readonly api?: unknown };
  if (api === null) return undefined;
  if (typeof api === 'string' && api !== '') return api.replace(/\/+$/, '');
  return `${page.protocol}//${page.hostname}:${String(typeof api === 'number' ? api : DEFAULT_PORT)}`;
}

let known: Promise<string | undefined> | undefined;

/** The address of the API, if there is one; asked for once, and again where the page's server was away. */
export function apiAddress(): Promise<string | undefined> {
  known ??= readConfig().then(
    (config) => addressIn(config, window.location),
    () => {
      known = undefined;
      return addressIn(undefined, window.location);
    },
  );
  return known;
}

async function readConfig(): Promise<unknown> {
  const response = await fetch(`${import.meta.env.BASE_URL}config.json`, { cache: 'no-store' });
  const text = await response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // a server that knows no such file answers with a page
  }
}
