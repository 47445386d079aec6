/** WebKitGTK's own small browser, on a screen that nobody sees, steered by WebKit's WebDriver. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Builder, By, Capabilities, until } from 'selenium-webdriver';
import { type Engine, pointsOn, VIEWPORT } from './engine';

export const DRIVER = '/usr/bin/WebKitWebDriver';
export const SCREEN = '/usr/bin/Xvfb';
export const MINI_BROWSERS = ['4.1', '6.0', '4.0'].flatMap((version) =>
  ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((system) => `/usr/lib/${system}/webkit2gtk-${version}/MiniBrowser`),
);

const PATIENCE = 20_000; // ms
const PAUSE = 10; // ms between two points of a stroke

export async function startWebKit(binary: string, port: number): Promise<Engine> {
  const screen = spawn(SCREEN, ['-displayfd', '1', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [display] = (await once(screen.stdout, 'data')) as [Buffer];
  const driver = spawn(DRIVER, [`--port=${String(port)}`], {
    env: {
      ...process.env,
      DISPLAY: `:${display.toString().trim()}`,
      // Needs privileges that a container doesn't have; what is opened are this project's own pages.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    },
    stdio: 'ignore',
  });
  const stop = async () => {
    for (const started of [driver, screen]) await end(started);
  };
  try {
    const browser = await new Builder()
      .usingServer(await listening(`http://127.0.0.1:${String(port)}`))
      .withCapabilities(
        new Capabilities({ browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary, args: ['--automation'] } }),
      )
      .build();
    await browser.manage().window().setRect({ ...VIEWPORT, x: 0, y: 0 });
    await browser.manage().setTimeouts({ script: PATIENCE });
    return {
      open: (address) => browser.get(address),
      reload: () => browser.navigate().refresh(),
      draw: async (selector, drawing) => {
        const box = await (await browser.wait(until.elementLocated(By.css(selector)), PATIENCE)).getRect();
        for (const stroke of drawing) {
          const [first, ...others] = pointsOn(box, stroke);
          const actions = browser.actions().move({ ...first, duration: 0 }).press();
          for (const point of others) actions.move({ ...point, duration: PAUSE });
          await actions.release().perform();
        }
      },
      click: async (selector) => {
        await browser.wait(until.elementLocated(By.css(selector)), PATIENCE).click();
      },
      evaluate: <T>(body: string) => browser.executeScript<T>(`return (async () => { ${body} })()`),
      close: async () => {
        await browser.quit();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address, once a driver answers there. */
async function listening(address: string): Promise<string> {
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline) {
    if (await fetch(`${address}/status`).then(({ ok }) => ok, () => false)) return address;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${DRIVER} doesn't answer at ${address}`);
}

async function end(started: ChildProcess): Promise<void> {
  if (started.exitCode !== null) return;
  const gone = once(started, 'exit');
  started.kill('SIGTERM');
  await gone;
}
