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

/** The address of the server of rooms, for WebSockets, by the `together` of the same file; undefined where there is none. */
export function roomsIn(config: unknown, page: PageAddress & Pick<Location, 'href'>): string | undefined {
  const { together } = (config ?? {}) as { readonly together?: unknown };
  if (typeof together === 'number') return roomsAt(`${page.protocol}//${page.hostname}:${String(together)}`, page.href);
  return typeof together === 'string' && together !== '' ? roomsAt(together, page.href) : undefined;
}

function roomsAt(address: string, page: string): string | undefined {
  if (!URL.canParse(address, page)) return undefined;
  return new URL(address, page).href.replace(/^http/, 'ws').replace(/\/+$/, '');
}

let known: Promise<unknown> | undefined;

/** The address of the API, if there is one; asked for once, and again where the page's server was away. */
export async function apiAddress(): Promise<string | undefined> {
  return addressIn(await pageConfig(), window.location);
}

/** The address of the server of rooms, where several people may draw together. */
export async function roomsAddress(): Promise<string | undefined> {
  return roomsIn(await pageConfig(), window.location);
}

function pageConfig(): Promise<unknown> {
  known ??= readConfig().catch(() => {
    known = undefined;
  });
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
