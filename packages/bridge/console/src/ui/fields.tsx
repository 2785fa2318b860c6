import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  readonly label: string;
  /** What may stand here, in a few words. */
  readonly hint?: string;
  /** What is wrong with what stands here. */
  readonly error?: string;
}

interface Ids {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
}

function Field({ label, hint, error, children }: FieldProps & { readonly children: (ids: Ids) => ComponentChildren }): JSX.Element {
  const id = useId();
  const described = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`].filter((part) => part !== '').join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint === undefined ? undefined : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({ id, 'aria-describedby': described === '' ? undefined : described, 'aria-invalid': error === undefined ? undefined : true })}
      {error === undefined ? undefined : (
        <p class="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

export interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly type?: 'text' | 'search' | 'tel' | 'number' | 'datetime-local';
  readonly inputMode?: 'text' | 'numeric' | 'tel' | 'search';
  readonly autoComplete?: string;
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly autoFocus?: boolean;
  /** Codes and numbers: letters of one width, no correction by the browser. */
  readonly code?: boolean;
}

export function TextField({ label, hint, error, value, onInput, type = 'text', inputMode, autoComplete = 'off', maxLength, placeholder, required, readOnly, autoFocus, code = false }: TextFieldProps): JSX.Element {
  return (
    <Field {...named(label, hint, error)}>
      {(ids) => (
        <input
          {...ids}
          class={code ? 'code' : undefined}
          // what differs by type in the attributes is nothing that is used here
          {...({ type } as { readonly type: 'text' })}
          value={value}
          inputMode={inputMode}
          autocomplete={autoComplete}
          autocapitalize="off"
          spellcheck={false}
          maxLength={maxLength}
          placeholder={placeholder}
          required={required}
          readOnly={readOnly}
          ref={autoFocus === true ? focusFirst : null}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export interface TextAreaProps extends FieldProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly rows?: number;
  readonly code?: boolean;
  readonly readOnly?: boolean;
}

export function TextArea({ label, hint, error, value, onInput, rows = 8, code = false, readOnly }: TextAreaProps): JSX.Element {
  return (
    <Field {...named(label, hint, error)}>
      {(ids) => (
        <textarea {...ids} class={code ? 'code' : undefined} rows={rows} value={value} readOnly={readOnly} spellcheck={false} onInput={(event) => onInput(event.currentTarget.value)} />
      )}
    </Field>
  );
}

export interface SelectFieldProps<Value extends string> extends FieldProps {
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly onChange: (value: Value) => void;
}

export function SelectField<Value extends string>({ label, hint, error, value, options, onChange }: SelectFieldProps<Value>): JSX.Element {
  return (
    <Field {...named(label, hint, error)}>
      {(ids) => (
        <select {...ids} value={value} onChange={(event) => onChange(event.currentTarget.value as Value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export interface CheckFieldProps {
  readonly label: ComponentChildren;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}

export function CheckField({ label, checked, onChange, disabled }: CheckFieldProps): JSX.Element {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}

export interface FileFieldProps extends FieldProps {
  /** As in the attribute of HTML: `.csv,.jsonl`. */
  readonly accept?: string;
  readonly onPick: (file: File | undefined) => void;
}

export function FileField({ label, hint, error, accept, onPick }: FileFieldProps): JSX.Element {
  return (
    <Field {...named(label, hint, error)}>
      {(ids) => <input {...ids} type="file" accept={accept} onChange={(event) => onPick(event.currentTarget.files?.[0])} />}
    </Field>
  );
}

function named(label: string, hint: string | undefined, error: string | undefined): FieldProps {
  return { label, ...(hint === undefined ? {} : { hint }), ...(error === undefined ? {} : { error }) };
}

function focusFirst(element: HTMLElement | null): void {
  element?.focus();
}
