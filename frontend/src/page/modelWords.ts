/** The facts of a model as a person reads them: what it is, and how often it is right, on what and of whom. */

import { DIGITS, type Figure, type ModelFacts, type Style } from '../api/answers';
import { capital, kindOf } from '../ui/format';

/** Sets of digits or letters by who wrote them. */
const WRITERS: Readonly<Record<string, string>> = {
  strangers_collections: 'Strangers, whole collections',
  strangers_writers: 'Strangers, single writers',
  pen_validation: 'Eight writers, UCI’s pen digits',
  optical_digits: 'Scanned forms, UCI’s optical digits',
  mnist_test: 'MNIST’s test images',
  capitals_collections: 'Capitals, strangers, whole collections',
  small_collections: 'Small letters, the same',
  capitals_writers: 'Capitals, strangers, single writers',
  small_writers: 'Small letters, the same writers',
  emnist_test: 'Scanned letters, EMNIST’s test images',
};

/** Sets of the same writers’ digits by how they came in. */
const INPUTS: Readonly<Record<string, string>> = {
  pen_validation: 'Strokes, as on this page',
  pen_validation_canvas: 'A canvas shrunk to 28 x 28',
  pen_validation_resized: 'Small bitmaps',
  collections_resized: 'Letters as small bitmaps',
  scans_validation: 'Bad scans',
};

const OTHER_SHAPES = /^other /; // what is left of a digit beside the styles that have a name

export interface FigureRow {
  readonly name: string;
  /** The share answered right; a refusal counts as wrong. */
  readonly right?: string;
  readonly interval?: string;
  readonly refused?: string;
  readonly count?: string;
}

export interface FigureTable {
  readonly title: string;
  readonly rows: readonly FigureRow[];
}

/** What the model is; what isn’t told is left out. */
export function factsOf(facts: ModelFacts): [term: string, fact: string][] {
  const { figures, parameters, size_bytes: bytes, data, created, version } = facts;
  const rows: [term: string, fact: string | undefined][] = [
    ['Right on MNIST’s test images, refused or not', share(figures.mnist_test?.accuracy, 2)],
    ['Learnt from', data.join(', ') || undefined],
    ['Parameters', parameters?.toLocaleString('en')],
    ['Size', bytes === undefined ? undefined : `${(bytes / 1e6).toFixed(1)} MB`],
    ['Trained on', date(created)],
    ['Version', version],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== undefined);
}

/** How often it is right, by writer, by input and by style, and what it refuses; empty tables are left out. */
export function figureTablesOf(facts: ModelFacts): FigureTable[] {
  const kind = kindOf(facts.labels ?? DIGITS);
  const refused = { ...facts.refusal.digits_refused, ...facts.refusal.letters_refused };
  const setsOf = (names: Readonly<Record<string, string>>) =>
    Object.entries(names).flatMap(([set, name]) => {
      const figure = facts.figures[set];
      return figure ? [rowOfSet(name, figure, refused[set])] : [];
    });
  const styles = Object.entries(facts.styles).filter(([name]) => !OTHER_SHAPES.test(name));
  const kinds = Object.entries(facts.refusal.negatives_refused);
  const tables: FigureTable[] = [
    { title: 'By who wrote it', rows: setsOf(WRITERS) },
    { title: 'By how it came in', rows: setsOf(INPUTS) },
    { title: kind === 'digit' ? 'By style, of strangers' : `By ${kind}, of strangers`, rows: styles.flatMap(([name, style]) => (style ? [rowOfStyle(name, style)] : [])) },
    {
      title: `What is no ${kind}, and is refused`,
      rows: kinds.map(([name, value]) => ({ name: capital(name), refused: share(value) })),
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

function rowOfSet(name: string, figure: Figure, refused: number | undefined): FigureRow {
  const { n, accuracy, accuracy_95: accuracyInterval, answered_right: right, answered_right_95: rightInterval } = figure;
  return {
    name,
    right: share(right ?? accuracy),
    interval: interval(right === undefined ? accuracyInterval : rightInterval),
    refused: share(refused),
    count: n?.toLocaleString('en'),
  };
}

function rowOfStyle(name: string, { n, share: right, share_95: bounds }: Style): FigureRow {
  return { name: name.length > 1 ? capital(name) : name, right: share(right), interval: interval(bounds), count: n.toLocaleString('en') };
}

function share(value: number | undefined, decimals = 1): string | undefined {
  return value === undefined ? undefined : `${(value * 100).toFixed(decimals)}%`;
}

function interval(bounds: readonly [number, number] | undefined): string | undefined {
  return bounds?.map((bound) => (bound * 100).toFixed(1)).join(' to ');
}

function date(value: string | undefined): string | undefined {
  const time = value ? new Date(value) : undefined;
  if (!time || Number.isNaN(time.getTime())) return value;
  return time.toLocaleDateString('en', { day: 'numeric', month: 'long', year: 'numeric' });
}
