import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Stroke } from '../ink/strokes';
import { answerOf } from '../testing/answers';
import { createHistoryStore, HISTORY_KEY, type HistoryStore } from './historyStore';

const stroke: Stroke = [[0.1, 0.2], [0.3, 0.4]]; // prettier-ignore
const other: Stroke = [[0.5, 0.5], [0.6, 0.7]]; // prettier-ignore

const ids = (store: HistoryStore) => store.get().entries.map(({ id }) => id);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Another moment, so that versions can be told apart. */
function later() {
  vi.advanceTimersByTime(1000);
}

describe('the history', () => {
  it('keeps one entry a drawing, newest first, at most 24, through a reload', () => {
    const store = createHistoryStore();
    for (let i = 0; i < 30; i++) store.record(String(i), [stroke], answerOf(i % 10));
    store.record('29', [stroke, stroke], answerOf(4));
    expect(store.get().entries).toHaveLength(24);
    expect(store.get().entries[0]).toMatchObject({ id: '29', digit: 4, strokes: [stroke, stroke] });
    store.remove('29');
    expect(ids(createHistoryStore())[0]).toBe('28');
    store.removeAll();
    expect(ids(store)).toEqual([]);
  });

  it('keeps a number with its whole text through a reload', () => {
    const number = { ...answerOf(null), probabilities: [], text: '42', confidence: 0.9 };
    createHistoryStore().record('a', [stroke, other], number);
    expect(createHistoryStore().get().entries).toMatchObject([{ id: 'a', text: '42', confidence: 0.9, character: null }]);
  });

  it('leaves an entry as it is when the same drawing is read again', () => {
    const store = createHistoryStore();
    store.record('a', [stroke], answerOf(4));
    const [before] = store.get().entries;
    later();
    const afterReload = createHistoryStore();
    afterReload.record('a', [stroke], answerOf(4));
    expect(afterReload.get().entries).toEqual([before]);
  });

  it('still has what an earlier version of the page stored', () => {
    createHistoryStore().record('a', [stroke], answerOf(4));
    const { entries } = JSON.parse(localStorage.getItem(HISTORY_KEY) ?? '') as { entries: unknown };
    localStorage.setItem(HISTORY_KEY, JSON.stringify(entries));
    expect(ids(createHistoryStore())).toEqual(['a']);
  });

  it.each(['', 'null', '7', '{}', '{"entries": 1}', '[null, {}]', '{"entries": [], "deleted": [null]}'])(
    'starts empty where %j is stored',
    (text) => {
      localStorage.setItem(HISTORY_KEY, text);
      const { entries, deleted } = createHistoryStore().get();
      expect([...entries, ...deleted]).toEqual([]);
    },
  );
});

describe('what is deleted from the history', () => {
  it('is not recorded again, neither by this page nor after a reload', () => {
    const store = createHistoryStore();
    store.record('one by one', [stroke], answerOf(1));
    store.record('with all', [stroke], answerOf(2));
    store.remove('one by one');
    store.removeAll();
    for (const page of [store, createHistoryStore()]) {
      page.record('one by one', [stroke], answerOf(1));
      page.record('with all', [stroke, other], answerOf(2));
      expect(ids(page)).toEqual([]);
      expect(page.isDeleted('with all')).toBe(true);
    }
    store.record('new', [stroke], answerOf(1));
    expect(ids(store)).toEqual(['new']);
  });

  it('is not recorded again by another tab that still shows it', () => {
    const [here, there] = [createHistoryStore(), createHistoryStore()];
    there.record('a', [stroke], answerOf(1));
    here.removeAll();
    there.record('a', [stroke], answerOf(1));
    there.record('b', [stroke], answerOf(2));
    expect(ids(createHistoryStore())).toEqual(['b']);
  });
});

describe('the history in two tabs', () => {
  it('has what each of them recorded', () => {
    const [here, there] = [createHistoryStore(), createHistoryStore()];
    here.record('a', [stroke], answerOf(1));
    there.record('b', [stroke], answerOf(2));
    here.record('c', [stroke], answerOf(3));
    expect(ids(createHistoryStore())).toEqual(['c', 'b', 'a']);
  });

  it('shows in each what happens in the other', () => {
    const [here, there] = [createHistoryStore(), createHistoryStore()];
    const onChange = vi.fn();
    const stop = here.subscribe(onChange);
    there.record('b', [stroke], answerOf(2));
    window.dispatchEvent(new StorageEvent('storage', { key: HISTORY_KEY }));
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(ids(here)).toEqual(['b']);
    stop();
    window.dispatchEvent(new StorageEvent('storage', { key: HISTORY_KEY }));
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it('keeps both where each goes on with the same drawing', () => {
    createHistoryStore().record('a', [stroke], answerOf(1));
    const [here, there] = [createHistoryStore(), createHistoryStore()];
    later();
    here.record('a', [stroke, stroke], answerOf(4));
    later();
    there.record('a', [stroke, other], answerOf(7));
    there.record('a', [stroke, other, other], answerOf(9));
    expect(createHistoryStore().get().entries.map(({ digit }) => digit)).toEqual([9, 4]);
    there.removeAll();
    there.record('a', [stroke, other], answerOf(7));
    expect(ids(there)).toEqual([]);
  });
});

describe('a history that the browser can’t keep', () => {
  const refuse = () =>
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });

  it('says so, and stays whole while the page is open', () => {
    const store = createHistoryStore();
    store.record('a', [stroke], answerOf(1));
    expect(store.get().isStored).toBe(true);
    refuse();
    store.record('b', [stroke], answerOf(2));
    store.record('c', [stroke], answerOf(3));
    expect(store.get().isStored).toBe(false);
    expect(ids(store)).toEqual(['c', 'b', 'a']);
    store.remove('a');
    store.remove('b');
    store.record('b', [stroke], answerOf(2));
    expect(ids(store)).toEqual(['c']);
  });

  it('is kept once there is room', () => {
    const store = createHistoryStore();
    const full = refuse();
    store.record('a', [stroke], answerOf(1));
    full.mockRestore();
    store.record('b', [stroke], answerOf(2));
    expect(store.get().isStored).toBe(true);
    expect(ids(createHistoryStore())).toEqual(['b', 'a']);
  });
});
