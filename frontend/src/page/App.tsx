import { lazy, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { AlphabetName } from '../api/types';
import { InputPreview } from '../drawing/InputPreview';
import { createLiveDrawing } from '../drawing/liveDrawing';
import { Paper } from '../drawing/Paper';
import { PEN_WIDTHS, type Tool, Toolbar } from '../drawing/Toolbar';
import { useDrawing } from '../drawing/useDrawing';
import { useSheet } from '../drawing/useSheet';
import type { Strokes } from '../ink/drawing';
import { frameStrokes } from '../ink/strokes';
import type { Entry } from '../keeping/historyStore';
import { useHistory } from '../keeping/useHistory';
import { DropSheet } from '../pictures/DropSheet';
import { PictureView } from '../pictures/PictureView';
import { useFileQueue, useHasFiles } from '../pictures/useFileQueue';
import { useIncomingFiles } from '../pictures/useIncomingFiles';
import { Bars } from '../reading/Bars';
import { CharacterBoxes } from '../reading/CharacterBoxes';
import { CharacterStrip } from '../reading/CharacterStrip';
import { Numeral } from '../reading/Numeral';
import { alphabetOf, ONE, OTHER, useAlphabet } from '../reading/alphabetChoice';
import { answerOf, guessOf, hasGuess, textOf } from '../reading/reading';
import { OtherReading } from '../reading/OtherReading';
import { StatusLine } from '../reading/StatusLine';
import { useCharacters } from '../reading/useCharacters';
import { useGuessing } from '../reading/useGuessing';
import { useLabels } from '../reading/useLabels';
import { useOtherReading } from '../reading/useOtherReading';
import { useServer } from '../reading/useServer';
import { useTick } from '../reading/useTick';
import { StrokeReplay } from '../sharing/StrokeReplay';
import { useOpenedLink } from '../sharing/useOpenedLink';
import { subjectOfAnswer, subjectOfCharacter } from '../teaching/subject';
import { TeachBar } from '../teaching/TeachBar';
import { TeachingDialogs } from '../teaching/TeachingDialogs';
import { useTeaching } from '../teaching/useTeaching';
import { useTeachingDialogs } from '../teaching/useTeachingDialogs';
import { useTogether } from '../together/useTogether';
import { newId } from '../ui/newId';
import { Late } from '../ui/Late';
import { Notice } from '../ui/Notice';
import { SmallButton } from '../ui/SmallButton';
import { useDebounced } from '../ui/useDebounced';
import { useSteps } from '../ui/useSteps';
import { oneOf, useStored } from '../ui/useStored';
import { AskBar } from './AskBar';
import { Header } from './Header';
import { useOpenedFiles } from './useOpenedFiles';
import { useRecognition } from './useRecognition';
import { useShortcuts } from './useShortcuts';

const Below = lazy(() => import('./Below'));
const PeopleLayer = lazy(() => import('../together/PeopleLayer'));
const RoomBar = lazy(() => import('../together/RoomBar'));
const TogetherDialog = lazy(() => import('../together/TogetherDialog'));
const FileTable = lazy(() => import('../pictures/FileTable'));
const HelpDialog = lazy(() => import('./HelpDialog'));

// The steps by which the page is put together, the paper and what is read first.
const CONTROLS = 1;
const TOOLS = 2;
const BELOW = 3;

const PAUSE = 300; // ms in which nothing is drawn, before what stands below the paper follows

export function App() {
  const [live] = useState(createLiveDrawing);
  const [tool, setTool] = useState<Tool>('pen');
  const [penWidth, setPenWidth] = useStored<number>('digits.penWidth', PEN_WIDTHS[1], oneOf(...PEN_WIDTHS));
  const [helping, setHelping] = useState(false);
  const [hasHelped, setHasHelped] = useState(false); // its dialog stays, to fade away when it is closed
  const step = useSteps(BELOW);
  const server = useServer();
  const together = useTogether(useDrawing(), live);
  const { drawing, room } = together;
  const settled = useDeferredValue(drawing.strokes); // so that the answer comes before its explanations
  const still = useDebounced(drawing.strokes, PAUSE);
  const { alphabet, choose } = useAlphabet();
  const recognition = useRecognition(drawing.strokes);
  const { reading, picture, show, dismiss, foresee } = recognition;
  const queue = useFileQueue();
  const hasFiles = useHasFiles(queue);
  const history = useHistory();
  const { record, isDeleted } = history;
  const entries = useDeferredValue(history.entries); // so that the answer comes before what is kept of it

  const answer = answerOf(reading);
  useTick(reading.state === 'answered' ? answer : undefined);
  const labels = useLabels(answer);
  const { guessing, toggle } = useGuessing(answer);
  const characters = useCharacters(answer);
  const { character } = characters;
  const isNumber = character !== undefined;
  const shown = character?.prediction ?? answer;
  const sheet = useSheet(drawing.strokes, tool);
  const isSettled = reading.state === 'answered' || reading.state === 'refused';
  const pictureAnswer = picture && isSettled ? answer : undefined;
  // What is still awaited shows no boxes of what was there before.
  const isOnPaper = !picture && answer?.pictureWidth === undefined;
  const boxed = isOnPaper ? sheet.width : pictureAnswer?.pictureWidth;
  const boxes = isNumber && boxed !== undefined && (
    <CharacterBoxes characters={characters} width={boxed} on={picture ? 'picture' : 'paper'} />
  );
  const seen = picture && !pictureAnswer ? undefined : (character?.pixels ?? pictureAnswer?.pixels);

  const teaching = useTeaching(server);
  const dialogs = useTeachingDialogs();
  const { chosen } = characters;
  const asRead = answer?.characters?.at(chosen);
  const subject = useMemo(() => {
    if (!isSettled || !answer) return undefined;
    if (asRead) return subjectOfCharacter(asRead, character?.label);
    return subjectOfAnswer(answer, picture ? { strokes: null } : { strokes: drawing.strokes, pixels: recognition.pixels });
  }, [isSettled, answer, asRead, character?.label, picture, drawing.strokes, recognition.pixels]);

  useShortcuts({ ...drawing, predict: recognition.predict });

  useEffect(() => {
    if (!isSettled || !answer || picture) return;
    // Once the answer is on the screen, and also if the drawing goes on by then.
    setTimeout(() => {
      record(drawing.id, drawing.strokes, answer);
    });
  }, [isSettled, answer, picture, record, drawing.id, drawing.strokes]);

  const { id: drawingId, replace: replaceDrawing, open: openDrawing } = drawing;
  const changeDrawing = useCallback(
    (strokes: Strokes) => {
      if (!room) foresee(strokes); // a room gives back strokes of its own
      // What was deleted from the history stays so: drawn on, it is another drawing.
      replaceDrawing(strokes, isDeleted(drawingId) ? newId() : undefined);
    },
    [replaceDrawing, isDeleted, drawingId, foresee, room],
  );
  const open = useCallback(
    (strokes: Strokes, id?: string) => {
      dismiss();
      openDrawing(strokes, id);
    },
    [dismiss, openDrawing],
  );
  const reopen = useCallback(
    ({ strokes, id, labels }: Entry) => {
      const of = alphabetOf(labels);
      if (of) choose(of);
      open(strokes, id);
    },
    [choose, open],
  );
  const addFiles = queue.add;
  const takeFiles = useCallback(
    (files: readonly File[]) => {
      if (files.length > 1) addFiles(files, alphabet);
      else if (files.length === 1) show(files[0]);
    },
    [addFiles, show, alphabet],
  );
  const isDragging = useIncomingFiles(takeFiles);
  const openLinked = useCallback(
    (strokes: Strokes, of?: AlphabetName) => {
      if (of) choose(of);
      open(strokes);
    },
    [choose, open],
  );
  const opened = useOpenedLink(openLinked);
  const [refusal, setRefusal] = useState('');
  useOpenedFiles(takeFiles, open, setRefusal);
  const trouble = opened.trouble || refusal || together.trouble;
  const explained = useMemo(() => {
    if (seen || picture) return seen;
    return settled.length > 0 ? frameStrokes(settled) : undefined;
  }, [picture, seen, settled]);
  const other = useOtherReading(recognition.pixels, isSettled && !picture && !isNumber ? answer : undefined);
  const why = useRef<HTMLElement>(null);
  const [explaining, setExplaining] = useState(false);
  const toggleWhy = useCallback(() => {
    setExplaining((now) => !now);
  }, []);
  const showWhy = () => {
    setExplaining(true);
    why.current?.scrollIntoView({ block: 'start' });
    why.current?.focus({ preventScroll: true });
  };

  const help = useCallback(() => {
    setHelping(true);
    setHasHelped(true);
  }, []);
  const closeHelp = useCallback(() => {
    setHelping(false);
  }, []);

  return (
    <>
      <Header server={server} isWhole={step >= CONTROLS} onHelp={help} />
      <main>
        <section className={sheet.width > 1 ? 'desk wide' : 'desk'} aria-label="Draw">
          {step >= TOOLS ? (
            <Toolbar
              drawing={drawing}
              tool={tool}
              onTool={setTool}
              penWidth={penWidth}
              onPenWidth={setPenWidth}
              sheet={sheet}
            />
          ) : (
            <div className="toolbar" />
          )}
          <Paper
            drawing={drawing}
            live={live}
            tool={tool}
            penWidth={penWidth}
            width={sheet.width}
            hint={`Write a ${sheet.width > 1 ? 'number' : ONE[alphabet]} here`}
            onChange={changeDrawing}
            marks={
              <>
                {!picture && boxes}
                {room && (
                  <Late>
                    <PeopleLayer room={room} penWidth={penWidth} width={sheet.width} />
                  </Late>
                )}
              </>
            }
          >
            {opened.replayed && opened.replayed === drawing.strokes && !picture && (
              <StrokeReplay strokes={opened.replayed} onEnd={opened.endReplay} />
            )}
            {picture && (
              <PictureView
                key={picture.id}
                picture={picture}
                stages={pictureAnswer?.stages ?? []}
                sent={reading.state === 'waiting' && reading.slow ? reading.sent : undefined}
                onDismiss={dismiss}
              >
                {boxes}
              </PictureView>
            )}
          </Paper>
          {step >= TOOLS && (
            <AskBar
              asYouDraw={recognition.asYouDraw}
              onAsYouDraw={recognition.setAsYouDraw}
              canPredict={!drawing.isEmpty || picture !== null}
              onPredict={recognition.predict}
              onFiles={takeFiles}
            />
          )}
        </section>

        <section className="reading" aria-label="Answer">
          <div className={isNumber ? 'seen-and-read number' : 'seen-and-read'}>
            <h2>The model sees</h2>
            <h2>and reads</h2>
            <InputPreview
              strokes={drawing.strokes}
              live={live}
              penWidth={penWidth}
              picturePixels={seen ?? (picture ? [] : undefined)}
              hasViews={step >= CONTROLS}
            />
            <Numeral reading={reading} guessing={guessing} corrected={characters.text} />
            {isNumber && <CharacterStrip characters={characters} />}
          </div>
          <div className="verdict">
            <StatusLine reading={reading} server={server} onRetry={recognition.again} />
            <div className="verdict-actions">
              {other && <OtherReading alphabet={OTHER[alphabet]} other={other} character={answer?.character ?? null} />}
              {reading.state === 'refused' && hasGuess(reading.answer) && (
                <SmallButton
                  label={guessing ? 'Hide the guess' : 'Show the guess anyway'}
                  variant="outlined"
                  onClick={toggle}
                />
              )}
              {answer && (isNumber || hasGuess(answer)) && (
                <SmallButton label="Why?" variant="outlined" onClick={showWhy} />
              )}
            </div>
          </div>
          {teaching.isOpen && (
            <TeachBar
              teaching={teaching}
              subject={subject}
              isPart={isNumber}
              onShown={(label) => {
                if (isNumber && label !== null) characters.correct(chosen, label);
              }}
              onToken={dialogs.openToken}
              onKept={dialogs.openKept}
            />
          )}
          {step >= CONTROLS && (
            <Bars
              labels={labels}
              probabilities={shown && !isNumber && textOf(shown) === '' && !guessing ? undefined : shown?.probabilities}
              top={character ? character.label : answer && (guessing ? guessOf(answer) : (answer.character ?? undefined))}
            />
          )}
        </section>

        {room && (
          <Late>
            <RoomBar room={room} onLink={together.open} onLeave={together.leave} />
          </Late>
        )}
        {step >= BELOW && (
          <Late>
            <Below
              server={server}
              strokes={drawing.strokes}
              still={still}
              penWidth={penWidth}
              answer={answer}
              onOpen={open}
              onPicture={show}
              whyRef={why}
              explained={explained}
              isExplaining={explaining}
              onWhy={toggleWhy}
              history={history}
              entries={entries}
              onReopen={reopen}
              onTogether={together.isOffered ? together.open : undefined}
              teaching={teaching}
              dialogs={dialogs}
            >
              {hasFiles && (
                <Late>
                  <FileTable queue={queue} onShow={show} />
                </Late>
              )}
            </Below>
          </Late>
        )}
      </main>
      <TeachingDialogs teaching={teaching} dialogs={dialogs} penWidth={penWidth} />
      {isDragging && <DropSheet />}
      {together.isOpen && (
        <Late>
          <TogetherDialog together={together} />
        </Late>
      )}
      {trouble !== '' && (
        <Notice words={trouble}>
          <SmallButton
            label="Close"
            onClick={() => {
              opened.dismiss();
              together.dismiss();
              setRefusal('');
            }}
          />
        </Notice>
      )}
      <Late>{hasHelped && <HelpDialog open={helping} isTaught={teaching.isOpen} onClose={closeHelp} />}</Late>
    </>
  );
}
