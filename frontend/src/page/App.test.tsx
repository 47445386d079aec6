import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readModelFacts } from '../api/answers';
import * as api from '../api/client';
import { ApiFailure } from '../api/failures';
import { pictureTextOf, predictionOf } from '../testing/answers';
import { explanationOf } from '../testing/explanations';
import { openApp } from '../testing/openApp';

vi.mock('../api/client');

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(api.checkHealth).mockResolvedValue(true);
  vi.mocked(api.getModel).mockResolvedValue(readModelFacts({ data: ['MNIST'], version: '1.2' }));
  vi.mocked(api.predict).mockResolvedValue(predictionOf(3, 0.97));
  vi.mocked(api.readPicture).mockResolvedValue(pictureTextOf('3'));
});

describe('the page', () => {
  it('first shows an empty answer and sends nothing', async () => {
    await openApp();
    expect(await screen.findByText('Draw a digit, 0 to 9.')).toBeVisible();
    expect(screen.getByTestId('predicted-digit')).toBeEmptyDOMElement();
    expect(screen.getByRole('button', { name: 'Predict' })).toBeDisabled();
    expect(api.predict).not.toHaveBeenCalled();
  });

  it('reads a sample, tells its confidence and remembers it', async () => {
    await openApp();
    await userEvent.click(screen.getByRole('button', { name: 'Try a round 0' }));
    expect(await screen.findByText('Very likely a 3.')).toBeVisible();
    expect(screen.getByTestId('predicted-digit')).toHaveTextContent('3');
    expect(screen.getByTestId('confidence')).toHaveTextContent('97.0%');
    expect(await screen.findByRole('button', { name: /^Open the drawing read as 3/ })).toBeVisible();
    await userEvent.click(screen.getByTestId('clear'));
    expect(screen.getByTestId('predicted-digit')).toBeEmptyDOMElement();
  });

  it('says what a picture could not be read for, and keeps the drawing', async () => {
    vi.mocked(api.predictPicture).mockRejectedValue(new ApiFailure('rejected', 'Send a PNG or a JPEG.'));
    URL.createObjectURL = () => 'blob:picture';
    URL.revokeObjectURL = () => undefined;
    await openApp();
    await userEvent.click(screen.getByRole('button', { name: 'Try a round 0' }));
    const file = new File(['?'], 'digit.png', { type: 'image/png' });
    await userEvent.upload(screen.getByTestId('file-input'), file);
    expect(await screen.findByText('Send a PNG or a JPEG.', { exact: false })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Back to the drawing' }));
    expect(await screen.findByText('Very likely a 3.')).toBeVisible();
  });

  it('reads several pictures in a table, each in a row of its own', async () => {
    vi.mocked(api.predictPicture)
      .mockResolvedValueOnce(predictionOf(5, 0.93))
      .mockResolvedValueOnce({ ...predictionOf(null), reason: 'no digit is found in the picture' })
      .mockRejectedValueOnce(new ApiFailure('rejected', 'The picture is damaged.'));
    await openApp();
    const pictures = ['a', 'b', 'c'].map((name) => new File(['?'], `${name}.png`, { type: 'image/png' }));
    fireEvent.paste(document.body, { clipboardData: { files: pictures } });
    expect(await screen.findByRole('row', { name: 'a.png 5 93.0% sure' })).toBeVisible();
    expect(await screen.findByRole('row', { name: 'b.png ? No digit is found in the picture.' })).toBeVisible();
    expect(await screen.findByRole('row', { name: /^c.png .*The picture is damaged/ })).toBeVisible();
    expect(screen.getByText('1 with a digit, 1 without one, 1 not read.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('row', { name: /a.png/ })).toBeNull();
  });

  it('asks no more for a picture that was read when its stages are looked at, or it is shown on the paper', async () => {
    URL.createObjectURL = () => 'blob:picture';
    URL.revokeObjectURL = () => undefined;
    const stages = [{ name: 'ink', image: 'data:image/png;base64,iVBORw0K' }];
    vi.mocked(api.predictPicture).mockResolvedValue({ ...predictionOf(5, 0.93), stages });
    await openApp();
    const pictures = ['a', 'b'].map((name) => new File(['?'], `${name}.png`, { type: 'image/png' }));
    fireEvent.paste(document.body, { clipboardData: { files: pictures } });
    expect(await screen.findByText('2 with a digit.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'a.png' }));
    expect(await screen.findByRole('img', { name: 'Stage: ink' })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Show it on the paper' }));
    expect(await screen.findByText('Very likely a 5.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Show ink' })).toBeVisible();
    expect(api.predictPicture).toHaveBeenCalledTimes(2);
  });

  it('shows that files can be dropped while they are dragged over it', async () => {
    await openApp();
    const dragged = { dataTransfer: { types: ['Files'], files: [] } };
    fireEvent.dragOver(document.body, dragged);
    expect(screen.getByText('Drop pictures to have them read')).toBeVisible();
    fireEvent.dragLeave(document.body, { relatedTarget: null });
    expect(screen.queryByText('Drop pictures to have them read')).toBeNull();
    fireEvent.dragOver(document.body, { dataTransfer: { types: ['text/plain'], files: [] } });
    expect(screen.queryByText('Drop pictures to have them read')).toBeNull();
  });

  it('explains an answer only while someone wants to see why', async () => {
    vi.mocked(api.explain).mockResolvedValue(explanationOf(3, 8));
    await openApp();
    await userEvent.click(screen.getByRole('button', { name: 'Try a round 0' }));
    await screen.findByText('Very likely a 3.');
    expect(api.explain).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Why?' }));
    expect(await screen.findByText(/What speaks for a 3 lies mostly in the upper left/)).toBeVisible();
    expect(screen.getByRole('img', { name: 'Strokes, 2 maps of 14 x 14' })).toBeVisible();
    await userEvent.click(screen.getByRole('switch', { name: 'What would make it an 8?' }));
    expect(screen.getByText('Ink to add lies mostly at the bottom.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Hide it' }));
    await userEvent.click(screen.getByRole('button', { name: 'Try a 1 with a flag' }));
    await screen.findByText('Very likely a 3.');
    expect(api.explain).toHaveBeenCalledTimes(1);
  });

  it('says that it could not be explained, and asks again', async () => {
    vi.mocked(api.explain).mockRejectedValueOnce(new ApiFailure('broken', '')).mockResolvedValue(explanationOf(3, 8));
    await openApp();
    await userEvent.click(screen.getByRole('button', { name: 'Try a round 0' }));
    await userEvent.click(screen.getByRole('button', { name: 'Show the evidence' }));
    expect(await screen.findByText(/didn’t explain/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('What speaks for a 3')).toBeVisible();
  });

  it('tells the model’s facts', async () => {
    await openApp();
    const about = screen.getByRole('region', { name: 'About the model' });
    expect(await within(about).findByText('1.2')).toBeVisible();
  });
});
