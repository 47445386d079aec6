// Draws the icons of the installed page, in the sizes that systems ask for, from public/favicon.svg.
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const ICONS = [
  { name: 'icon-192', side: 192, share: 1 },
  { name: 'icon-512', side: 512, share: 1 },
  { name: 'maskable-512', side: 512, share: 0.8 }, // what a round mask cuts off is ground alone
  { name: 'apple-touch-icon', side: 180, share: 0.9 },
];
const GROUND = '#14213a';

const folder = new URL('../public/', import.meta.url);
const drawing = await readFile(new URL('favicon.svg', folder), 'utf8');
await mkdir(new URL('icons/', folder), { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const { name, side, share } of ICONS) {
  const page = await browser.newPage({ viewport: { width: side, height: side } });
  const ground = share < 1 ? GROUND : 'transparent';
  await page.setContent(
    `<style>body{margin:0;height:100vh;display:grid;place-items:center;background:${ground}}svg{width:${100 * share}%}</style>${drawing}`,
  );
  const path = fileURLToPath(new URL(`icons/${name}.png`, folder));
  await page.screenshot({ path, omitBackground: true });
  await page.close();
}
await browser.close();
