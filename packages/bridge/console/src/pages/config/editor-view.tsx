import type { JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { count, number } from '../../i18n';
import { can } from '../../session';
import { Button, ErrorNote, Foreign, Loading, Notice, Panel, visible } from '../../ui';
import { useUnsaved } from '../../unsaved';
import { ConflictView } from './conflict-view';
import { texts } from './texts';
import type { Checked, Editor, Problem, Saved } from './use-editor';

/** The text, what is wrong with it, and saving. */
export function EditorView({ editor, hosts }: { readonly editor: Editor; readonly hosts: readonly string[] }): JSX.Element {
  const t = texts();
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const { base, text, dirty, checked, tooLarge, theirs, saved, load, save } = editor;
  useUnsaved(dirty);
  if (base === undefined) return <Panel title={t.edit}>{load.error === undefined ? <Loading /> : <ErrorNote error={load.error} retry={() => void load.run()} />}</Panel>;
  const writable = can('config:write') && base.readOnly === undefined;
  return (
    <Panel title={t.edit}>
      <WhyNot readOnly={base.readOnly} />
      <div class="stack">
        <div class="field config-field">
          <label for={id}>{t.file}</label>
          <p class="hint">
            <Foreign text={t.of(base.path)} max={500} />
          </p>
          <textarea
            id={id}
            ref={area}
            class="code config-text"
            rows={24}
            value={text}
            readOnly={!writable}
            spellcheck={false}
            autocapitalize="off"
            wrap="off"
            aria-describedby={`${id}-problems`}
            aria-invalid={checked?.ok === false ? true : undefined}
            onInput={(event) => editor.setText(event.currentTarget.value)}
          />
        </div>
        <div id={`${id}-problems`} class="wide" role="status">
          {tooLarge ? <Notice kind="warn">{t.tooLarge}</Notice> : can('config:write') ? <Verdict checked={checked} hosts={hosts} consoleNow={editor.consoleNow ?? location.host} onGo={(problem) => goTo(area.current, text, problem)} /> : undefined}
        </div>
        {theirs === undefined ? undefined : <ConflictView mine={text} theirs={theirs} busy={save.busy} disabled={checked?.ok !== true} onOverwrite={() => void save.run()} onTake={editor.takeTheirs} />}
        <ErrorNote error={save.error} />
        <div role="status" class="wide">
          {saved === undefined ? undefined : <SavedView saved={saved} />}
        </div>
        {writable && theirs === undefined ? (
          <div class="actions">
            <Button kind="primary" busy={save.busy} disabled={!dirty || tooLarge || checked?.ok !== true} onClick={() => void save.run()}>
              {t.save}
            </Button>
            <Button disabled={!dirty} onClick={() => editor.setText(base.text)}>
              {t.undo}
            </Button>
          </div>
        ) : undefined}
      </div>
    </Panel>
  );
}

function WhyNot({ readOnly }: { readonly readOnly: string | undefined }): JSX.Element | null {
  const t = texts();
  if (!can('config:write')) return <Notice>{t.noWrite}</Notice>;
  if (readOnly === undefined) return null;
  return (
    <Notice kind="warn">
      <p>
        {t.readOnly} <Foreign text={readOnly} />
      </p>
      <p>{t.readOnlyDo}</p>
    </Notice>
  );
}

/** Puts the cursor where the mistake is. */
function goTo(area: HTMLTextAreaElement | null, text: string, { line, column }: Problem): void {
  if (area === null) return;
  const lines = text.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, row) => sum + row.length + 1, 0) + Math.max(0, column - 1);
  area.focus();
  area.setSelectionRange(start, start);
  area.scrollTop = Math.max(0, (line - 5) / lines.length) * area.scrollHeight;
}

function Verdict({ checked, hosts, consoleNow, onGo }: { readonly checked: Checked | undefined; readonly hosts: readonly string[]; readonly consoleNow: string; readonly onGo: (problem: Problem) => void }): JSX.Element {
  const t = texts();
  if (checked === undefined) return <p class="muted">{t.checking}</p>;
  const added = checked.hosts.filter((host) => !hosts.includes(host));
  return (
    <div class="stack">
      {checked.ok ? <p>{t.valid}</p> : <Problems title={count(checked.problems.length, t.mistakes)} problems={checked.problems} onGo={onGo} />}
      {checked.warnings.length === 0 ? undefined : <Problems title={t.warnings} problems={checked.warnings} onGo={onGo} />}
      {added.length === 0 ? undefined : (
        <Notice kind="warn">
          <Foreign text={t.newHosts(added.join(', '))} max={1000} />
        </Notice>
      )}
      {checked.console === undefined || checked.console === consoleNow ? undefined : <Notice kind="warn">{t.willClose}</Notice>}
    </div>
  );
}

/** A hundred are more than anybody mends at once. */
const MAX_SHOWN = 100;

function Problems({ title, problems, onGo }: { readonly title: string; readonly problems: readonly Problem[]; readonly onGo?: (problem: Problem) => void }): JSX.Element {
  const t = texts();
  return (
    <div class="problems">
      <h3>{title}</h3>
      <ul>
        {problems.slice(0, MAX_SHOWN).map((problem) => {
          const place = t.place(number(problem.line), number(problem.column));
          return (
            <li key={`${String(problem.line)}:${String(problem.column)} ${problem.keyPath} ${problem.message}`}>
              {onGo === undefined ? (
                place
              ) : (
                <Button kind="quiet" onClick={() => onGo(problem)}>
                  {place}
                </Button>
              )}{' '}
              <Foreign code text={problem.keyPath} />: {visible(problem.message, 600)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function SavedView({ saved: { saved, backup, problems = [], reload } }: { readonly saved: Saved }): JSX.Element {
  const t = texts();
  if (!saved) return <Problems title={count(problems.length, t.mistakes)} problems={problems} />;
  return (
    <Notice kind={reload?.ok === true ? 'good' : 'bad'}>
      <p>{reload?.ok !== true ? t.notApplied : backup === null ? t.same : t.saved}</p>
      {reload?.error === undefined ? undefined : (
        <p>
          <Foreign text={`${reload.error.message} ${reload.error.remedy}`} max={1000} /> <span class="error-code">{reload.error.code}</span>
        </p>
      )}
      {backup === null || backup === undefined ? undefined : <p>{t.savedAs(backup)}</p>}
      {reload?.ok === true ? <Parts title={t.changed} parts={reload.changed ?? []} none={t.nothingChanged} /> : undefined}
      {(reload?.restartNeeded ?? []).length === 0 ? undefined : <Parts title={t.restart} parts={reload?.restartNeeded ?? []} none="" />}
    </Notice>
  );
}

function Parts({ title, parts, none }: { readonly title: string; readonly parts: readonly string[]; readonly none: string }): JSX.Element {
  if (parts.length === 0) return <p>{none}</p>;
  return (
    <>
      <p>{title}:</p>
      <ul class="plain-list">
        {parts.map((part) => (
          <li key={part}>
            <Foreign code text={part} />
          </li>
        ))}
      </ul>
    </>
  );
}
