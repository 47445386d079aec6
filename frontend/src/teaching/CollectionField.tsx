import { useState } from 'react';
import type { TeachingState } from './useTeaching';

/** The name under which new lessons are kept together, such as a class or a device. */
export function CollectionField({ teaching }: { teaching: TeachingState }) {
  const [name, setName] = useState(teaching.collection);
  return (
    <label className="field collection">
      New lessons go to the collection
      <input
        list="collections"
        maxLength={64}
        value={name}
        onChange={({ target }) => {
          setName(target.value);
        }}
        onBlur={() => {
          teaching.setCollection(name);
          if (name.trim() === '') setName('default');
        }}
      />
      <datalist id="collections">
        {teaching.collections.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </label>
  );
}
