/** The connection of a page to a room: made anew after every cut, until it is left or refused. */

import { type Message, readMessage, writeBytes } from './messages';

export const REFUSED = 4000; // the code of a connection that the server closes with a reason
const SHORTEST_WAIT = 500; // ms before the next try, twice as long after each
const LONGEST_WAIT = 8_000;
const ASKING = 10_000; // ms between two questions to the server; it is gone where it says nothing meanwhile
const BEHIND = 1_000_000; // bytes that wait to be sent: pens that come so late are of no use

/** `connecting` at first, `cut` while the next try is awaited, `refused` for good. */
export type ConnectionState =
  | { readonly is: 'connecting' | 'connected' | 'cut' }
  | { readonly is: 'refused'; readonly why: string };

interface Handlers {
  readonly onState: (state: ConnectionState) => void;
  /** Comes first: all changes of the room's drawing, and the state vector that they amount to. */
  readonly onRoom: (updates: readonly Uint8Array[], state: Uint8Array) => void;
  readonly onMessage: (message: Exclude<Message, { readonly kind: 'state' }>) => void;
}

export type Connection = ReturnType<typeof connect>;

export function connect(address: string, { onState, onRoom, onMessage }: Handlers) {
  let socket: WebSocket | undefined;
  let wait = SHORTEST_WAIT;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let isAsked = false; // and nothing was heard since
  let isSaid = false; // what the server lacked

  const open = () => {
    clearTimeout(retry);
    const opened = new WebSocket(address);
    socket = opened;
    opened.binaryType = 'arraybuffer';
    isSaid = false;
    isAsked = false;
    const updates: Uint8Array[] = []; // applied as one, however many they are
    opened.onmessage = ({ data }: MessageEvent<unknown>) => {
      isAsked = false;
      const message = data instanceof ArrayBuffer ? readMessage(data) : undefined;
      if (!message) return;
      if (message.kind === 'state') {
        if (isSaid) return; // the answer to "are you there?"
        isSaid = true;
        wait = SHORTEST_WAIT;
        onRoom(updates, message.content);
        onState({ is: 'connected' });
      } else if (message.kind === 'update' && !isSaid) updates.push(message.content);
      else onMessage(message);
    };
    opened.onclose = ({ code, reason }) => {
      if (socket === opened) lose(code === REFUSED ? reason : undefined);
    };
  };
  const lose = (why?: string) => {
    const lost = socket;
    socket = undefined;
    lost?.close();
    clearTimeout(retry);
    if (why !== undefined) {
      onState({ is: 'refused', why });
      return;
    }
    retry = setTimeout(open, wait * (0.75 + Math.random() / 2)); // not all at once
    wait = Math.min(2 * wait, LONGEST_WAIT);
    onState({ is: 'cut' });
  };
  const onOnline = () => {
    if (socket || retry === undefined) return;
    wait = SHORTEST_WAIT;
    open();
  };
  const onOffline = () => {
    if (socket) lose();
  };
  const asking = setInterval(() => {
    if (!socket) return;
    if (isAsked) lose();
    else {
      isAsked = true;
      if (socket.readyState === WebSocket.OPEN) socket.send(writeBytes('state'));
    }
  }, ASKING);

  window.addEventListener('online', onOnline);
  window.addEventListener('offline', onOffline);
  open();

  return {
    /**
     * Nothing is sent before the server was told what it lacked, which holds all that was drawn meanwhile. What
     * is `late` where it waits is left out where much waits.
     */
    send: (message: Uint8Array<ArrayBuffer>, { late = true } = {}) => {
      if (!isSaid || socket?.readyState !== WebSocket.OPEN) return;
      if (late || socket.bufferedAmount < BEHIND) socket.send(message);
    },
    /** Tries once more after a refusal. */
    again: () => {
      if (socket) return;
      wait = SHORTEST_WAIT;
      onState({ is: 'connecting' });
      open();
    },
    close: () => {
      clearInterval(asking);
      clearTimeout(retry);
      window.removeEventListener('online', onOnline);
      window.removeEventListener('offline', onOffline);
      const closed = socket;
      socket = undefined;
      closed?.close();
    },
  };
}
