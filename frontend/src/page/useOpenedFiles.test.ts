import { renderHook, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { writeDocument } from '../keeping/drawingFile';
import { useOpenedFiles } from './useOpenedFiles';

/** What the system does where the installed page is to open files. */
function launchWith(...contents: readonly string[]) {
  const files = contents.map((content) => ({ getFile: () => Promise.resolve(new File([content], 'digit.json')) }));
  vi.stubGlobal('launchQueue', { setConsumer: (consume: (params: object) => void) => { consume({ files }); } });
  const handlers = { take: vi.fn(), open: vi.fn(), refuse: vi.fn() };
  renderHook(() => { useOpenedFiles(handlers.take, handlers.open, handlers.refuse); });
  return handlers;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

it('a drawing that was saved here and is opened from the system’s files lies on the paper', async () => {
  const { open, refuse } = launchWith(writeDocument([[[0.5, 0.2], [0.5, 0.8]]])); // prettier-ignore
  await waitFor(() => { expect(open).toHaveBeenCalledExactlyOnceWith([[[0.5, 0.2], [0.5, 0.8]]]); }); // prettier-ignore
  expect(refuse).not.toHaveBeenCalled();
});

it('a file that holds no drawing is refused in words', async () => {
  const { open, refuse } = launchWith('{"kind": "something else"}');
  await waitFor(() => { expect(refuse).toHaveBeenCalledExactlyOnceWith('This file holds no drawing that was saved here.'); });
  expect(open).not.toHaveBeenCalled();
});
