import { expect, type Page, test } from '@playwright/test';
import { draw, expectDigit, open, SEVEN, status, withoutDevice } from './page';
import { answer, problem } from './problems';

function prediction(digit: number | null, top = 7, reason?: string) {
  const probabilities = Array.from({ length: 10 }, (_, i) => (i === top ? 0.64 : 0.04));
  return { digit, reason, confidence: 0.64, probabilities, pixels: Array(784).fill(0), model: 'test' };
}

async function drawSeven(page: Page) {
  await open(page);
  await draw(page, SEVEN);
}

async function expectDrawingKept(page: Page) {
  await expect(page.getByTestId('drawing-canvas')).toHaveAccessibleName('Drawing of 1 stroke');
}

test('a refusal is said, explained, and its guess shown only when asked for', async ({ page }) => {
  await page.route('**/predict', answer(prediction(null, 7, 'nothing here looks like a digit')));
  await drawSeven(page);
  await expect(status(page)).toContainText('doesn’t look like a digit');
  await expect(status(page)).toContainText('Nothing here looks like a digit.');
  await expectDigit(page, '');
  await page.getByRole('button', { name: 'Show the guess anyway' }).click();
  await expectDigit(page, 7);
  await page.getByRole('button', { name: 'Hide the guess' }).click();
  await expectDigit(page, '');
});

test('a refusal for a reason that the page doesn’t know by its code is told in the server’s words', async ({ page }) => {
  const refused = { ...prediction(null, 7, 'nearly everything is ink: is the image inverted?'), reason_code: 'inverted' };
  await page.route('**/predict', answer(refused));
  await drawSeven(page);
  await expect(status(page)).toContainText('No digit is read.');
  await expect(status(page)).toContainText('Nearly everything is ink: is the image inverted?');
});

test('a model of letters has letters everywhere', async ({ page }) => {
  const labels = ['A', 'B', 'C'];
  const letter = { digit: null, character: 'B', confidence: 0.8, probabilities: [0.1, 0.8, 0.1] };
  await page.route('**/model', answer({ name: 'letter_cnn', labels }));
  await page.route('**/predict', answer({ ...letter, labels, model: 'test' }));
  await page.route('**/predict/batch', (route) => {
    const { images } = route.request().postDataJSON() as { images: unknown[] };
    return answer({ predictions: images.map(() => letter), labels, model: 'test' })(route);
  });
  await open(page);
  await expect(page.getByTestId('probability-C')).toBeVisible();
  await draw(page, SEVEN);
  await expect(page.getByTestId('predicted-text')).toHaveText('B');
  await expect(page.getByTestId('predicted-digit')).toHaveText('');
  await expect(status(page)).toContainText('Probably a B');
  await expect(page.getByTestId('probability-B')).toHaveText('80.0%');
  await expect(page.getByTestId('probability-7')).toBeHidden();
  await expect(page.getByRole('button', { name: /^Open the drawing read as B/ })).toBeVisible();
  await page.getByRole('button', { name: 'Replay the drawing' }).click();
  await expect(page.getByTestId('timeline-moment')).toContainText('Read as a B');
});

for (const width of [1280, 768, 390, 320]) {
  test(`nothing moves when a drawing is refused, nor when its guess is shown, ${String(width)} px wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.route('**/predict', answer(prediction(null, 7, 'it doesn\'t look like a digit')));
    await open(page);
    const places = () =>
      page.evaluate(() =>
        ['drawing-canvas', 'predicted-digit', 'probability-0', 'probability-9'].map((id) => {
          const top = document.querySelector(`[data-testid="${id}"]`)?.getBoundingClientRect().top ?? NaN;
          return Math.round(top + window.scrollY);
        }),
      );
    const before = await places();
    await draw(page, SEVEN);
    await expect(status(page)).toContainText('doesn’t look like a digit');
    expect(await places()).toEqual(before);
    await page.getByRole('button', { name: 'Show the guess anyway' }).click();
    await expectDigit(page, 7);
    expect(await places()).toEqual(before);
  });
}

test('a 4xx shows the server’s own sentence', async ({ page }) => {
  await page.route('**/predict', problem(400, 'Send 784 numbers from 0 to 255.'));
  await drawSeven(page);
  await expect(status(page)).toContainText('can’t read this');
  await expect(status(page)).toContainText('Send 784 numbers from 0 to 255.');
  await expectDrawingKept(page);
});

test('a 429 is asked again by itself', async ({ page }) => {
  await page.route('**/predict', problem(429, 'Slow down.', { 'retry-after': '1' }), { times: 1 });
  await drawSeven(page);
  await expect(status(page)).toContainText('Too many questions');
  await expectDigit(page, 7);
});

test('a 5xx names the request and can be tried again', async ({ page }) => {
  await page.route('**/predict', problem(500, 'Something broke.'), { times: 1 });
  await drawSeven(page);
  await expect(status(page)).toContainText('The server failed');
  await expect(status(page)).toContainText('abc123');
  await expectDrawingKept(page);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expectDigit(page, 7);
});

for (const [name, body] of Object.entries({
  'no probabilities': { digit: 7, confidence: 1 },
  'an impossible digit': { ...prediction(7), digit: 12 },
  'a page of HTML': '<!doctype html>',
})) {
  test(`a malformed answer (${name}) is not believed`, async ({ page }) => {
    await page.route('**/predict', answer(body), { times: 1 });
    await drawSeven(page);
    await expect(status(page)).toContainText('made no sense');
    await expectDigit(page, '');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expectDigit(page, 7);
  });
}

test('a slow answer is said to be slow, and busy until it is there', async ({ page }) => {
  await withoutDevice(page);
  await page.route('**/predict', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 2500));
    await route.continue();
  });
  await drawSeven(page);
  for (const id of ['predicted-digit', 'predicted-text']) {
    await expect(page.getByTestId(id)).toHaveAttribute('aria-busy', 'true');
  }
  await expect(status(page)).toContainText('Still reading');
  await expectDigit(page, 7);
});

test('a late answer never takes the place of a newer one, and is cancelled', async ({ page }) => {
  await withoutDevice(page);
  const cancelled: string[] = [];
  page.on('requestfailed', (request) => cancelled.push(request.url()));
  let asked = 0;
  await page.route('**/predict', async (route) => {
    asked += 1;
    if (asked > 1) return route.continue();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await answer(prediction(3, 3))(route).catch(() => undefined);
  });
  await drawSeven(page);
  await draw(page, [[[0.4, 0.5], [0.6, 0.5]]]); // prettier-ignore
  await expectDigit(page, 7);
  await page.waitForTimeout(1800);
  await expectDigit(page, 7);
  expect(cancelled.filter((url) => url.endsWith('/predict'))).toHaveLength(1);
});

test('a server that is starting is told from one that is gone', async ({ page }) => {
  await withoutDevice(page);
  await page.route('**/health', problem(503, 'The model is loading.'));
  await open(page);
  await expect(status(page)).toContainText('The server is starting');
  await page.unroute('**/health');
  await expect(status(page)).toContainText('Draw a digit');
});

test('the page asks no other machine for anything', async ({ page }) => {
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).hostname));
  await drawSeven(page);
  await expectDigit(page, 7);
  expect([...hosts].filter((host) => host !== '')).toEqual(['localhost']);
});
