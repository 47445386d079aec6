/** Firefox as the system has it, steered by WebDriver BiDi, which it speaks by itself. */

import puppeteer from 'puppeteer-core';
import { type Engine, pointsOn, VIEWPORT } from './engine';

export const FIREFOXES = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];

export async function startFirefox(executablePath: string): Promise<Engine> {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
  const page = await browser.newPage();
  await page.setViewport(VIEWPORT);
  return {
    open: async (address) => { await page.goto(address); },
    reload: async () => { await page.reload(); },
    draw: async (selector, drawing) => {
      const box = await (await page.waitForSelector(selector))?.boundingBox();
      if (!box) throw new Error(`${selector} is not on the screen`);
      for (const stroke of drawing) {
        const [first, ...others] = pointsOn(box, stroke);
        await page.mouse.move(first.x, first.y);
        await page.mouse.down();
        for (const { x, y } of others) await page.mouse.move(x, y);
        await page.mouse.up();
      }
    },
    click: async (selector) => {
      await (await page.waitForSelector(selector))?.click();
    },
    evaluate: async <T>(body: string) => (await page.evaluate(`(async () => { ${body} })()`)) as T,
    close: () => browser.close(),
  };
}
