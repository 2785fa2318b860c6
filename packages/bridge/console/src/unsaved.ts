import { useEffect } from 'preact/hooks';

const dirty = new Set<symbol>();

/** Whether something was typed that is nowhere else yet. */
export const hasUnsaved = (): boolean => dirty.size > 0;

/** While `changed`, the page is not reloaded by itself, and the browser asks before it is closed. */
export function useUnsaved(changed: boolean): void {
  useEffect(() => {
    if (!changed) return undefined;
    const mark = Symbol('unsaved');
    dirty.add(mark);
    return () => void dirty.delete(mark);
  }, [changed]);
}

export function askBeforeLeaving(): void {
  addEventListener('beforeunload', (event) => {
    if (hasUnsaved()) event.preventDefault();
  });
}
