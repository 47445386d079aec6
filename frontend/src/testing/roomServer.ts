/** A server of rooms in memory, whose messages arrive when a test says so; stands in for the browser's WebSocket. */

import * as Y from 'yjs';
import { REFUSED } from '../together/connection';
import { KINDS, writeBytes } from '../together/messages';

/** One room, whoever connects to whichever address. */
export function createRoomServer() {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  const down = new Set<string>();
  const sockets = new Set<FakeSocket>();
  const presences = new Map<FakeSocket, Uint8Array<ArrayBuffer>>();
  let count = 0;

  class FakeSocket {
    static readonly OPEN = 1;
    readonly bufferedAmount = 0;
    readyState = FakeSocket.OPEN;
    binaryType = '';
    onmessage?: (event: { data: ArrayBuffer }) => void;
    onclose?: (event: { code: number; reason: string }) => void;
    readonly number = ++count;
    readonly toServer: Uint8Array[] = [];
    readonly toPage: Uint8Array<ArrayBuffer>[] = [];

    constructor(readonly address: string) {
      if (down.has(address)) {
        queueMicrotask(() => { this.lose(); });
        return;
      }
      sockets.add(this);
      this.toPage.push(...updates.map((update) => writeBytes('update', update)));
      this.toPage.push(writeBytes('state', Y.encodeStateVector(doc)), ...presences.values());
    }

    send(message: Uint8Array): void {
      this.toServer.push(message);
    }

    close(): void {
      this.readyState = 3;
      sockets.delete(this);
      if (presences.delete(this)) tellOthers(this, Uint8Array.of(KINDS.presence, 0, 0, 0, this.number));
    }

    lose(code = 1006, reason = ''): void {
      this.close();
      this.onclose?.({ code, reason });
    }
  }

  const tellOthers = (socket: FakeSocket, message: Uint8Array<ArrayBuffer>) => {
    for (const other of sockets) {
      if (other !== socket) other.toPage.push(message);
    }
  };
  const take = (socket: FakeSocket): boolean => {
    const message = socket.toServer.shift();
    if (message?.[0] === KINDS.update) {
      Y.applyUpdate(doc, message.subarray(1));
      if (doc.store.pendingStructs ?? doc.store.pendingDs) throw new Error('Something is missing before it.');
      updates.push(message.subarray(1));
      tellOthers(socket, Uint8Array.from(message));
    } else if (message?.[0] === KINDS.presence || message?.[0] === KINDS.pen) {
      const from = Uint8Array.of(message[0], 0, 0, 0, socket.number, ...message.subarray(1));
      if (message[0] === KINDS.presence) presences.set(socket, from);
      tellOthers(socket, from);
    }
    return message !== undefined;
  };
  const tell = (socket: FakeSocket): boolean => {
    const message = socket.toPage.shift();
    if (message) socket.onmessage?.({ data: message.buffer });
    return message !== undefined;
  };
  const of = (address: string) => [...sockets].filter((socket) => socket.address === address);

  return {
    WebSocket: FakeSocket,
    /** What was sent last and hasn't arrived is lost. */
    cut: (address: string) => {
      down.add(address);
      of(address).forEach((socket) => { socket.lose(); });
    },
    restore: (address: string) => {
      down.delete(address);
      window.dispatchEvent(new Event('online'));
    },
    refuse: (address: string, reason: string) => {
      of(address).forEach((socket) => { socket.lose(REFUSED, reason); });
    },
    /** One message each way. */
    deliver: (address: string) => {
      of(address).forEach((socket) => {
        take(socket);
        tell(socket);
      });
    },
    deliverAll: () => {
      while ([...sockets].some((socket) => take(socket) || tell(socket)));
    },
  };
}
