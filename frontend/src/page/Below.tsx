import { type ReactNode, type Ref, useDeferredValue } from 'react';
import type { Strokes } from '../ink/drawing';
import { History } from '../keeping/History';
import type { Entry } from '../keeping/historyStore';
import { SaveBar } from '../keeping/SaveBar';
import type { useHistory } from '../keeping/useHistory';
import type { Answer } from '../reading/reading';
import type { Server } from '../reading/useServer';
import { HandPanel } from '../teaching/HandPanel';
import type { TeachingState } from '../teaching/useTeaching';
import type { TeachingDialogsState } from '../teaching/useTeachingDialogs';
import { Replay } from '../why/Replay';
import { Why } from '../why/Why';
import { WhyFraming } from '../why/WhyFraming';
import { AboutModel } from './AboutModel';
import { SampleShelf } from './SampleShelf';
import { WhoReads } from './WhoReads';

interface Props {
  readonly server: Server;
  readonly strokes: Strokes;
  /** The drawing as it was when the pen last paused. */
  readonly still: Strokes;
  readonly penWidth: number;
  readonly answer?: Answer;
  readonly onOpen: (strokes: Strokes, id?: string) => void;
  readonly onPicture: (file: File) => void;
  /** Where the evidence for the answer stands. */
  readonly whyRef: Ref<HTMLElement>;
  /** The framed image to explain; undefined while there is none. */
  readonly explained?: ArrayLike<number>;
  readonly isExplaining: boolean;
  readonly onWhy: () => void;
  readonly history: ReturnType<typeof useHistory>;
  /** As the history has them, or a little older. */
  readonly entries: readonly Entry[];
  readonly onReopen: (entry: Entry) => void;
  readonly teaching: TeachingState;
  readonly dialogs: TeachingDialogsState;
  /** Where several people can draw together. */
  readonly onTogether?: () => void;
  /** What stands between the samples and the panels. */
  readonly children?: ReactNode;
}

/** What stands below the paper and its answer: nobody needs it to draw, so it comes after them. */
export default function Below({
  server,
  strokes,
  still,
  penWidth,
  answer,
  onOpen,
  onPicture,
  whyRef,
  explained,
  isExplaining,
  onWhy,
  history,
  entries,
  onReopen,
  teaching,
  dialogs,
  onTogether,
  children,
}: Props) {
  // So that the answer comes before the buttons that save it.
  const [saved, read] = [useDeferredValue(strokes), useDeferredValue(answer)];
  return (
    <>
      <SampleShelf onOpen={onOpen} onPicture={onPicture} />
      {children}
      <div className="below">
        <Why ref={whyRef} pixels={explained} open={isExplaining} onToggle={onWhy} />
        <Replay strokes={still} />
        <WhyFraming strokes={still} penWidth={penWidth} />
        <History
          entries={entries}
          isStored={history.isStored}
          onOpen={onReopen}
          onRemove={history.remove}
          onRemoveAll={history.removeAll}
        >
          <SaveBar strokes={saved} penWidth={penWidth} answer={read} onOpen={onOpen} onTogether={onTogether} />
        </History>
        <HandPanel
          teaching={teaching}
          onChallenge={dialogs.openChallenge}
          onKept={dialogs.openKept}
          onToken={dialogs.openToken}
        />
        <WhoReads server={server} />
        <AboutModel />
      </div>
    </>
  );
}
