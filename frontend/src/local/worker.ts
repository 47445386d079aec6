/** The worker that computes, so that the pen never waits for it. */

import type { AlphabetName, Prediction } from '../api/types';
import { FILES } from './files';
import { type LocalModel, openModel } from './model';

export interface Ask {
  readonly id: number;
  readonly alphabet: AlphabetName;
  /** None where the model shall only be made ready. */
  readonly images: readonly Uint8Array[];
}

export type Reply =
  | { readonly id: number; readonly predictions: readonly Prediction[] }
  | { readonly id: number; readonly problem: string };

const models = new Map<AlphabetName, Promise<LocalModel>>();

addEventListener('message', ({ data }: MessageEvent<Ask>) => {
  void reply(data).then((message) => { postMessage(message); });
});

async function reply({ id, alphabet, images }: Ask): Promise<Reply> {
  try {
    const model = await modelOf(alphabet);
    return { id, predictions: images.map((pixels) => model.predict(pixels)) };
  } catch (error) {
    return { id, problem: error instanceof Error ? error.message : 'The model can’t be used.' };
  }
}

/** A model that couldn't be had is fetched again when it is asked for again. */
function modelOf(alphabet: AlphabetName): Promise<LocalModel> {
  const known = models.get(alphabet) ?? loadModel(alphabet);
  models.set(alphabet, known);
  known.catch(() => models.delete(alphabet));
  return known;
}

async function loadModel(alphabet: AlphabetName): Promise<LocalModel> {
  const { graph, facts } = FILES[alphabet];
  const [file, said] = await Promise.all([fetched(graph), fetched(facts)]);
  return openModel(await file.arrayBuffer(), await said.json());
}

async function fetched(address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) throw new Error('The model can’t be fetched.');
  return response;
}
