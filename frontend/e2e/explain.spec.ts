import { expect, type Page, test } from '@playwright/test';
import { draw, expectDigit, open, SEVEN } from './page';
import { pick, pictureOf } from './pictures';
import { problem } from './problems';

const why = (page: Page) => page.getByRole('region', { name: 'Why this answer' });

/** How much of the map is painted in other colours than ink and paper, which are nearly grey. */
async function colouredShare(page: Page): Promise<number> {
  return page.getByTestId('evidence').evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    let coloured = 0;
    for (let i = 0; i < data.length; i += 4) {
      const channels = [data[i], data[i + 1], data[i + 2]];
      if (Math.max(...channels) - Math.min(...channels) > 60) coloured += 1;
    }
    return (4 * coloured) / data.length;
  });
}

test('an answer is explained: where the evidence lies, and what each layer makes of it', async ({ page }) => {
  await open(page);
  await draw(page, SEVEN);
  await expectDigit(page, 7);
  await page.getByRole('button', { name: 'Why?' }).click();
  await expect(why(page).getByRole('heading', { name: 'What speaks for a 7' })).toBeInViewport();
  await expect(why(page).getByRole('status')).toContainText(/What speaks for a 7 lies (mostly|all over)/);
  await expect.poll(() => colouredShare(page)).toBeGreaterThan(0.005);
  const steps = why(page).getByRole('listitem').filter({ has: page.getByRole('heading') });
  await expect(steps.first()).toContainText('The input');
  await expect(steps.last()).toContainText(/7 at >?\d/);
  expect(await steps.count()).toBeGreaterThanOrEqual(4);
  await expect(why(page).getByRole('img', { name: /\d+ maps of \d+ x \d+/ }).first()).toBeVisible();
});

test('the switch shows what would make it the runner-up', async ({ page }) => {
  await open(page);
  await draw(page, SEVEN);
  await page.getByRole('button', { name: 'Why?' }).click();
  const toggle = why(page).getByRole('switch', { name: /^What would make it an? \d\?$/ });
  await toggle.click();
  await expect(toggle).toBeChecked();
  await expect(why(page).getByRole('heading', { name: /^What would make it an? \d$/ })).toBeVisible();
  await expect(why(page).getByRole('status')).toContainText(/Ink to add|Ink to take away|No change/);
});

test('the explanation follows the drawing while it is open, and asks nothing while it is closed', async ({ page }) => {
  let asked = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/explain') && request.method() === 'POST') asked += 1;
  });
  await open(page);
  await draw(page, SEVEN);
  await expectDigit(page, 7);
  expect(asked).toBe(0);
  await page.getByRole('button', { name: 'Show the evidence' }).click();
  await expect(why(page).getByRole('heading', { name: 'What speaks for a 7' })).toBeVisible();
  await page.getByTestId('clear').click();
  await expect(why(page)).toContainText('Draw a digit to see');
  await draw(page, [[[0.5, 0.2], [0.5, 0.8]]]); // prettier-ignore
  await expect(why(page).getByRole('heading', { name: 'What speaks for a 1' })).toBeVisible();
  const before = asked;
  await page.getByRole('button', { name: 'Hide it' }).click();
  await page.getByTestId('clear').click();
  await draw(page, SEVEN);
  await expectDigit(page, 7);
  expect(asked).toBe(before);
});

test('a picture is explained as a drawing is', async ({ page }) => {
  await open(page);
  await pick(page, await pictureOf(page, 4));
  await expectDigit(page, 4);
  await page.getByRole('button', { name: 'Why?' }).click();
  await expect(why(page).getByRole('heading', { name: 'What speaks for a 4' })).toBeVisible();
});

test('an explanation that fails can be asked for again', async ({ page }) => {
  await page.route('**/explain', problem(500, 'Something broke.'), { times: 1 });
  await open(page);
  await draw(page, SEVEN);
  await page.getByRole('button', { name: 'Why?' }).click();
  await expect(why(page)).toContainText('didn’t explain this one');
  await why(page).getByRole('button', { name: 'Try again' }).click();
  await expect(why(page).getByRole('heading', { name: 'What speaks for a 7' })).toBeVisible();
});
