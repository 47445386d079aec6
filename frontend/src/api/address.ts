/** Where the API is: an address set at build time, or this page's host on the API's port. */

const DEFAULT_PORT = '5000';

interface Settings {
  readonly VITE_API_URL?: string;
  readonly VITE_API_PORT?: string;
}

export function apiAddress(
  settings: Settings,
  page: Pick<Location, 'protocol' | 'hostname'>,
): string {
  if (settings.VITE_API_URL) return settings.VITE_API_URL.replace(/\/+$/, '');
  return `${page.protocol}//${page.hostname}:${settings.VITE_API_PORT || DEFAULT_PORT}`;
}
