/** The one client of the API: it alone knows addresses, bodies and the transport. */

import axios from 'axios';
import { apiAddress } from './address';
import {
  type ModelFacts,
  readModelFacts,
  readPrediction,
  readPredictions,
} from './answers';
import { asFailure } from './failures';
import type { BatchRequest, PixelsRequest, Prediction } from './types';

const PATIENCE = 20_000; // ms
const HEALTH_PATIENCE = 4_000; // ms

const http = axios.create({
  baseURL: apiAddress(import.meta.env, window.location),
  timeout: PATIENCE,
  adapter: 'fetch',
});

http.interceptors.response.use(undefined, (error: unknown) => {
  throw asFailure(error);
});

export async function predict(pixels: Uint8Array, signal?: AbortSignal): Promise<Prediction> {
  const body: PixelsRequest = { pixels: Array.from(pixels) };
  const { data } = await http.post<unknown>('/predict', body, { signal });
  return readPrediction(data);
}

export async function predictPicture(picture: File, signal?: AbortSignal): Promise<Prediction> {
  const form = new FormData();
  form.append('image', picture);
  const { data } = await http.post<unknown>('/predict', form, { signal });
  return readPrediction(data);
}

export async function predictBatch(
  images: readonly Uint8Array[],
  signal?: AbortSignal,
): Promise<Prediction[]> {
  const body: BatchRequest = { images: images.map((pixels) => Array.from(pixels)) };
  const { data } = await http.post<unknown>('/predict/batch', body, { signal });
  return readPredictions(data, images.length);
}

export async function getModel(signal?: AbortSignal): Promise<ModelFacts> {
  const { data } = await http.get<unknown>('/model', { signal });
  return readModelFacts(data);
}

/** Resolves once the server is ready; fails as 'offline' or 'starting' until then. */
export async function checkHealth(signal?: AbortSignal): Promise<true> {
  await http.get<unknown>('/health', { signal, timeout: HEALTH_PATIENCE });
  return true;
}
