import { type CSSProperties, type KeyboardEvent, useRef } from 'react';
import type { Bounds } from '../ink/strokes';
import { type Character, isDoubtful } from './reading';
import { nameOf } from './readingWords';
import type { Characters } from './useCharacters';

interface Props {
  readonly characters: Characters;
  /** Of what they stand on, in its heights. */
  readonly width: number;
  /** On the paper only a tab on the box can be chosen, so that a pen may write everywhere; a picture is not written on. */
  readonly on: 'paper' | 'picture';
}

const MARGIN = 0.03; // of the paper's height: the pen is thick
const TAB = 0.14; // of the paper's height that a tab may need above a box, on the smallest screen

/** A box around each character where it stands, to choose the one that is looked at: by pointer, or by arrow keys. */
export function CharacterBoxes({ characters: { characters, chosen, choose }, width, on }: Props) {
  const group = useRef<HTMLDivElement>(null);
  const margin = on === 'paper' ? MARGIN : 0;

  const onKeyDown = (event: KeyboardEvent) => {
    const place = placeAfter(event.key, chosen, characters.length);
    if (place === undefined) return;
    event.preventDefault();
    choose(place);
    group.current?.querySelectorAll('button').item(place).focus();
  };

  return (
    // eslint-disable-next-line jsx-a11y/interactive-supports-focus -- its radios take the focus, and hand on the keys
    <div
      ref={group}
      className={`character-boxes on-${on}`}
      role="radiogroup"
      aria-label={`Characters on the ${on}`}
      style={{ '--width': width } as CSSProperties}
      onKeyDown={onKeyDown}
    >
      {characters.map((each, place) => {
        const { left, top, right, bottom } = each.box;
        return (
          <div
            key={place}
            className={['character-box', kindOf(each), place === chosen ? 'chosen' : ''].join(' ')}
            data-testid="character-box"
            style={{
              left: percentOf((left - margin) / width),
              top: percentOf(top - margin),
              width: percentOf((right - left + 2 * margin) / width),
              height: percentOf(bottom - top + 2 * margin),
            }}
          >
            <button
              type="button"
              role="radio"
              className={`character-handle ${sideOf(each.box)}`}
              aria-checked={place === chosen}
              aria-label={nameOf(each, place)}
              tabIndex={place === chosen ? 0 : -1}
              onClick={() => {
                choose(place);
              }}
            >
              <span>{each.label ?? '–'}</span>
            </button>
          </div>
        );
      })}
    </div>
  );
}

/** Which place among `count` a key leads to from `place`; undefined for other keys. */
function placeAfter(key: string, place: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return (place + 1) % count;
    case 'ArrowLeft':
    case 'ArrowUp':
      return (place + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

function kindOf(character: Character) {
  if (character.label === undefined) return 'unread';
  return isDoubtful(character) ? 'doubtful' : 'sure';
}

/** Where the tab hangs: above the box, or where there is no room below it, or in it. */
function sideOf({ top, bottom }: Bounds): 'above' | 'below' | 'within' {
  if (top - MARGIN >= TAB) return 'above';
  return bottom + MARGIN <= 1 - TAB ? 'below' : 'within';
}

function percentOf(share: number): string {
  return `${String(100 * share)}%`;
}
