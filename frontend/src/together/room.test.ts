import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { setWidths, widthsOf } from '../ink/pressure';
import type { Point, Stroke } from '../ink/strokes';
import { createRoomServer } from '../testing/roomServer';
import { enterRoom, type Room } from './room';

const PEOPLE = [0, 1, 2];
const addressOf = (who: number) => `ws://rooms.example/${String(who)}`;
const authorOf = (stroke: Stroke) => Math.floor(stroke[0][0] * 10);
const strokesOf = (room: Room) => room.drawing.get().strokes;
const draw = (room: Room, ...drawn: Stroke[]) => {
  const before = strokesOf(room);
  room.drawing.change([...before, ...drawn], before);
};

const entered: Room[] = [];
const leaveAll = () => { entered.splice(0).forEach((room) => { room.leave(); }); };
afterEach(() => {
  leaveAll();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function comeIn() {
  const server = createRoomServer();
  vi.stubGlobal('WebSocket', server.WebSocket);
  const rooms = PEOPLE.map((who) => enterRoom(addressOf(who), `Person ${String(who)}`));
  entered.push(...rooms);
  return { server, rooms };
}

const Event = fc.record({
  who: fc.constantFrom(...PEOPLE),
  what: fc.oneof(
    { weight: 4, arbitrary: fc.constant('draw' as const) },
    { weight: 4, arbitrary: fc.constant('deliver' as const) },
    { weight: 4, arbitrary: fc.constantFrom('cut' as const, 'restore' as const) },
    { weight: 3, arbitrary: fc.constantFrom('erase' as const, 'undo' as const, 'redo' as const, 'clear' as const) },
  ),
  which: fc.nat(1000),
});

describe('a room', () => {
  it('ends with the same drawing for all, whoever draws, undoes, erases and is cut off in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(Event, { maxLength: 80, size: 'max' }), async (events) => {
        leaveAll();
        const { server, rooms } = comeIn();
        let isErased = false;
        const undone = new Set<number>();
        for (const [turn, { who, what, which }] of events.entries()) {
          const { drawing } = rooms[who];
          const before = strokesOf(rooms[who]);
          switch (what) {
            case 'draw':
              draw(rooms[who], [[who / 10 + turn / 1000, which / 1000], [0.9, 0.9]]);
              break;
            case 'erase':
              if (before.length === 0) break;
              isErased = true;
              drawing.change(before.filter((_, i) => i !== which % before.length), before);
              break;
            case 'clear':
              isErased ||= before.length > 0;
              drawing.change([], before);
              break;
            case 'undo':
              undone.add(who);
              drawing.undo();
              expect(before.filter((stroke) => !strokesOf(rooms[who]).includes(stroke)).filter((gone) => authorOf(gone) !== who)).toEqual([]);
              break;
            case 'redo':
              drawing.redo();
              break;
            case 'cut':
              server.cut(addressOf(who));
              break;
            case 'restore':
              server.restore(addressOf(who));
              break;
            case 'deliver':
              for (let i = 0; i <= which % 4; i++) server.deliver(addressOf(who));
          }
          await Promise.resolve(); // what fails at once is told
        }
        for (const who of PEOPLE) {
          server.restore(addressOf(who));
          await Promise.resolve();
        }
        server.deliverAll();
        const [first, ...others] = rooms.map(strokesOf);
        others.forEach((strokes) => { expect(strokes).toEqual(first); });
        if (isErased) return;
        // Nothing that was drawn and that nobody took back is lost.
        for (const [turn, { who, what, which }] of events.entries()) {
          if (what !== 'draw' || undone.has(who)) continue;
          expect(first).toContainEqual([[Math.round(100 * who + turn) / 1000, which / 1000], [0.9, 0.9]]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('takes back only one’s own strokes, and brings them again', () => {
    const { server, rooms } = comeIn();
    const [ann, ben] = rooms;
    server.deliverAll();
    draw(ann, [[0.01, 0.5]]);
    draw(ben, [[0.11, 0.5]]);
    server.deliverAll();
    draw(ben, [[0.12, 0.5]]);
    server.deliverAll();
    ann.drawing.undo();
    server.deliverAll();
    expect(strokesOf(ben)).toEqual([[[0.11, 0.5]], [[0.12, 0.5]]]);
    expect(ann.drawing.get()).toMatchObject({ canUndo: false, canRedo: true });
    ann.drawing.redo();
    server.deliverAll();
    expect(strokesOf(ben)).toHaveLength(3);
  });

  it('keeps what came in while a change was made of what was there before', () => {
    const { server, rooms } = comeIn();
    const [ann, ben] = rooms;
    server.deliverAll();
    draw(ann, [[0.01, 0.5]]);
    const before = strokesOf(ann);
    draw(ben, [[0.11, 0.5]]);
    server.deliverAll();
    ann.drawing.change([], before);
    server.deliverAll();
    expect(strokesOf(ben)).toEqual([[[0.11, 0.5]]]);
  });

  it('shows how a pen pressed to the others, too', () => {
    const { server, rooms } = comeIn();
    const [ann, ben] = rooms;
    server.deliverAll();
    const stroke: Stroke = [[0.1, 0.1], [0.2, 0.2]]; // prettier-ignore
    setWidths(stroke, [0.75, 1.25]);
    draw(ann, stroke);
    server.deliverAll();
    expect(strokesOf(ben).map(widthsOf)).toEqual([[0.75, 1.25]]);
  });

  it('shows a stroke to the others while it is drawn, until it has ended', () => {
    vi.useFakeTimers();
    const { server, rooms } = comeIn();
    const [ann, ben] = rooms;
    const seen = () => {
      vi.advanceTimersByTime(1000);
      server.deliverAll();
      vi.advanceTimersByTime(1000);
      return ben.people.get().find(({ name }) => name === 'Person 0');
    };
    const [a, b, c]: Point[] = [[0.1, 0.1], [0.2, 0.2], [0.3, 0.1]]; // prettier-ignore
    server.deliverAll();
    ann.pen.hover(c);
    expect(seen()).toMatchObject({ at: c, ink: [] });
    ann.pen.draw([[a, b]]);
    expect(seen()).toMatchObject({ at: b, ink: [a, b] });
    ann.pen.draw([[a, b, c]]);
    expect(seen()).toMatchObject({ at: c, ink: [a, b, c] });
    ann.pen.draw([[b]]); // a palm's was taken back
    expect(seen()).toMatchObject({ at: b, ink: [b] });
    ann.pen.draw(null); // and so was that
    expect(seen()).toMatchObject({ ink: [] });
    ann.pen.draw([[a, b]]);
    draw(ann, [a, b, c]);
    expect(seen()).toMatchObject({ ink: [] });
    expect(strokesOf(ben)).toEqual([[a, b, c]]);
    server.cut(addressOf(0));
    expect(seen()).toBeUndefined();
  });

  it('says why it can’t be entered, and is tried again when asked', () => {
    const { server, rooms } = comeIn();
    const [ann] = rooms;
    server.refuse(addressOf(0), 'This room is full.');
    expect(ann.state.get()).toEqual({ is: 'refused', why: 'This room is full.' });
    ann.again();
    server.deliverAll();
    expect(ann.state.get()).toEqual({ is: 'connected' });
  });
});
