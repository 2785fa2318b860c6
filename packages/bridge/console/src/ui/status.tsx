import type { ComponentChildren, JSX } from 'preact';

export type Health = 'healthy' | 'degraded' | 'down';

/** A dot of a shape and a colour, and what it means in words: nothing is told by colour alone. */
export function Status({ health, children }: { readonly health: Health | 'idle'; readonly children: ComponentChildren }): JSX.Element {
  return (
    <span class={`status ${health}`}>
      <span class="dot" aria-hidden="true" />
      <span>{children}</span>
    </span>
  );
}
