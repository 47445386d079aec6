import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { roomsAddress } from '../api/address';
import { isOnlyHere, watchOnlyHere } from '../api/onlyHere';
import type { LiveDrawing } from '../drawing/liveDrawing';
import type { DrawingState } from '../drawing/useDrawing';
import { newId } from '../ui/newId';
import { load, save } from '../ui/storage';
import type { Begun, Room } from './room';
import { newRoomId, roomIn, roomLinkTo } from './roomLink';

const NAME = 'digits.name';

const BROKEN = 'This link names no whole room. Was it cut off on its way?';
const NO_ROOMS = 'This page’s server has no rooms to draw together in, or doesn’t answer.';
const UNSENT = 'While this device only reads, nothing is drawn together.';
const NOT_LOADED = 'What drawing together needs didn’t load. Try again later.';

const nothing = () => undefined;
const ignore = () => nothing;

/** One drawing for several people: the room that this page is in, if it is in one, and its drawing instead of one's own. */
export function useTogether(own: DrawingState, live: LiveDrawing) {
  const [isOffered, setOffered] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState(() => load(NAME, nameIn) ?? `Guest ${String(10 + Math.floor(90 * Math.random()))}`);
  const [entered, setEntered] = useState<{ readonly id: string; readonly room: Room }>();
  const [trouble, setTrouble] = useState('');
  const room = entered?.room;
  const latestName = useRef(name);
  const latestWish = useRef<string>(undefined); // the room to be in: a link may be followed while one is awaited

  const enter = useCallback(async (id: string, begun?: Begun) => {
    setTrouble('');
    latestWish.current = id;
    const address = await roomsAddress();
    if (isOnlyHere()) setTrouble(UNSENT);
    else if (address === undefined) setTrouble(NO_ROOMS);
    else {
      try {
        const { enterRoom } = await import('./room');
        if (latestWish.current !== id) return;
        latestWish.current = undefined;
        setEntered({ id, room: enterRoom(`${address}/${id}`, latestName.current, begun) });
        goTo(id);
      } catch {
        setTrouble(NOT_LOADED);
      }
    }
  }, []);

  useEffect(() => {
    const ask = () => void roomsAddress().then((address) => { setOffered(address !== undefined); });
    ask();
    window.addEventListener('online', ask);
    return () => { window.removeEventListener('online', ask); };
  }, []);

  useEffect(() => {
    const look = () => {
      const id = roomIn(window.location.hash);
      if (id === 'broken') {
        goTo(undefined);
        setTrouble(BROKEN);
      } else if (id !== undefined) void enter(id);
    };
    look();
    window.addEventListener('hashchange', look);
    return () => { window.removeEventListener('hashchange', look); };
  }, [enter]);

  const paper = useSyncExternalStore(room?.drawing.subscribe ?? ignore, room?.drawing.get ?? nothing);

  useEffect(() => {
    if (!room) return;
    const stop = live.subscribe(() => { room.pen.draw(live.get()); });
    return () => {
      stop();
      room.leave();
    };
  }, [room, live]);

  const openOwn = own.open;
  const leave = useCallback(() => {
    const left = room?.drawing.get();
    if (left && left.strokes.length > 0) openOwn(left.strokes, left.id); // one's own before is an undo away
    setEntered(undefined);
    setOpen(false);
    goTo(undefined);
  }, [room, openOwn]);

  useEffect(() => {
    if (!room) return;
    return watchOnlyHere(() => {
      if (isOnlyHere()) leave();
    });
  }, [room, leave]);

  const drawing = useMemo((): DrawingState => {
    if (!room || !paper) return own;
    const { id, strokes, canUndo, canRedo } = paper;
    const { change, undo, redo } = room.drawing;
    return {
      id,
      strokes,
      isEmpty: strokes.length === 0,
      canUndo,
      canRedo,
      replace: (changed, changedId) => { change(changed, strokes, changedId); },
      open: (opened, openedId) => { change(opened, strokes, openedId ?? newId()); },
      clear: () => { change([], strokes); },
      undo,
      redo,
    };
  }, [room, paper, own]);

  return {
    drawing,
    /** Whether the page's server has rooms. */
    isOffered,
    room,
    link: entered && roomLinkTo(entered.id, window.location.href),
    name,
    rename: useCallback((changed: string) => {
      latestName.current = changed;
      setName(changed);
      save(NAME, changed);
      room?.rename(changed);
    }, [room]),
    start: () => void enter(newRoomId(), own),
    leave,
    isOpen,
    open: useCallback(() => { setOpen(true); }, []),
    close: useCallback(() => { setOpen(false); }, []),
    /** A sentence where a room can't be entered, else empty. */
    trouble,
    dismiss: () => { setTrouble(''); },
  };
}

export type Together = ReturnType<typeof useTogether>;

/** The address bar names the room, so that a reload comes back into it. */
function goTo(id: string | undefined): void {
  history.replaceState(null, '', roomLinkTo(id, window.location.href));
}

function nameIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 24) : undefined;
}
