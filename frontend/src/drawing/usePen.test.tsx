import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { NARROWEST, WIDEST, widthsOf } from '../ink/pressure';
import type { Stroke } from '../ink/strokes';
import { usePen } from './usePen';

describe('the pen', () => {
  function Sheet({ onUp, onCancel }: { onUp: (stroke: Stroke) => void; onCancel: () => void }) {
    const { onPointerDown } = usePen({ onDown: () => undefined, onMove: () => undefined, onUp, onCancel });
    return <div data-testid="sheet" onPointerDown={onPointerDown} />;
  }

  const pointer = (type: string, pointerId: number, x: number, y: number, isPrimary = true) =>
    new PointerEvent(type, { bubbles: true, clientX: x, clientY: y, pointerId, isPrimary });

  function setUp() {
    const strokes: Stroke[] = [];
    const widths: (readonly number[] | undefined)[] = [];
    const cancelled: string[] = [];
    const onUp = (drawn: Stroke) => {
      strokes.push([...drawn]);
      widths.push(widthsOf(drawn));
    };
    render(<Sheet onUp={onUp} onCancel={() => cancelled.push('cancelled')} />);
    const sheet = screen.getByTestId('sheet');
    sheet.getBoundingClientRect = () => ({ left: 100, top: 0, width: 200, height: 200 }) as DOMRect;
    return { sheet, strokes, widths, cancelled };
  }

  it('draws in units of the sheet, on beyond its edge', () => {
    const { sheet, strokes } = setUp();
    fireEvent(sheet, pointer('pointerdown', 1, 200, 100));
    fireEvent(window, pointer('pointermove', 1, 400, 100));
    fireEvent(window, pointer('pointerup', 1, 400, 100));
    expect(strokes).toEqual([[[0.5, 0.5], [1.5, 0.5]]]); // prettier-ignore
  });

  it('makes a dot of a tap', () => {
    const { sheet, strokes } = setUp();
    fireEvent(sheet, pointer('pointerdown', 1, 150, 50));
    fireEvent(window, pointer('pointerup', 1, 150, 50));
    expect(strokes).toEqual([[[0.25, 0.25]]]);
  });

  it('heeds one pointer at a time', () => {
    const { sheet, strokes } = setUp();
    fireEvent(sheet, pointer('pointerdown', 1, 100, 0));
    fireEvent(sheet, pointer('pointerdown', 2, 300, 200, false));
    fireEvent(window, pointer('pointermove', 2, 120, 20, false));
    fireEvent(window, pointer('pointerup', 2, 120, 20, false));
    expect(strokes).toEqual([]);
    fireEvent(window, pointer('pointerup', 1, 100, 0));
    expect(strokes).toEqual([[[0, 0]]]);
  });

  it('lets a pen take over from the palm that landed before it', () => {
    const { sheet, strokes } = setUp();
    const of = (pointerType: string, pointerId: number, type: string) =>
      new PointerEvent(type, { bubbles: true, clientX: 100, isPrimary: true, pointerId, pointerType });
    fireEvent(sheet, of('touch', 1, 'pointerdown'));
    fireEvent(sheet, of('pen', 2, 'pointerdown'));
    fireEvent(window, of('touch', 1, 'pointerup'));
    expect(strokes).toEqual([]);
    fireEvent(sheet, of('touch', 3, 'pointerdown'));
    fireEvent(window, of('pen', 2, 'pointerup'));
    expect(strokes).toEqual([[[0, 0]]]);
  });

  describe('with a palm on the sheet', () => {
    const touch = (type: string, pointerId: number, x: number, y: number, size = 20) =>
      new PointerEvent(type, {
        bubbles: true,
        clientX: x,
        clientY: y,
        pointerId,
        pointerType: 'touch',
        isPrimary: pointerId === 1,
        width: size,
        height: size,
      });

    it('takes the strokes of the finger that writes, whole, and nothing of the palm', () => {
      const { sheet, strokes } = setUp();
      fireEvent(sheet, touch('pointerdown', 1, 280, 180));
      fireEvent(window, touch('pointermove', 1, 283, 181));
      for (const id of [2, 3]) {
        fireEvent(sheet, touch('pointerdown', id, 100, 0));
        fireEvent(window, touch('pointermove', id, 110, 0));
        fireEvent(window, touch('pointermove', 1, 282, 180));
        fireEvent(window, touch('pointermove', id, 200, 0));
        fireEvent(window, touch('pointerup', id, 200, 0));
      }
      fireEvent(window, touch('pointerup', 1, 282, 180));
      const stroke = [[0, 0], [0.05, 0], [0.5, 0]]; // prettier-ignore
      expect(strokes).toEqual([stroke, stroke]);
    });

    it('goes on with the first of two fingers that move at the same time, whichever is told first', () => {
      const { sheet, strokes } = setUp();
      fireEvent(sheet, touch('pointerdown', 1, 100, 0));
      fireEvent(sheet, touch('pointerdown', 2, 280, 180));
      for (const id of [2, 1, 2]) fireEvent(window, touch('pointermove', id, 200, 100));
      for (const id of [1, 2]) fireEvent(window, touch('pointerup', id, 200, 100));
      expect(strokes).toEqual([[[0, 0], [0.5, 0.5]]]); // prettier-ignore
    });

    it('tells the finger by its size where the palm has slid', () => {
      const { sheet, strokes } = setUp();
      fireEvent(sheet, touch('pointerdown', 1, 280, 180, 60));
      fireEvent(window, touch('pointermove', 1, 220, 180, 60));
      fireEvent(sheet, touch('pointerdown', 2, 100, 0));
      fireEvent(window, touch('pointermove', 1, 210, 180, 60));
      fireEvent(window, touch('pointermove', 2, 200, 0));
      fireEvent(window, touch('pointerup', 1, 210, 180, 60));
      fireEvent(window, touch('pointerup', 2, 200, 0));
      expect(strokes).toEqual([[[0, 0], [0.5, 0]]]); // prettier-ignore
    });

    it('goes on with the finger where the palm lands later, or slides', () => {
      const { sheet, strokes } = setUp();
      fireEvent(sheet, touch('pointerdown', 1, 100, 0));
      fireEvent(sheet, touch('pointerdown', 2, 280, 180));
      fireEvent(window, touch('pointermove', 1, 200, 0));
      fireEvent(window, touch('pointermove', 2, 220, 180));
      fireEvent(window, touch('pointerup', 1, 200, 0));
      fireEvent(window, touch('pointerup', 2, 220, 180));
      expect(strokes).toEqual([[[0, 0], [0.5, 0]]]); // prettier-ignore
    });

    it.each([
      ['a tap beside it', [2, 1]],
      ['two fingers that tap', [1, 2]],
    ])('makes one dot of %s', (_, order) => {
      const { sheet, strokes } = setUp();
      fireEvent(sheet, touch('pointerdown', 1, 280, 180));
      fireEvent(sheet, touch('pointerdown', 2, 100, 0));
      for (const id of order) fireEvent(window, touch('pointerup', id, 0, 0));
      expect(strokes).toEqual([[[0, 0]]]);
    });

    it('forgets a palm that the browser takes away', () => {
      const { sheet, strokes } = setUp();
      fireEvent(sheet, touch('pointerdown', 1, 280, 180));
      fireEvent(sheet, touch('pointerdown', 2, 100, 0));
      fireEvent(window, touch('pointercancel', 1, 280, 180));
      fireEvent(window, touch('pointermove', 2, 200, 0));
      fireEvent(window, touch('pointerup', 2, 200, 0));
      expect(strokes).toEqual([[[0, 0], [0.5, 0]]]); // prettier-ignore
    });
  });

  describe('of a kind', () => {
    const shared = { bubbles: true, isPrimary: true, pointerId: 1, tiltX: 0, tiltY: 0 };
    const of = (pointerType: string, type: string, x: number, options: PointerEventInit = {}, at = 0) => {
      const event = new PointerEvent(type, { ...shared, clientX: x, pointerType, ...options });
      Object.defineProperty(event, 'timeStamp', { value: at });
      return event;
    };

    it('that presses harder draws wider, and no other does', () => {
      const { sheet, widths } = setUp();
      for (const type of ['pen', 'mouse', 'touch']) {
        const at = type === 'pen' ? 0 : 5_000;
        fireEvent(sheet, of(type, 'pointerdown', 100, { pressure: 0 }, at));
        for (const x of [150, 200, 250]) fireEvent(window, of(type, 'pointermove', x, { pressure: 1 }, at));
        fireEvent(window, of(type, 'pointerup', 250, { pressure: 0 }, at));
      }
      const [pen, ...others] = widths;
      expect(pen).toHaveLength(4);
      expect(pen?.[0]).toBe(NARROWEST);
      expect(pen?.every((width, i) => i === 0 || (width > (pen[i - 1] ?? 0) && width < WIDEST))).toBe(true);
      expect(others).toEqual([undefined, undefined]);
    });

    it('that is a hand beside a pen draws nothing, before the pen has come down and after it has lifted', () => {
      const { sheet, strokes } = setUp();
      const touch = (at: number) => {
        fireEvent(sheet, of('touch', 'pointerdown', 120, { pointerId: 2 }, at));
        fireEvent(window, of('touch', 'pointerup', 120, { pointerId: 2 }, at));
      };
      fireEvent(window, of('pen', 'pointermove', 300, {}, 5_000)); // it hovers
      touch(5_400);
      fireEvent(sheet, of('pen', 'pointerdown', 200, {}, 5_500));
      fireEvent(window, of('pen', 'pointerup', 200, {}, 6_000));
      touch(6_900);
      expect(strokes).toEqual([[[0.5, 0]]]);
      touch(7_100);
      expect(strokes).toEqual([[[0.5, 0]], [[0.1, 0]]]);
    });

    it('that is larger than a finger draws nothing, be it so as it lands or once it lies', () => {
      const { sheet, strokes, cancelled } = setUp();
      fireEvent(sheet, of('touch', 'pointerdown', 120, { width: 130, height: 60 }));
      fireEvent(window, of('touch', 'pointerup', 120));
      expect([strokes, cancelled]).toEqual([[], []]);
      fireEvent(sheet, of('touch', 'pointerdown', 120, { width: 30, height: 30 }));
      fireEvent(window, of('touch', 'pointermove', 123, { width: 60, height: 120 }));
      fireEvent(window, of('touch', 'pointermove', 200, { width: 60, height: 120 }));
      fireEvent(window, of('touch', 'pointerup', 200));
      expect([strokes, cancelled]).toEqual([[], ['cancelled']]);
    });

    it('that the browser takes away before it has moved leaves nothing', () => {
      const { sheet, strokes, cancelled } = setUp();
      fireEvent(sheet, of('touch', 'pointerdown', 120));
      fireEvent(window, of('touch', 'pointercancel', 120));
      expect([strokes, cancelled]).toEqual([[], ['cancelled']]);
    });
  });

  it('ends the stroke when the browser takes the pointer away', () => {
    const { sheet, strokes } = setUp();
    fireEvent(sheet, pointer('pointerdown', 1, 100, 0));
    fireEvent(window, pointer('pointermove', 1, 300, 0));
    fireEvent(window, pointer('pointercancel', 1, 0, 0));
    fireEvent(window, pointer('pointermove', 1, 300, 200));
    expect(strokes).toEqual([[[0, 0], [1, 0]]]); // prettier-ignore
  });
});
