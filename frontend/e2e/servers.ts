/** Servers of the tests' own, each on a port of its own, that a test starts and stops. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { API_PORT, WEB_PORT } from './ports';

export const PYTHON = '.venv/bin/python';

/** A server on `port`, not started yet; `settings` are environment variables, and `program` is a module. */
export function createServer(port: number, settings: Readonly<Record<string, string>> = {}, program = 'backend') {
  let running: ChildProcess | undefined;
  const isReady = async () => {
    try {
      return (await fetch(`http://127.0.0.1:${String(port)}/health`)).ok;
    } catch {
      return false;
    }
  };
  return {
    address: `http://127.0.0.1:${String(port)}`,
    /** `more` are further environment variables; `prefix` is what the shell does first, such as set a limit. */
    start: async (more: Readonly<Record<string, string>> = {}, prefix = ':') => {
      running = spawn('bash', ['-c', `${prefix}; exec ${PYTHON} -m ${program}`], {
        cwd: '..',
        env: { ...process.env, API_PORT: String(port), TOGETHER_PORT: String(port), WEB_PORT: String(WEB_PORT), ...settings, ...more },
        stdio: 'ignore',
      });
      await expect.poll(isReady, { timeout: 60_000, message: 'the server answers' }).toBe(true);
    },
    stop: async () => {
      const stopped = running;
      running = undefined;
      if (!stopped || stopped.exitCode !== null) return;
      const gone = once(stopped, 'exit');
      stopped.kill('SIGTERM');
      await gone;
    },
  };
}

/** Has the page talk to the server on `port` instead of the one that all tests share. */
export async function useServer(page: Page, port: number): Promise<void> {
  await page.route(`**://localhost:${String(API_PORT)}/**`, (route) =>
    route.continue({ url: route.request().url().replace(String(API_PORT), String(port)) }),
  );
}

/** A database in a folder of its own, which is deleted with it. */
export function createDatabase() {
  const folder = mkdtempSync(join(tmpdir(), 'lessons-'));
  const file = join(folder, 'lessons.sqlite3');
  return {
    url: `sqlite:///${file}`,
    /** Runs SQL that gives nothing back. */
    execute: (sql: string) => {
      const script = 'import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=20); c.execute(sys.argv[2]); c.commit()';
      const { status, stderr } = spawnSync(PYTHON, ['-c', script, file, sql], { cwd: '..' });
      if (status !== 0) throw new Error(stderr.toString());
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
