import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Point } from '../ink/strokes';
import { KINDS, readMessage, writePen, writePresence } from './messages';

/** As the server hands it on: with the number of who sent it. */
const handedOn = (message: Uint8Array, from = 7) => Uint8Array.of(message[0], 0, 0, 0, from, ...message.subarray(1)).buffer;

describe('a message', () => {
  it('says who somebody is, and that they have gone', () => {
    expect(readMessage(handedOn(writePresence({ name: 'Ann' })))).toEqual({ kind: 'presence', from: 7, presence: { name: 'Ann' } });
    expect(readMessage(handedOn(Uint8Array.of(KINDS.presence)))).toEqual({ kind: 'presence', from: 7, presence: null });
  });

  it('brings all ink of a pen, however much there is, in parts that the server takes', () => {
    const ink = Array.from({ length: 1000 }, (_, i): Point => [i / 1000, 1 / 3]);
    const messages = writePen({ at: [0.5, 0.5], ink, begins: true });
    expect(Math.max(...messages.map(({ length }) => length))).toBeLessThanOrEqual(4096);
    const pens = messages.map((message) => readMessage(handedOn(message))).map((read) => (read?.kind === 'pen' ? read.pen : undefined));
    expect(pens.flatMap((pen) => pen?.ink)).toEqual(ink.map(([x]) => [x, 0.333]));
    expect(pens.map((pen) => pen?.begins)).toEqual([true, ...Array<boolean>(pens.length - 1).fill(false)]);
  });

  it('that is none is left aside', () => {
    const Damaged = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.json().map((text) => Uint8Array.of(KINDS.pen, 0, 0, 0, 7, ...new TextEncoder().encode(text))),
      fc.json().map((text) => Uint8Array.of(KINDS.presence, 0, 0, 0, 7, ...new TextEncoder().encode(text))),
    );
    fc.assert(
      fc.property(Damaged, (bytes) => {
        const read = readMessage(Uint8Array.from(bytes).buffer);
        if (read?.kind === 'pen') expect(read.pen.ink).toBeInstanceOf(Array);
        if (read?.kind === 'presence' && read.presence) expect(read.presence.name.length).toBeLessThanOrEqual(24);
      }),
    );
  });
});
