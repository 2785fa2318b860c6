import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useQuery } from '../../api/use-query';
import { Button, ErrorNote, Foreign, Loading, Page, Panel } from '../../ui';
import { BackupsView } from './backups-view';
import { EditorView } from './editor-view';
import { HelpView } from './help-view';
import { texts } from './texts';
import { visibleLines } from './visible-lines';
import { useEditor } from './use-editor';
import './style.css';

type View = 'edit' | 'effective' | 'help' | 'backups';
const VIEWS: readonly View[] = ['edit', 'effective', 'help', 'backups'];

interface Shown {
  readonly yaml: string;
  readonly hosts: readonly string[];
}

/** The configuration: what is in effect, what every key means, and a careful editor. The editor stays while another view is open: so does what was typed. */
export default function ConfigPage(): JSX.Element {
  const t = texts();
  const [view, setView] = useState<View>('edit');
  const editor = useEditor();
  // asked again after each save
  const shown = useQuery<Shown>('/v1/config');
  useEffect(() => {
    if (editor.saved?.saved === true) shown.reload();
  }, [editor.saved]);
  const open = (text: string): void => {
    editor.setText(text);
    setView('edit');
  };
  return (
    <Page title={t.title}>
      <nav class="actions" aria-label={t.views}>
        {VIEWS.map((name) => (
          <Button key={name} pressed={view === name} onClick={() => select(name)}>
            {t[name]}
          </Button>
        ))}
      </nav>
      <div hidden={view !== 'edit'}>
        <EditorView editor={editor} hosts={shown.data?.hosts ?? []} />
      </div>
      {view === 'effective' ? <EffectiveView shown={shown.data} error={shown.error} reload={shown.reload} /> : undefined}
      {view === 'help' ? <HelpView /> : undefined}
      {view === 'backups' ? <BackupsView dirty={editor.dirty} onOpen={open} /> : undefined}
    </Page>
  );

  function select(name: View): void {
    if (name === 'effective') shown.reload();
    setView(name);
  }
}

function EffectiveView({ shown, error, reload }: { readonly shown: Shown | undefined; readonly error: ReturnType<typeof useQuery>['error']; readonly reload: () => void }): JSX.Element {
  const t = texts();
  return (
    <>
      <Panel title={t.hosts}>
        {shown === undefined ? undefined : shown.hosts.length === 0 ? (
          <p>{t.noHosts}</p>
        ) : (
          <ul class="plain-list">
            {shown.hosts.map((host) => (
              <li key={host}>
                <Foreign code text={host} />
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel title={t.effective}>
        <p class="hint">{t.effectiveHint}</p>
        <ErrorNote error={error} retry={reload} />
        {shown === undefined ? (
          error === undefined ? <Loading /> : undefined
        ) : (
          <pre class="code lines" tabIndex={0} aria-label={t.yaml}>
            {visibleLines(shown.yaml)}
          </pre>
        )}
      </Panel>
    </>
  );
}
