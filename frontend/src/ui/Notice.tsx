import type { ReactNode } from 'react';
import './notice.css';

/** A sentence at the foot of the page, announced, with what can be done about it. */
export function Notice({ words, children }: { words: string; children: ReactNode }) {
  return (
    <div className="notice" role="status">
      <p>{words}</p>
      {children}
    </div>
  );
}
