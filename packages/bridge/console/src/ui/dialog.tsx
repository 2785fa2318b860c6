import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

export interface DialogProps {
  readonly title: string;
  readonly open: boolean;
  /** Escape, or a press beside it. */
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  /** Its buttons; the one that changes nothing first. */
  readonly actions?: ComponentChildren;
}

/** Modal: the browser keeps the focus inside and gives it back. What is in it exists only while it is open. */
export function Dialog({ title, open, onClose, children, actions }: DialogProps): JSX.Element | null {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = element.current;
    if (!open || dialog === null || dialog.open) return;
    dialog.showModal();
  }, [open]);
  if (!open) return null;
  return (
    <dialog
      ref={element}
      class="dialog"
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === element.current) onClose();
      }}
    >
      <div class="dialog-body">
        <h2 id={heading}>{title}</h2>
        {children}
        {actions === undefined ? undefined : <div class="actions">{actions}</div>}
      </div>
    </dialog>
  );
}
