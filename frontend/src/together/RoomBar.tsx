import Button from '@mui/material/Button';
import { useSyncExternalStore } from 'react';
import type { ConnectionState } from './connection';
import { colourOf } from './colours';
import type { Person } from './people';
import type { Room } from './room';
import './together.css';

interface Props {
  readonly room: Room;
  readonly onLink: () => void;
  readonly onLeave: () => void;
}

/** With whom one draws, and whether they see it. */
export default function RoomBar({ room, onLink, onLeave }: Props) {
  const state = useSyncExternalStore(room.state.subscribe, room.state.get);
  const names = useSyncExternalStore(room.people.subscribe, () => namesOf(room.people.get()));
  const people = room.people.get();
  const isTroubled = state.is === 'cut' || state.is === 'refused';
  return (
    <section className={isTroubled ? 'room-bar troubled' : 'room-bar'} aria-label="Drawing together">
      <p role="status">{wordsFor(state, names)}</p>
      <ul aria-hidden="true">
        {people.map((person) => (
          <li key={person.number} style={{ background: colourOf(person) }} />
        ))}
      </ul>
      {state.is === 'refused' && (
        <Button size="small" variant="contained" onClick={room.again}>
          Try again
        </Button>
      )}
      <Button size="small" variant="outlined" onClick={onLink}>
        Link and name
      </Button>
      <Button size="small" onClick={onLeave}>
        Leave
      </Button>
    </section>
  );
}

function wordsFor(state: ConnectionState, names: string): string {
  switch (state.is) {
    case 'connecting':
      return 'Coming into the room …';
    case 'cut':
      return 'The connection is cut. Draw on: it comes together when it is back.';
    case 'refused':
      return state.why;
    case 'connected':
      return names === '' ? 'Nobody else is here yet.' : `Drawing with ${names}.`;
  }
}

function namesOf(people: readonly Person[]): string {
  return new Intl.ListFormat('en').format(people.map(({ name }) => name || 'somebody'));
}
