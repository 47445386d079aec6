import { describe, expect, it } from 'vitest';
import { createTeacherStore, TEACHER_KEY } from './teacherStore';

describe('the teacher', () => {
  it('has no secret before it agrees, and one of 128 bits from then on', () => {
    const store = createTeacherStore();
    expect(store.get()).toEqual({ collection: 'default' });
    expect(localStorage.getItem(TEACHER_KEY)).toBeNull();
    store.agree();
    const { secret } = store.get();
    expect(secret).toMatch(/^[0-9a-f]{32}$/);
    store.refuse();
    store.agree();
    expect(createTeacherStore().get()).toMatchObject({ consent: 'yes', secret });
  });

  it('has one secret in two tabs, and agrees or refuses in both', () => {
    const [here, there] = [createTeacherStore(), createTeacherStore()];
    here.subscribe(() => undefined);
    there.agree();
    here.agree();
    expect(here.get().secret).toBe(there.get().secret);
    there.refuse();
    window.dispatchEvent(new StorageEvent('storage', { key: TEACHER_KEY }));
    expect(here.get().consent).toBe('no');
  });

  it('forgets an empty token, and has a collection always', () => {
    const store = createTeacherStore();
    store.setToken(' abc ');
    store.setCollection(' class 3b ');
    expect(createTeacherStore().get()).toMatchObject({ token: 'abc', collection: 'class 3b' });
    store.setToken(' ');
    store.setCollection(' ');
    expect(createTeacherStore().get()).toEqual({ collection: 'default' });
  });

  it.each(['', 'null', '[]', '7', '{"secret": "short", "consent": "maybe", "collection": 7}'])('is nobody where %j is stored', (text) => {
    localStorage.setItem(TEACHER_KEY, text);
    expect(createTeacherStore().get()).toEqual({ collection: 'default' });
  });
});
