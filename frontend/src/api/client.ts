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
import { ApiFailure, asFailure } from './failures';
import { isOnlyHere } from './onlyHere';
import { readShared, readSharedDrawing, readSharing, type Shared, type SharedDrawing, type Sharing } from './sharing';
import {
  type KeptLesson,
  type Lesson,
  type ModelVersion,
  readDeleted,
  readKeptLessons,
  readTeaching,
  readVersions,
  type Teacher,
  type Teaching,
} from './teaching';
import type { AlphabetName, BatchRequest, Explanation, PictureText, PixelsRequest, Prediction } from './types';

const PATIENCE = 20_000; // ms
const UPLOAD_PATIENCE = 60_000; // ms, for a picture on a slow connection
const HEALTH_PATIENCE = 4_000; // ms

const http = axios.create({
  timeout: PATIENCE,
  adapter: 'fetch',
  // Axios would name itself here, which Firefox lets it and the API's CORS does not.
  headers: { 'User-Agent': false },
});

http.interceptors.request.use(async (request) => {
  if (isOnlyHere()) throw new ApiFailure('kept here', '');
  request.baseURL = await apiAddress();
  if (request.baseURL === undefined) throw new ApiFailure('offline', '');
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

/** Whether this server learns from corrections, and what it keeps of this teacher. */
export async function getTeaching(teacher: Teacher, signal?: AbortSignal): Promise<Teaching> {
  const { data } = await http.get<unknown>('/teaching', { signal, headers: headersOf(teacher) });
  return readTeaching(data);
}

/** Keeps a lesson; sent again it is kept once. */
export async function sendLesson(lesson: Lesson, teacher: Teacher): Promise<void> {
  await http.post<unknown>('/corrections', lesson, { headers: headersOf(teacher) });
}

/** The teacher's own lessons, newest first, those older than the lesson `after`. */
export async function listLessons(
  teacher: Teacher,
  { after, limit, signal }: { readonly after?: string; readonly limit: number; readonly signal?: AbortSignal },
): Promise<KeptLesson[]> {
  const { data } = await http.get<unknown>('/corrections', {
    signal,
    headers: headersOf(teacher),
    params: { limit, ...(after !== undefined && { after }) },
  });
  return readKeptLessons(data);
}

/** Deletes one of the teacher's own lessons. */
export async function deleteLesson(id: string, teacher: Teacher): Promise<void> {
  await http.delete<unknown>(`/corrections/${encodeURIComponent(id)}`, { headers: headersOf(teacher) });
}

/** Deletes all of the teacher's own lessons; resolves to how many there were. */
export async function deleteAllLessons(teacher: Teacher): Promise<number> {
  const { data } = await http.delete<unknown>('/corrections', { headers: headersOf(teacher) });
  return readDeleted(data);
}

/** The models that this server has served and learnt, newest first. */
export async function getVersions(signal?: AbortSignal, alphabet: AlphabetName = 'digits'): Promise<ModelVersion[]> {
  const { data } = await http.get<unknown>('/model/versions', { signal, params: paramsFor(alphabet) });
  return readVersions(data);
}

/** Whether this server keeps drawings for short links. */
export async function getSharing(signal?: AbortSignal): Promise<Sharing> {
  const { data } = await http.get<unknown>('/sharing', { signal });
  return readSharing(data);
}

/** Has the server keep a drawing for whoever knows the id that it gets. */
export async function shareDrawing(drawing: SharedDrawing): Promise<Shared> {
  const { data } = await http.post<unknown>('/drawings', drawing);
  return readShared(data);
}

export async function getDrawing(id: string): Promise<SharedDrawing> {
  const { data } = await http.get<unknown>(`/drawings/${encodeURIComponent(id)}`);
  return readSharedDrawing(data);
}

export async function deleteDrawing({ id, secret }: Pick<Shared, 'id' | 'secret'>): Promise<void> {
  await http.delete<unknown>(`/drawings/${encodeURIComponent(id)}`, { headers: { Authorization: `Bearer ${secret}` } });
}

function headersOf({ secret, token }: Teacher) {
  return {
    ...(secret !== undefined && { 'X-Teacher': secret }),
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
  };
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
