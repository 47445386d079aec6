import { describe, expect, it } from 'vitest';
import { DIGITS } from '../api/answers';
import { LETTERS } from '../testing/answers';
import { verbOf } from './useMeantKeys';

const press = (key: string, code = '', more: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, code, shiftKey: true, ...more });

describe('a key with Shift held', () => {
  it('is the digit on it, whatever the keyboard types there', () => {
    expect(verbOf(press('(', 'Digit9'), DIGITS)).toEqual({ meant: '9' });
    expect(verbOf(press('9', 'Digit9'), DIGITS)).toEqual({ meant: '9' }); // as in France
  });

  it('is the letter that it types', () => {
    expect(verbOf(press('A', 'KeyQ'), LETTERS)).toEqual({ meant: 'A' });
    expect(verbOf(press('A', 'KeyA'), DIGITS)).toBeUndefined();
    expect(verbOf(press('(', 'Digit9'), LETTERS)).toBeUndefined();
  });

  it('is nothing of the alphabet, or that it was read right', () => {
    expect(verbOf(press('Backspace'), DIGITS)).toEqual({ meant: null });
    expect(verbOf(press('Enter'), DIGITS)).toBe('right');
  });

  it('means nothing without Shift, with another such key, or held down', () => {
    const others: KeyboardEventInit[] = [{ shiftKey: false }, { ctrlKey: true }, { altKey: true }, { metaKey: true }, { repeat: true }];
    for (const more of others) expect(verbOf(press('9', 'Digit9', more), DIGITS)).toBeUndefined();
  });
});
