import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ApiError } from './client';
import { asApiError } from './use-query';

export interface Action<Args extends readonly unknown[], Answer> {
  /** Does the work; while it is under way a second call does nothing and gives undefined, and so does one that fails. */
  readonly run: (...args: Args) => Promise<Answer | undefined>;
  readonly busy: boolean;
  /** Why the last one failed. */
  readonly error: ApiError | undefined;
  readonly clear: () => void;
}

/** Something that changes things: once for each click that the user means. The signal aborts when the component goes. */
export function useAction<Args extends readonly unknown[], Answer>(work: (signal: AbortSignal, ...args: Args) => Promise<Answer>): Action<Args, Answer> {
  const [state, setState] = useState<{ readonly busy: boolean; readonly error: ApiError | undefined }>({ busy: false, error: undefined });
  const running = useRef(false);
  const gone = useRef<AbortController>(undefined);
  gone.current ??= new AbortController();
  const { signal } = gone.current;
  const latest = useRef(work);
  latest.current = work;
  useEffect(() => () => gone.current?.abort(), []);
  const run = useCallback(async (...args: Args): Promise<Answer | undefined> => {
    if (running.current || signal.aborted) return undefined;
    running.current = true;
    const settle = (error: ApiError | undefined): void => {
      if (!signal.aborted) setState({ busy: false, error });
    };
    setState({ busy: true, error: undefined });
    try {
      const answer = await latest.current(signal, ...args);
      settle(undefined);
      return answer;
    } catch (error) {
      settle(asApiError(error));
      return undefined;
    } finally {
      running.current = false;
    }
  }, [signal]);
  const clear = useCallback(() => setState((before) => ({ ...before, error: undefined })), []);
  return { run, ...state, clear };
}
