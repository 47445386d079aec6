import { readFile } from 'node:fs/promises';
import { expect, type Page, type Request, test } from '@playwright/test';
import { expectAccessible } from './axe';
import { draw, expectDigit, expectText, open, SEVEN, status } from './page';
import { drop, numberPictureOf, paste, pick, pictureOf, type TestFile, withOrientation } from './pictures';
import { problem } from './problems';

const ASKED = '**/predict?*';
const TEXT: TestFile = { name: 'notes.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') };
const DAMAGED: TestFile = { name: 'damaged.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') };

const row = (page: Page, name: string) => page.getByRole('row', { name });
const isAsked = (request: Request) => request.method() === 'POST' && request.url().includes('/predict');
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

for (const [way, bring] of Object.entries({ picked: pick, dropped: drop, pasted: paste })) {
  test(`a picture that is ${way} is read, and its stages are shown`, async ({ page }) => {
    await open(page);
    await draw(page, SEVEN);
    await expectDigit(page, 7);
    await bring(page, await pictureOf(page, 4));
    await expectDigit(page, 4);
    await expect(page.getByRole('img', { name: 'File 4.png' })).toBeVisible();
    const steps = page.getByRole('list', { name: 'From the picture to what the model sees' });
    await expect(steps.getByRole('button').first()).toHaveAccessibleName('Show the picture');
    await expect(steps.getByRole('button').last()).toHaveAccessibleName('Show what the model sees');
    await steps.getByRole('button', { name: 'Show ink' }).click();
    await expect(page.getByRole('img', { name: 'Stage: ink' })).toBeVisible();
    await page.getByRole('button', { name: 'Back to the drawing' }).click();
    await expectDigit(page, 7);
  });
}

test('a picture of a number is read as one, with a box to choose for each digit', async ({ page }) => {
  await open(page);
  await pick(page, await numberPictureOf(page, '4072'));
  await expectText(page, '4072');
  await expect(status(page)).toContainText('4072');
  const boxes = page.getByRole('radiogroup', { name: 'Characters on the picture' }).getByRole('radio');
  await expect(boxes).toHaveCount(4);
  const pixels = await page.getByTestId('input-preview').getAttribute('data-pixels');
  await boxes.nth(2).click();
  await expect(page.locator('.bars .top')).toContainText('7');
  await expect(page.getByTestId('input-preview')).not.toHaveAttribute('data-pixels', pixels ?? '');
  await page.keyboard.press('ArrowRight');
  await expect(boxes.nth(3)).toBeFocused();
  await expect(page.locator('.bars .top')).toContainText('2');
  await page.getByRole('button', { name: 'Why?' }).click();
  await expect(page.getByRole('heading', { name: 'What speaks for a 2' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Back to the drawing' }).click();
  await expectDigit(page, '');
});

test('the table of pictures knows numbers', async ({ page }) => {
  await open(page);
  await pick(page, await numberPictureOf(page, '42'), await pictureOf(page, 3));
  await expect(page.getByText('1 with a digit, 1 with a number.')).toBeVisible();
  await expect(row(page, '42.png').getByRole('cell')).toHaveText(['42', /% sure$/]);
  const table = page.getByRole('region', { name: 'pictures' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    table.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  const [header, number] = (await readFile(await download.path(), 'utf8')).split('\r\n').map((line) => line.split(','));
  expect(['file', 'digit', 'text'].map((column) => number[header.indexOf(column)])).toEqual(['42.png', '', '42']);
  await row(page, '42.png').click();
  await page.getByRole('button', { name: 'Show it on the paper' }).click();
  await expectText(page, '42');
  await expect(page.getByRole('radiogroup', { name: 'Characters on the picture' }).getByRole('radio')).toHaveCount(2);
});

test('a sample picture is read at a click', async ({ page }) => {
  await open(page);
  const samples = page.getByRole('button', { name: /^Try a picture of a \d/ });
  expect(await samples.count()).toBeGreaterThanOrEqual(3);
  for (const sample of await samples.all()) {
    const digit = /\d/.exec((await sample.getAttribute('aria-label')) ?? '')?.[0];
    await sample.click();
    await expectDigit(page, Number(digit));
  }
});

test('several pictures fill a table, each with its own outcome and stages', async ({ page }) => {
  let asked = 0;
  page.on('request', (request) => {
    if (isAsked(request)) asked += 1;
  });
  await open(page);
  await drop(page, await pictureOf(page, 3), TEXT, await pictureOf(page, 8), DAMAGED);
  await expect(heading(page, '4 pictures')).toBeVisible();
  for (const digit of ['3', '8']) {
    const cells = row(page, `${digit}.png`).getByRole('cell');
    await expect(cells).toHaveText([digit, /% sure$/]);
  }
  await expect(row(page, 'notes.pdf')).toContainText('no picture');
  await expect(row(page, 'damaged.png')).toContainText('can’t read this');
  await expect(page.getByText('2 with a digit, 2 not read.')).toBeVisible();
  await row(page, '3.png').click();
  await expect(page.getByRole('img', { name: 'Stage: ink' })).toBeVisible();
  await page.getByRole('button', { name: 'Show it on the paper' }).click();
  await expectDigit(page, 3);
  await expect(page.getByRole('button', { name: 'Show ink' })).toBeVisible();
  expect(asked, 'each picture is sent once, and none that is no picture').toBe(3);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(row(page, '3.png')).toBeHidden();
});

test('the table of pictures downloads as CSV', async ({ page }) => {
  await open(page);
  await pick(page, await pictureOf(page, 3, { name: '=cmd.png' }), TEXT);
  await expect(page.getByText('1 with a digit, 1 not read.')).toBeVisible();
  const table = page.getByRole('region', { name: 'pictures' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    table.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  const [, three, notes] = (await readFile(await download.path(), 'utf8')).split('\r\n');
  expect(three).toMatch(/^'=cmd\.png,3,0\.\d+,/);
  expect(notes).toMatch(/^notes\.pdf,+"That is no picture\./);
});

test('many pictures are read a few at a time, and reading them can be stopped', async ({ page }) => {
  test.slow();
  let running = 0;
  let most = 0;
  page.on('request', (request) => {
    if (!isAsked(request)) return;
    running += 1;
    most = Math.max(most, running);
  });
  const onEnd = (request: Request) => {
    if (isAsked(request)) running -= 1;
  };
  page.on('requestfinished', onEnd);
  page.on('requestfailed', onEnd);
  await page.route(ASKED, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    await route.continue().catch(() => undefined); // it may have been cancelled meanwhile
  });
  await open(page);
  const picture = await pictureOf(page, 6);
  await pick(page, ...Array.from({ length: 40 }, (_, i) => ({ ...picture, name: `${String(i)}-six.png` })));
  await expect(page.getByRole('progressbar', { name: 'Pictures done' })).toBeVisible();
  await expect(row(page, '1-six.png').first()).toContainText('sure');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(row(page, '39-six.png')).toContainText('Not read');
  await page.getByRole('button', { name: 'Read the rest' }).click();
  await expect(page.getByText('40 with a digit.')).toBeVisible({ timeout: 60_000 });
  expect(most).toBe(2);
});

test('a huge photo is sent smaller and upright', async ({ page }) => {
  await open(page);
  const lying = { width: 3000, height: 2400, turns: -0.25, mimeType: 'image/jpeg', name: '4.jpg' };
  const photo = withOrientation(await pictureOf(page, 4, lying), 6);
  const sent = await sentFor(page, photo);
  expect(sent.bytes).toBeLessThan(photo.buffer.length);
  expect(sent).toMatchObject({ width: 1280, height: 1600 });
  await expectDigit(page, 4);
});

test('a small picture is sent as it is', async ({ page }) => {
  await open(page);
  const picture = await pictureOf(page, 4);
  expect(await sentFor(page, picture)).toEqual({ bytes: picture.buffer.length, width: 300, height: 300 });
});

test('a slow upload shows how far it is', async ({ page }) => {
  await open(page);
  const noise = { name: 'noise.png', mimeType: 'image/png', buffer: await noisePicture(page) };
  const session = await page.context().newCDPSession(page);
  const throughput = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 60_000 };
  await session.send('Network.emulateNetworkConditions', throughput);
  await pick(page, noise);
  const bar = page.getByRole('progressbar', { name: 'Picture sent' });
  await expect(status(page)).toContainText('Sending the picture');
  await expect.poll(() => bar.evaluate((element) => (element as HTMLProgressElement).value)).toBeGreaterThan(0.05);
  await session.send('Network.emulateNetworkConditions', { ...throughput, uploadThroughput: -1 });
  await expect(bar).toBeHidden({ timeout: 30_000 });
});

test.describe('a picture that can’t be read', () => {
  const failures: Record<string, [TestFile, string]> = {
    'is of the wrong type': [TEXT, 'That is no picture'],
    'is damaged': [DAMAGED, 'can’t read this'],
    'is too large': [{ name: 'raw.bmp', mimeType: 'image/bmp', buffer: Buffer.alloc(33 * 2 ** 20) }, 'too large'],
  };
  for (const [name, [file, words]] of Object.entries(failures)) {
    test(`because it ${name} is told so, and the drawing is kept`, async ({ page }) => {
      test.slow(); // 33 MiB go to the browser
      await open(page);
      await draw(page, SEVEN);
      await expectDigit(page, 7);
      await pick(page, file);
      await expect(status(page)).toContainText(words);
      await expectDigit(page, '');
      await page.getByRole('button', { name: 'Back to the drawing' }).click();
      await expectDigit(page, 7);
    });
  }

  test('because it has no ink is refused, with the stages that tell why', async ({ page }) => {
    await open(page);
    await pick(page, { ...(await blankPicture(page)), name: 'blank.png' });
    await expect(status(page)).toContainText('No digit is found in the picture.');
    await expectDigit(page, '');
    await expect(page.getByRole('button', { name: 'Show grey' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Show the guess anyway' })).toBeHidden();
  });

  test('because the server is away is read once it is back', async ({ page }) => {
    await page.route('**/{health,predict}**', (route) => route.abort('connectionrefused'));
    await open(page);
    await pick(page, await pictureOf(page, 4));
    await expect(status(page)).toContainText('Server offline');
    await page.unrouteAll();
    await expect(page.getByTestId('predicted-digit')).toHaveText('4', { timeout: 20_000 });
  });

  test('because the server is busy is asked again by itself', async ({ page }) => {
    await page.route(ASKED, problem(429, 'Slow down.', { 'retry-after': '1' }), { times: 1 });
    await open(page);
    await pick(page, await pictureOf(page, 4));
    await expect(status(page)).toContainText('Too many questions');
    await expectDigit(page, 4);
  });

  test('because the server failed can be tried again', async ({ page }) => {
    await page.route(ASKED, problem(500, 'Something broke.'), { times: 1 });
    await open(page);
    await pick(page, await pictureOf(page, 4));
    await expect(status(page)).toContainText('The server failed');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expectDigit(page, 4);
  });
});

test('several pictures wait for a server that is away', async ({ page }) => {
  await page.route('**/{health,predict}**', (route) => route.abort('connectionrefused'));
  await open(page);
  await pick(page, await pictureOf(page, 3), await pictureOf(page, 8));
  await expect(page.getByText('It goes on once the server is back.')).toBeVisible();
  await page.unrouteAll();
  await expect(page.getByText('2 with a digit.')).toBeVisible({ timeout: 20_000 });
});

/** What is sent for a file; the browser shows no request's files, so they are looked at as they leave. */
async function sentFor(page: Page, file: TestFile) {
  const sent = page.evaluate(
    () =>
      new Promise<{ bytes: number; width: number; height: number }>((resolve, reject) => {
        // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its request
        const { send } = XMLHttpRequest.prototype;
        XMLHttpRequest.prototype.send = function (body) {
          send.call(this, body);
          const picture = (body as FormData).get('image') as File;
          createImageBitmap(picture, { imageOrientation: 'none' }).then(
            ({ width, height }) => { resolve({ bytes: picture.size, width, height }); },
            reject,
          );
        };
      }),
  );
  await pick(page, file);
  return sent;
}

async function blankPicture(page: Page): Promise<TestFile> {
  const data = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.fillStyle = '#f4f1e8';
    context.fillRect(0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/png').split(',')[1];
  });
  return { name: 'blank.png', mimeType: 'image/png', buffer: Buffer.from(data, 'base64') };
}

/** A picture that can't be compressed, some 500 kB. */
async function noisePicture(page: Page): Promise<Buffer> {
  const data = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 400;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    const image = context.createImageData(400, 400);
    crypto.getRandomValues(new Uint8Array(65_536)).forEach((level, i, levels) => {
      for (let at = i; at < image.data.length; at += levels.length) image.data[at] = level;
    });
    for (let i = 3; i < image.data.length; i += 4) image.data[i] = 255;
    context.putImageData(image, 0, 0);
    return canvas.toDataURL('image/png').split(',')[1];
  });
  return Buffer.from(data, 'base64');
}
