import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { svgPath } from '../ink/curves';
import { colourOf } from './colours';
import type { People } from './people';
import type { Room } from './room';
import './together.css';

interface Props {
  readonly room: Room;
  readonly penWidth: number;
  /** In heights of the paper. */
  readonly width: number;
}

/** Lies on the paper: what the others are drawing at the moment, and where their pens are, with their names. */
export default function PeopleLayer({ room, penWidth, width }: Props) {
  const layer = useRef<HTMLDivElement>(null);
  const people = usePeople(room.people);

  useEffect(() => {
    const paper = layer.current?.parentElement;
    if (!paper) return;
    const onMove = ({ clientX, clientY }: PointerEvent) => {
      const { left, top, height } = paper.getBoundingClientRect();
      room.pen.hover([(clientX - left) / height, (clientY - top) / height]);
    };
    const onLeave = () => { room.pen.hover(null); };
    paper.addEventListener('pointermove', onMove);
    paper.addEventListener('pointerleave', onLeave);
    return () => {
      paper.removeEventListener('pointermove', onMove);
      paper.removeEventListener('pointerleave', onLeave);
    };
  }, [room]);

  return (
    <div ref={layer} className="people" aria-hidden="true" data-testid="people">
      <svg viewBox={`0 0 ${String(100 * width)} 100`}>
        {people.map(({ number, ink }) => (
          <path key={number} d={svgPath([ink])} strokeWidth={100 * penWidth} />
        ))}
      </svg>
      {people.map((person) => person.at && (
        <span
          key={person.number}
          className={person.at[0] > 0.7 * width ? 'person left' : 'person'}
          style={{
            left: `${String((100 * person.at[0]) / width)}%`,
            top: `${String(100 * person.at[1])}%`,
            background: colourOf(person),
          }}
        >
          {person.name}
        </span>
      ))}
    </div>
  );
}

/** Looked at once a frame, however much they send. */
function usePeople(people: People) {
  const [subscribe] = useState(() => (listener: () => void) => {
    let frame = 0;
    const stop = people.subscribe(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(listener);
    });
    return () => {
      cancelAnimationFrame(frame);
      stop();
    };
  });
  return useSyncExternalStore(subscribe, people.get);
}
