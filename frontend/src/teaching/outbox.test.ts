import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiFailure } from '../api/failures';
import { lessonNamed } from '../testing/lessons';
import { createOutbox, MOST_WAITING, OUTBOX_KEY, type Task } from './outbox';

const offline = new ApiFailure('offline', '');
const problem = (code: string, status: number) => new ApiFailure('rejected', 'No.', undefined, undefined, code, status);
const [a, b, c] = ['a', 'b', 'c'].map(lessonNamed);

/** A server: what it keeps, and whether it answers. */
function createServer() {
  const kept = new Map<string, unknown>();
  const asked: string[] = [];
  let failure: ApiFailure | undefined;
  return {
    kept,
    asked,
    failWith: (why?: ApiFailure) => {
      failure = why;
    },
    send: async (task: Task) => {
      asked.push(task.do === 'keep' ? task.lesson.id : task.do);
      await Promise.resolve();
      if (failure) throw failure;
      if (task.do === 'keep') kept.set(task.lesson.id, task.lesson);
      else if (task.do === 'delete') kept.delete(task.id);
      else kept.clear();
    },
  };
}

type Server = ReturnType<typeof createServer>;

/** One tab after the other, as the browser's locks have it. */
function createLocks() {
  let last = Promise.resolve();
  return (work: () => Promise<void>) => (last = last.then(work));
}

const tab = (server: Server, alone = createLocks()) => createOutbox(server.send, alone);

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('the outbox', () => {
  it('sends a lesson as it is, in the order of their coming, and is empty then', async () => {
    const server = createServer();
    const outbox = tab(server);
    expect(outbox.keep([a, b])).toBe(true);
    await outbox.flush();
    expect([...server.kept]).toEqual([['a', a], ['b', b]]); // prettier-ignore
    expect(outbox.get()).toMatchObject({ waiting: [], done: 2, isStored: true });
  });

  it('keeps lessons through a reload while the server is away, and sends them once it is back', async () => {
    const server = createServer();
    server.failWith(offline);
    const before = tab(server);
    before.keep([a]);
    await before.flush();
    expect(before.get()).toMatchObject({ waiting: [a], failure: offline });
    server.failWith();
    const after = tab(server);
    expect(after.get().waiting).toEqual([a]);
    await after.flush();
    expect([...server.kept.keys()]).toEqual(['a']);
    expect(after.get()).toMatchObject({ waiting: [], failure: undefined });
  });

  it('tries again by itself, later each time, and when the browser is online again', async () => {
    const server = createServer();
    server.failWith(offline);
    const outbox = tab(server);
    outbox.subscribe(() => undefined);
    outbox.keep([a]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(server.asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(9000);
    expect(server.asked).toHaveLength(2);
    window.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(0);
    expect(server.asked).toHaveLength(3);
    server.failWith();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([...server.kept.keys()]).toEqual(['a']);
  });

  it('waits as long as a busy server says', async () => {
    const server = createServer();
    server.failWith(new ApiFailure('busy', '', undefined, 30, undefined, 429));
    const outbox = tab(server);
    outbox.keep([a]);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(server.asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(server.asked).toHaveLength(2);
  });

  it.each([
    ['token_needed', 401],
    ['teaching_off', 403],
    ['store_full', 507],
  ])('loses nothing to a server that says %s, and asks no more until something has changed', async (code, status) => {
    const server = createServer();
    server.failWith(problem(code, status));
    const outbox = tab(server);
    outbox.keep([a, b]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(server.asked).toEqual(['a']);
    expect(outbox.get().waiting).toEqual([a, b]);
    server.failWith();
    await outbox.flush();
    expect([...server.kept.keys()]).toEqual(['a', 'b']);
  });

  it('sends the rest where the server will never take one, and says which and why', async () => {
    const server = createServer();
    const why = new ApiFailure('rejected', 'pixels must be 784 numbers', undefined, undefined, undefined, 422);
    const outbox = createOutbox(async (task) => {
      if (task.do === 'keep' && task.lesson.id === 'a') throw why;
      await server.send(task);
    }, createLocks());
    outbox.keep([a, b]);
    await outbox.flush();
    expect([...server.kept.keys()]).toEqual(['b']);
    expect(outbox.get()).toMatchObject({ waiting: [], refused: new Map([['a', why]]) });
  });

  it('has room for a bounded number, and loses none of those to more', async () => {
    const server = createServer();
    server.failWith(offline);
    const outbox = tab(server);
    const many = Array.from({ length: MOST_WAITING }, (_, i) => lessonNamed(String(i)));
    expect(outbox.keep(many)).toBe(true);
    expect(outbox.keep([a])).toBe(false);
    await outbox.flush();
    expect(outbox.get().waiting).toHaveLength(MOST_WAITING);
  });

  it.each(['', 'null', '7', '{}', '[null, 7, {"do": "keep"}, {"do": "keep", "lesson": {"id": 1}}]'])('is empty where %j is stored', (text) => {
    localStorage.setItem(OUTBOX_KEY, text);
    expect(tab(createServer()).get().waiting).toEqual([]);
  });
});

describe('what is taken back', () => {
  it('is not sent, and is deleted should it have arrived', async () => {
    const server = createServer();
    const outbox = tab(server);
    outbox.keep([a]);
    await outbox.flush();
    outbox.remove(['a']);
    await outbox.flush();
    expect(server.kept.size).toBe(0);

    server.failWith(offline);
    outbox.keep([b]);
    outbox.remove(['b']);
    server.failWith();
    await outbox.flush();
    expect(server.kept.size).toBe(0);
    expect(outbox.get()).toMatchObject({ waiting: [], deletions: 0 });
  });

  it('stays deleted where another tab was sending it that moment', async () => {
    const server = createServer();
    const locks = createLocks();
    const [here, there] = [tab(server, locks), tab(server, locks)];
    here.keep([a]); // on its way
    there.remove(['a']);
    await Promise.all([here.flush(), there.flush()]);
    expect(server.kept.size).toBe(0);
  });

  it('is all of it, those that wait as well, and what is taught afterwards stays', async () => {
    const server = createServer();
    const outbox = tab(server);
    outbox.keep([a]);
    await outbox.flush();
    server.failWith(offline);
    outbox.keep([b]);
    outbox.removeAll();
    outbox.keep([c]);
    expect(outbox.get()).toMatchObject({ waiting: [c], deletions: 1 });
    server.failWith();
    await outbox.flush();
    expect([...server.kept.keys()]).toEqual(['c']);
  });

  it('is what waits, and that alone, where a person refuses from now on', async () => {
    const server = createServer();
    const outbox = tab(server);
    outbox.keep([a]);
    await outbox.flush();
    server.failWith(offline);
    outbox.keep([b, c]);
    outbox.forget();
    server.failWith();
    await outbox.flush();
    expect([...server.kept.keys()]).toEqual(['a']);
  });
});

describe('the outbox in two tabs', () => {
  it('sends what each of them has, once', async () => {
    const server = createServer();
    const locks = createLocks();
    const [here, there] = [tab(server, locks), tab(server, locks)];
    here.keep([a]);
    there.keep([b]);
    here.keep([c]);
    await Promise.all([here.flush(), there.flush()]);
    expect([...server.asked].sort()).toEqual(['a', 'b', 'c']);
    expect(localStorage.getItem(OUTBOX_KEY)).toBe('[]');
  });

  it('shows in each what happens in the other', async () => {
    const server = createServer();
    server.failWith(offline);
    const [here, there] = [tab(server), tab(server)];
    const stop = here.subscribe(() => undefined);
    there.keep([a]);
    window.dispatchEvent(new StorageEvent('storage', { key: OUTBOX_KEY }));
    expect(here.get().waiting).toEqual([a]);
    server.failWith();
    await there.flush();
    window.dispatchEvent(new StorageEvent('storage', { key: OUTBOX_KEY }));
    expect(here.get().waiting).toEqual([]);
    stop();
  });
});

describe('an outbox that the browser can’t store', () => {
  it('says so, and sends all the same', async () => {
    const server = createServer();
    server.failWith(offline);
    const outbox = tab(server);
    outbox.keep([a]);
    const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    outbox.keep([b]);
    expect(outbox.get()).toMatchObject({ waiting: [a, b], isStored: false });
    full.mockRestore();
    server.failWith();
    await outbox.flush();
    expect([...server.kept.keys()]).toEqual(['a', 'b']);
    expect(outbox.get()).toMatchObject({ waiting: [], isStored: true });
  });
});
