/** The one client of the API: it alone knows addresses, bodies and the transport. */

import axios from 'axios';
import { apiAddress } from './address';
import {
  type ModelFacts,
  readExplanation,
  readModelFacts,
  readPictureText,
  readPrediction,
  readPredictions,
} from './answers';
import { asFailure } from './failures';
import type { AlphabetName, BatchRequest, Explanation, PictureText, PixelsRequest, Prediction } from './types';

const PATIENCE = 20_000; // ms
const UPLOAD_PATIENCE = 60_000; // ms, for a picture on a slow connection
const HEALTH_PATIENCE = 4_000; // ms

const http = axios.create({
  timeout: PATIENCE,
  adapter: 'fetch',
});

http.interceptors.request.use(async (request) => {
  request.baseURL = await apiAddress();
  return request;
});

http.interceptors.response.use(undefined, (error: unknown) => {
  throw asFailure(error);
});

export async function predict(
  pixels: Uint8Array,
  signal?: AbortSignal,
  alphabet: AlphabetName = 'digits',
): Promise<Prediction> {
  const body: PixelsRequest = { pixels: Array.from(pixels) };
  const { data } = await http.post<unknown>('/predict', body, { signal, params: paramsFor(alphabet) });
  return readPrediction(data);
}

export interface Upload {
  readonly alphabet?: AlphabetName;
  /** Told the share of the picture that has been sent. */
  readonly onSent?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** `stages`: whether the answer brings the stages from the picture to what the model sees. */
export async function predictPicture(
  picture: Blob,
  { stages, ...upload }: Upload & { readonly stages: boolean },
): Promise<Prediction> {
  return readPrediction(await send('/predict', picture, upload, stages ? { stages } : {}));
}

/** All numbers on a picture, character by character. */
export async function readPicture(picture: Blob, upload: Upload): Promise<PictureText> {
  return readPictureText(await send('/read', picture, upload));
}

async function send(path: string, picture: Blob, { alphabet = 'digits', onSent, signal }: Upload, params = {}): Promise<unknown> {
  const form = new FormData();
  form.append('image', picture);
  const { data } = await http.post<unknown>(path, form, {
    signal,
    params: { ...paramsFor(alphabet), ...params },
    timeout: UPLOAD_PATIENCE,
    adapter: 'xhr', // the only one that tells how much has been sent
    onUploadProgress: ({ progress = 0 }) => onSent?.(progress),
  });
  return data;
}

export async function predictBatch(
  images: readonly Uint8Array[],
  signal?: AbortSignal,
  alphabet: AlphabetName = 'digits',
): Promise<Prediction[]> {
  const body: BatchRequest = { images: images.map((pixels) => Array.from(pixels)) };
  const { data } = await http.post<unknown>('/predict/batch', body, { signal, params: paramsFor(alphabet) });
  return readPredictions(data, images.length);
}

export async function explain(
  pixels: ArrayLike<number>,
  signal?: AbortSignal,
  alphabet: AlphabetName = 'digits',
): Promise<Explanation> {
  const body: PixelsRequest = { pixels: Array.from(pixels) };
  const { data } = await http.post<unknown>('/explain', body, { signal, params: paramsFor(alphabet) });
  return readExplanation(data);
}

export async function getModel(signal?: AbortSignal, alphabet: AlphabetName = 'digits'): Promise<ModelFacts> {
  const { data } = await http.get<unknown>('/model', { signal, params: paramsFor(alphabet) });
  return readModelFacts(data);
}

/** Digits are what is read where nothing is said. */
function paramsFor(alphabet: AlphabetName) {
  return alphabet === 'digits' ? {} : { alphabet };
}

/** Resolves once the server is ready; fails as 'offline' or 'starting' until then. */
export async function checkHealth(signal?: AbortSignal): Promise<true> {
  await http.get<unknown>('/health', { signal, timeout: HEALTH_PATIENCE });
  return true;
}
