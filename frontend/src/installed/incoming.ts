/** What the system hands to the installed page: pictures shared by other apps, drawings opened as files. */

interface LaunchParams {
  readonly files?: readonly { readonly getFile: () => Promise<File> }[];
}

interface LaunchQueue {
  readonly setConsumer: (consumer: (params: LaunchParams) => void) => void;
}

const CACHE = 'incoming'; // where public/incoming.js puts them
const SHARED = 'shared'; // the query by which it opens the page

/** The pictures that were shared with the page, each of them once. */
export async function takeShared(location: Location): Promise<File[]> {
  if (!new URLSearchParams(location.search).has(SHARED) || !('caches' in window)) return [];
  history.replaceState(null, '', location.pathname);
  const cache = await caches.open(CACHE);
  const requests = await cache.keys();
  const files = await Promise.all(
    requests.map(async (request) => {
      const content = await (await cache.match(request))?.blob();
      const name = decodeURIComponent(new URL(request.url).pathname.split('/').at(-1) ?? 'picture');
      return content && new File([content], name, { type: content.type });
    }),
  );
  await caches.delete(CACHE);
  return files.filter((file) => file !== undefined);
}

/** Calls `open` with each file that the page is opened by. */
export function watchOpened(open: (file: File) => void): void {
  const { launchQueue } = window as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files = [] }) => {
    for (const handle of files) void handle.getFile().then(open);
  });
}
