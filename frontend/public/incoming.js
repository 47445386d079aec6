// In the service worker: pictures that another app shares with this one wait in a cache until the page takes them
// (src/installed/incoming.ts).
self.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  if (method === 'POST' && new URL(url).pathname.endsWith('/share')) event.respondWith(keepPictures(event.request));
});

/** @param {Request} request */
async function keepPictures(request) {
  const pictures = (await request.formData()).getAll('pictures').filter((part) => part instanceof File);
  const cache = await caches.open('incoming');
  await Promise.all(
    pictures.map((picture, i) => cache.put(`incoming/${i}/${encodeURIComponent(picture.name)}`, new Response(picture))),
  );
  return Response.redirect('./?shared', 303);
}
