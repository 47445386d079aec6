/** Links to rooms: the id of a room stands in the fragment, which no browser sends to the server of the page. */

const NAME = '#t=';
const ID = /^[A-Za-z0-9_-]{22}$/; // 128 random bits, as the server of rooms asks

export function newRoomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The link to a room on the page at `address`; without an id the address of the page by itself. */
export function roomLinkTo(id: string | undefined, address: string): string {
  const link = new URL(address);
  link.hash = id === undefined ? '' : NAME + id;
  return link.href;
}

/** The id of the room that a fragment names: undefined where it names none, 'broken' where it was cut off. */
export function roomIn(fragment: string): string | undefined {
  if (!fragment.startsWith(NAME)) return undefined;
  const id = fragment.slice(NAME.length);
  return ID.test(id) ? id : 'broken';
}
