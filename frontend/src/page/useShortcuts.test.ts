import { describe, expect, it } from 'vitest';
import { verbOf } from './useShortcuts';

describe('a shortcut', () => {
  const key = (name: string, modifiers: KeyboardEventInit = {}) =>
    verbOf(new KeyboardEvent('keydown', { key: name, ...modifiers }));

  it.each(['ctrlKey', 'metaKey'])('with %s undoes and redoes', (modifier) => {
    expect(key('z', { [modifier]: true })).toBe('undo');
    expect(key('Z', { [modifier]: true, shiftKey: true })).toBe('redo');
    expect(key('y', { [modifier]: true })).toBe('redo');
  });

  it('is no letter by itself, so that speech input can’t press it by mistake', () => {
    expect('abcdefghijklmnopqrstuvwxyz0123456789'.split('').map((letter) => key(letter))).toEqual(
      Array(36).fill(undefined),
    );
    expect([key('Delete'), key('Enter')]).toEqual(['clear', 'predict']);
  });
});
