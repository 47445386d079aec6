import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { deleteAllLessons, deleteLesson, getTeaching, sendLesson } from '../api/client';
import { ApiFailure } from '../api/failures';
import type { Lesson, Teacher, Teaching } from '../api/teaching';
import type { Server } from '../reading/useServer';
import { createOutbox, type Task } from './outbox';
import { lessonOf, type Subject } from './subject';
import { createTeacherStore, type TeacherStore } from './teacherStore';

export const TEACHING = ['teaching'];

/** What the person said that something was, and by which lesson. */
export interface Taught {
  readonly id: string;
  readonly meant: string | null;
}

/** What a person is asked before the first lesson is kept. */
type Asking = { readonly lessons: readonly Lesson[]; readonly subject?: Subject } | undefined;

/** Whether this server learns from corrections, what the person allows, and what can be done with both. */
export function useTeaching(server: Server) {
  const [teacherStore] = useState(createTeacherStore);
  const teacher = useSyncExternalStore(teacherStore.subscribe, teacherStore.get);
  const [outbox] = useState(() => createOutbox((task) => doTask(task, teacherStore)));
  const sent = useSyncExternalStore(outbox.subscribe, outbox.get);
  const [taught, setTaught] = useState<ReadonlyMap<string, Taught>>(new Map());
  const [asking, setAsking] = useState<Asking>();
  const [isRoomless, setRoomless] = useState(false);
  const client = useQueryClient();

  const { secret, token, consent, collection } = teacher;
  // Asked under one name whoever teaches: what is known of the server stays known while it is away.
  const { data } = useQuery({
    queryKey: [...TEACHING, 'state'],
    queryFn: ({ signal }) => askAboutTeaching(teacherStore.get(), signal),
    staleTime: 60_000,
    retry: false,
    networkMode: 'always',
  });
  const mode = data?.teaching ?? 'off';

  useEffect(() => {
    if (server === 'ready' && mode !== 'off') void outbox.flush();
  }, [server, mode, token, outbox]);

  const { done } = sent;
  useEffect(() => {
    if (done > 0 || secret !== undefined) void client.invalidateQueries({ queryKey: TEACHING });
  }, [done, secret, client]);

  const keep = useCallback(
    (lessons: readonly Lesson[], subject?: Subject) => {
      const hasRoom = outbox.keep(lessons);
      setRoomless(!hasRoom);
      if (!hasRoom || !subject) return;
      const [{ id, meant }] = lessons;
      setTaught((now) => new Map([...now, [subject.key, { id, meant }]]));
    },
    [outbox],
  );
  /** Keeps lessons, once the person has agreed that any are kept; `subject` is what a single one is about. */
  const teach = useCallback(
    (lessons: readonly Lesson[], subject?: Subject) => {
      if (teacherStore.get().consent === 'yes') keep(lessons, subject);
      else setAsking({ lessons, subject });
    },
    [keep, teacherStore],
  );
  const takeBack = useCallback(
    (ids: readonly string[]) => {
      outbox.remove(ids);
      setTaught((now) => new Map([...now].filter(([, { id }]) => !ids.includes(id))));
    },
    [outbox],
  );

  return useMemo(
    () => ({
      mode,
      /** Whether this person may teach here, and hasn't refused to. */
      isOpen: consent !== 'no' && (mode === 'on' || (mode === 'token' && token !== undefined)),
      consent,
      token,
      collection,
      collections: data?.collections ?? [],
      /** How many lessons the server keeps of this person, and the most it would. */
      kept: data?.kept ?? 0,
      limit: data?.limit,
      teacher: { secret, token },
      outbox: sent,
      /** Whether the last lesson found no room among those that wait. */
      isRoomless,
      taughtOf: (subject: Subject) => taught.get(subject.key),
      /** Says what `subject` was meant to be; null for nothing of its alphabet. */
      correct: (subject: Subject, meant: string | null) => {
        const former = taught.get(subject.key);
        if (former) takeBack([former.id]);
        teach([lessonOf(subject, meant, collection)], subject);
      },
      teach,
      takeBack,
      removeAll: () => {
        outbox.removeAll();
        setTaught(new Map());
      },
      sendAgain: () => void outbox.flush(),
      setToken: teacherStore.setToken,
      setCollection: teacherStore.setCollection,
      /** Whether the person is being asked for consent. */
      isAsking: asking !== undefined,
      ask: () => {
        setAsking({ lessons: [] });
      },
      agree: () => {
        teacherStore.agree();
        if (asking && asking.lessons.length > 0) keep(asking.lessons, asking.subject);
        setAsking(undefined);
      },
      refuse: () => {
        teacherStore.refuse();
        outbox.forget();
        setTaught(new Map());
        setAsking(undefined);
      },
      /** Leaves the question open. */
      dismiss: () => {
        setAsking(undefined);
      },
    }),
    [mode, consent, token, collection, data, secret, sent, isRoomless, taught, teach, takeBack, keep, outbox, teacherStore, asking],
  );
}

export type TeachingState = ReturnType<typeof useTeaching>;

/** With its database away the server still says whether it takes lessons, but not how many it keeps. */
async function askAboutTeaching(teacher: Teacher, signal: AbortSignal): Promise<Teaching> {
  try {
    return await getTeaching(teacher, signal);
  } catch (error) {
    if (error instanceof ApiFailure && error.code === 'store_unavailable') return getTeaching({}, signal);
    throw error;
  }
}

async function doTask(task: Task, teacherStore: TeacherStore): Promise<void> {
  const teacher = teacherStore.get();
  if (task.do === 'keep') await sendLesson(task.lesson, teacher);
  else if (task.do === 'delete') await deleteLesson(task.id, teacher).catch(ignoreMissing);
  else await deleteAllLessons(teacher);
}

/** What isn't there needs no deleting. */
function ignoreMissing(error: unknown): void {
  if (!(error instanceof ApiFailure && error.status === 404)) throw error;
}
