import type { ComponentChildren, JSX } from 'preact';

export interface ButtonProps {
  readonly children: ComponentChildren;
  readonly kind?: 'primary' | 'plain' | 'danger' | 'quiet';
  readonly type?: 'button' | 'submit';
  /** Under way: it can be reached, and does nothing. */
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly onClick?: () => unknown;
  /** For a button whose text alone does not say enough. */
  readonly label?: string;
  readonly pressed?: boolean;
}

export function Button({ children, kind = 'plain', type = 'button', busy = false, disabled = false, onClick, label, pressed }: ButtonProps): JSX.Element {
  return (
    <button
      type={type}
      class={`button ${kind}`}
      disabled={disabled}
      // a button that vanishes from the order of keys under the finger loses the focus: it only says that it is off
      aria-disabled={busy}
      aria-busy={busy}
      aria-label={label}
      aria-pressed={pressed}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.();
      }}
    >
      {busy ? <span class="spinner" aria-hidden="true" /> : undefined}
      {children}
    </button>
  );
}
