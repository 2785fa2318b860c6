import type { JSX } from 'preact';
import { Button, Notice, TextArea } from '../../ui';
import { lineDiff } from './line-diff';
import { texts } from './texts';
import type { ConfigFile } from './use-editor';
import { visibleLines } from './visible-lines';

export interface ConflictViewProps {
  readonly mine: string;
  readonly theirs: ConfigFile;
  readonly busy: boolean;
  readonly disabled: boolean;
  readonly onOverwrite: () => void;
  readonly onTake: () => void;
}

/** Two people have edited one file: both texts, where they differ, and who goes on. */
export function ConflictView({ mine, theirs, busy, disabled, onOverwrite, onTake }: ConflictViewProps): JSX.Element {
  const t = texts();
  const diff = lineDiff(mine, theirs.text);
  return (
    <div class="stack wide conflict">
      <Notice kind="warn">{t.conflict}</Notice>
      {diff === undefined ? (
        <p>{t.tooManyLines}</p>
      ) : (
        <>
          <Lines title={t.onlyTheirs} lines={diff.onlyTheirs} sign="+" />
          <Lines title={t.onlyMine} lines={diff.onlyMine} sign="−" />
        </>
      )}
      <TextArea label={t.theirs} value={theirs.text} onInput={() => undefined} rows={12} code readOnly />
      <div class="actions">
        <Button onClick={onTake}>{t.takeTheirs}</Button>
        <Button kind="danger" busy={busy} disabled={disabled} onClick={onOverwrite}>
          {t.overwrite}
        </Button>
      </div>
    </div>
  );
}

function Lines({ title, lines, sign }: { readonly title: string; readonly lines: readonly string[]; readonly sign: string }): JSX.Element | null {
  if (lines.length === 0) return null;
  return (
    <div class="wide">
      <h3>{title}</h3>
      <pre class="code lines" tabIndex={0} aria-label={title}>
        {visibleLines(lines.map((line) => `${sign} ${line}`).join('\n'))}
      </pre>
    </div>
  );
}
