import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

/** What every page is in: its heading, which takes the focus when the page is opened, and what can be done with the whole of it. */
export function Page({ title, actions, children }: { readonly title: string; readonly actions?: ComponentChildren; readonly children: ComponentChildren }): JSX.Element {
  return (
    <>
      <div class="page-head">
        <h1 id="page-title" tabIndex={-1}>
          {title}
        </h1>
        {actions === undefined ? undefined : <div class="actions">{actions}</div>}
      </div>
      {children}
    </>
  );
}

/** A part of a page with a heading of its own. */
export function Panel({ title, actions, children, wide = false }: { readonly title: string; readonly actions?: ComponentChildren; readonly children: ComponentChildren; readonly wide?: boolean }): JSX.Element {
  const id = useId();
  return (
    <section class={wide ? 'panel wide' : 'panel'} aria-labelledby={id}>
      <div class="panel-head">
        <h2 id={id}>{title}</h2>
        {actions === undefined ? undefined : <div class="actions">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
