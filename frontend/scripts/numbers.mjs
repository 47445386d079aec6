// Reads UNIPEN's written numbers by the page's own code and a real API, prints how many are read right, and
// fails where too few are. They are for validation: nothing is trained on them.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';
import { withApi } from './app.mjs';
import { readDrawings } from './strokes.mjs';

const LEAST_RIGHT = 0.95; // of all numbers, whole; 97% is aimed at
const AT_ONCE = 500; // images in a request

const { UNIPEN_PATH: folder, REQUIRE_DATA: isRequired } = process.env;
if (folder) {
  await withApi(measure);
} else {
  console.log('written numbers: not measured, UNIPEN_PATH names no folder that holds unipen-numbers.npz');
  if (isRequired) process.exitCode = 1;
}

/** @param {string} api */
async function measure(api) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  /** @type {{ module: typeof import('../src/ink/numbers') }} */
  const { module } = await runnerImport('/src/ink/numbers.ts', { root, configFile: false, logLevel: 'warn' });
  const written = await readDrawings(join(folder ?? '', 'unipen-numbers.npz'));
  const numbers = written.filter(({ label }) => /^\d+$/.test(label));
  const judge = judgeBy(api);
  const results = [];
  for (const { label, writer, strokes } of numbers) {
    const { segmentation, judgements } = await module.readNumber(module.propose(strokes), judge);
    const read = segmentation.found.filter(({ isCharacter }) => isCharacter).map(({ candidate }) => judgements[candidate].probabilities);
    const confidence = module.confidenceOf(read.map((probabilities) => Math.max(...probabilities)), segmentation.share);
    results.push({ label, writer, text: read.map(indexOfMost).join(''), confidence });
  }
  const right = share(results);
  console.log(`written numbers: ${numbers.length} of digits alone, of ${written.length}`);
  for (const length of new Set(numbers.map(({ label }) => label.length).sort((a, b) => a - b))) {
    print(`  ${length} digits`, results.filter(({ label }) => label.length === length));
  }
  print('  writers that the weights were chosen by', results.filter(({ writer }) => writer % 2 === 0));
  print('  other writers', results.filter(({ writer }) => writer % 2 === 1));
  print('  all', results);
  const wrong = results.filter(({ label, text }) => label !== text);
  console.log(`  wrong: ${wrong.map(({ label, text }) => `${label} as ${text || 'nothing'}`).join(', ')}`);
  if (right < LEAST_RIGHT) {
    console.error(`written numbers: ${LEAST_RIGHT * 100}% must be read right`);
    process.exitCode = 1;
  }
}

/**
 * @typedef {{ label: string, text: string, confidence: number }} Result
 * @param {readonly Result[]} results
 */
function share(results) {
  return results.filter(({ label, text }) => label === text).length / results.length;
}

/**
 * @param {string} what
 * @param {readonly Result[]} results
 */
function print(what, results) {
  const error = (calibrationError(results) * 100).toFixed(1);
  console.log(`${what}: ${(share(results) * 100).toFixed(1)}% of ${results.length} right, confidences off by ${error}%`);
}

/**
 * The expected calibration error, in ten bins of confidence.
 * @param {readonly Result[]} results
 */
function calibrationError(results) {
  const bins = Array.from({ length: 10 }, (_, bin) =>
    results.filter(({ confidence }) => Math.min(9, Math.floor(10 * confidence)) === bin),
  );
  const off = bins.map((bin) => Math.abs(bin.reduce((sum, { text, label, confidence }) => sum + confidence - Number(text === label), 0)));
  return off.reduce((sum, each) => sum + each, 0) / results.length;
}

/**
 * Judges as the page does: by the API's answers to a batch.
 * @param {string} api
 * @returns {import('../src/ink/numbers').Judge<import('../src/ink/numbers').Judgement>}
 */
function judgeBy(api) {
  return async (images) => {
    const judgements = [];
    for (let start = 0; start < images.length; start += AT_ONCE) {
      const response = await fetch(`${api}/predict/batch`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ images: images.slice(start, start + AT_ONCE).map((pixels) => Array.from(pixels)) }),
      });
      if (!response.ok) throw new Error(`${api} answers ${response.status}`);
      /** @type {{ predictions: { probabilities: number[], is_character: number }[] }} */
      const { predictions } = await response.json();
      judgements.push(...predictions.map((each) => ({ probabilities: each.probabilities, isCharacter: each.is_character })));
    }
    return judgements;
  };
}

/** @param {readonly number[]} values */
function indexOfMost(values) {
  return values.indexOf(Math.max(...values));
}
