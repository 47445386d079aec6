/** A room as a page is in it: its drawing, the others, and the connection that keeps them up to date. */

import type { Strokes } from '../ink/drawing';
import { connect, type ConnectionState } from './connection';
import { writeBytes, writePen, writePresence } from './messages';
import { createPen } from './pen';
import { createPeople } from './people';
import { createRoomDrawing } from './roomDrawing';

/** The drawing that a room begins with. */
export interface Begun {
  readonly id: string;
  readonly strokes: Strokes;
}

/** Comes into the room at `address` as `name`. */
export function enterRoom(address: string, name: string, begun?: Begun) {
  const listeners = new Set<() => void>();
  let state: ConnectionState = { is: 'connecting' };
  let ownName = name;
  const people = createPeople();
  const pen = createPen(
    (told) => {
      for (const message of writePen(told)) connection.send(message, { late: false });
    },
    (stroke) => drawing.has(stroke),
  );
  const drawing = createRoomDrawing((update) => {
    connection.send(writeBytes('update', update));
    pen.lift();
  }, begun?.id);
  const connection = connect(address, {
    onState: (changed) => {
      state = changed;
      if (changed.is === 'connected') connection.send(writePresence({ name: ownName }));
      else people.forget();
      listeners.forEach((listener) => { listener(); });
    },
    onRoom: (updates, known) => {
      drawing.apply(updates);
      connection.send(writeBytes('update', drawing.since(known)));
    },
    onMessage: (message) => {
      if (message.kind === 'presence') people.meet(message.from, message.presence);
      else if (message.kind === 'pen') people.follow(message.from, message.pen);
      else drawing.apply([message.content]);
    },
  });

  if (begun) drawing.begin(begun.strokes);

  return {
    drawing,
    people,
    pen,
    state: {
      get: () => state,
      subscribe: (listener: () => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    rename: (changed: string) => {
      ownName = changed;
      connection.send(writePresence({ name: changed }));
    },
    again: connection.again,
    leave: () => {
      connection.close();
      pen.stop();
      drawing.destroy();
    },
  };
}

export type Room = ReturnType<typeof enterRoom>;
