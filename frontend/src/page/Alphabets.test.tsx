import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readModelFacts } from '../api/answers';
import * as api from '../api/client';
import { ApiFailure } from '../api/failures';
import { characterOf, LETTERS, predictionOf } from '../testing/answers';
import { openApp } from '../testing/openApp';

vi.mock('../api/client');
const predict = vi.mocked(api.predict);

const letter = (character: string, confidence = 0.97) => ({ ...characterOf(character, LETTERS, confidence), is_character: 0.99 });
const refused = { ...predictionOf(null, 0.6), reason: 'no', reason_code: 'not_a_character', is_character: 0.2 };

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(api.checkHealth).mockResolvedValue(true);
  vi.mocked(api.getModel).mockImplementation((_signal, alphabet) =>
    Promise.resolve(readModelFacts({ version: alphabet === 'letters' ? 'of letters' : 'of digits' })),
  );
  predict.mockImplementation((_pixels, _signal, alphabet) =>
    Promise.resolve(alphabet === 'letters' ? letter('O') : { ...predictionOf(0, 0.99), is_character: 1 }),
  );
});

describe('the switch between digits and letters', () => {
  it('reads the drawing again at once, and changes samples, bars, facts and words', async () => {
    await openApp();
    expect(screen.getByTestId('alphabet-digits')).toHaveAttribute('aria-pressed', 'true');
    await userEvent.click(screen.getByRole('button', { name: 'Try a round 0' }));
    await screen.findByText('Almost certainly a 0.');
    await userEvent.click(screen.getByTestId('alphabet-letters'));
    expect(await screen.findByText('Very likely an O.')).toBeVisible();
    expect(screen.getByTestId('predicted-text')).toHaveTextContent('O');
    expect(screen.getByTestId('predicted-digit')).toBeEmptyDOMElement();
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Handwritten letters');
    const bars = screen.getByRole('table', { name: 'Probability of each letter' });
    expect(within(bars).getAllByRole('rowheader')).toHaveLength(26);
    expect(screen.getByRole('button', { name: 'Try a capital K' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Try a round 0' })).toBeNull();
    expect(await screen.findByText('of letters')).toBeVisible();
    await userEvent.click(screen.getByTestId('clear'));
    expect(screen.getByText('Draw a letter, A to Z.')).toBeVisible();
  });

  it('is remembered', async () => {
    const { unmount } = await openApp();
    await userEvent.click(screen.getByTestId('alphabet-letters'));
    unmount();
    await openApp();
    expect(screen.getByTestId('alphabet-letters')).toHaveAttribute('aria-pressed', 'true');
  });

  it('isn’t there where the server reads no letters, and digits are read', async () => {
    localStorage.setItem('digits.alphabet', '"letters"');
    vi.mocked(api.getModel).mockImplementation((_signal, alphabet) =>
      alphabet === 'letters' ? Promise.reject(new ApiFailure('rejected', '')) : Promise.resolve(readModelFacts({})),
    );
    await openApp();
    await waitFor(() => {
      expect(screen.queryByTestId('alphabet-letters')).toBeNull();
    });
    expect(screen.getByText('Draw a digit, 0 to 9.')).toBeVisible();
  });

  it('follows an earlier drawing that is opened', async () => {
    await openApp();
    await userEvent.click(screen.getByTestId('alphabet-letters'));
    await userEvent.click(screen.getByRole('button', { name: 'Try a capital K' }));
    await screen.findByText('Very likely an O.');
    await userEvent.click(screen.getByTestId('alphabet-digits'));
    await userEvent.click(screen.getByTestId('clear'));
    await userEvent.click(screen.getByRole('button', { name: 'Try a round 0' }));
    await screen.findByText('Almost certainly a 0.');
    await userEvent.click(screen.getByRole('button', { name: /^Open the drawing read as O/ }));
    expect(screen.getByTestId('alphabet-letters')).toHaveAttribute('aria-pressed', 'true');
  });
});

describe('the hint at the other alphabet', () => {
  it('offers letters where a digit is refused and a letter is likely, and reads them at a click', async () => {
    predict.mockImplementation((_pixels, _signal, alphabet) => Promise.resolve(alphabet === 'letters' ? letter('K') : refused));
    await openApp();
    await userEvent.click(screen.getByRole('button', { name: 'Try a round 0' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Letters?' }));
    expect(await screen.findByText('Very likely a K.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Digits?' })).toBeNull();
  });

  it('asks nothing more of an answer that is sure, and like no letter', async () => {
    predict.mockResolvedValue({ ...predictionOf(4, 0.99), is_character: 1 });
    await openApp();
    await userEvent.click(screen.getByRole('button', { name: 'Try a round 0' }));
    await screen.findByText('Almost certainly a 4.');
    expect(screen.queryByRole('button', { name: 'Letters?' })).toBeNull();
    expect(predict.mock.calls.map(([, , alphabet]) => alphabet)).toEqual(['digits']);
  });

  it('names the twin of a sure answer that can’t be told from it, both ways', async () => {
    await openApp();
    await userEvent.click(screen.getByRole('button', { name: 'Try a round 0' }));
    await userEvent.click(await screen.findByRole('button', { name: '0 or O?' }));
    await screen.findByText('Very likely an O.');
    expect(await screen.findByRole('button', { name: 'O or 0?' })).toBeVisible();
  });

  it('offers nothing where neither alphabet has it', async () => {
    predict.mockResolvedValue(refused);
    await openApp();
    await userEvent.click(screen.getByRole('button', { name: 'Try a round 0' }));
    await waitFor(() => {
      expect(predict).toHaveBeenCalledTimes(2);
    });
    expect(screen.queryByRole('button', { name: 'Letters?' })).toBeNull();
  });
});
