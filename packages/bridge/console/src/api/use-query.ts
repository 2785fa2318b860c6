import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { clock } from '../clock';
import { language } from '../i18n';
import { session } from '../session';
import { ApiError, get } from './client';

export interface Query<Answer> {
  /** The last answer; it stays while a newer one is asked for, and where that fails. */
  readonly data: Answer | undefined;
  readonly error: ApiError | undefined;
  readonly loading: boolean;
  readonly reload: () => void;
}

export interface QueryOptions {
  /** Asks again this often, in ms, while the page can be seen. */
  readonly every?: number;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
}

/** Asks the daemon when the component appears, when path, query or language change, and on `reload`. `path` undefined: not at all. */
export function useQuery<Answer>(path: string | undefined, { every, query }: QueryOptions = {}): Query<Answer> {
  const [state, setState] = useState<Omit<Query<Answer>, 'reload'>>({ data: undefined, error: undefined, loading: path !== undefined });
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  const key = `${path ?? ''} ${JSON.stringify(query ?? {})} ${language.value} ${session.value?.clientId ?? ''}`;
  const options = useRef(query);
  options.current = query;
  useEffect(() => {
    if (path === undefined || session.peek() === undefined) return undefined;
    const leave = new AbortController();
    let cancel: (() => void) | undefined;
    const ask = async (): Promise<void> => {
      setState((before) => ({ ...before, loading: true }));
      try {
        const data = await get<Answer>(path, { signal: leave.signal, ...(options.current === undefined ? {} : { query: options.current }) });
        if (!leave.signal.aborted) setState({ data, error: undefined, loading: false });
      } catch (error) {
        if (!leave.signal.aborted) setState((before) => ({ ...before, error: asApiError(error), loading: false }));
      }
      if (every !== undefined && !leave.signal.aborted) cancel = clock.timer(every, next);
    };
    const next = (): void => {
      if (!document.hidden) void ask();
      else document.addEventListener('visibilitychange', next, { once: true, signal: leave.signal });
    };
    void ask();
    return () => {
      leave.abort();
      cancel?.();
    };
  }, [key, round, every]);
  return { ...state, reload };
}

/** What is no failure of a call is a mistake of the page: it is said in the browser's console too. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  console.error(error);
  return new ApiError('unreadable', error instanceof Error ? error.message : '');
}
