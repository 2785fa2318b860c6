import type { JSX } from 'preact';
import { can } from '../../session';
import { Page } from '../../ui';
import { PhonesPanel } from './phones';
import { ProgramsPanel } from './programs';
import { texts } from './texts';
import './style.css';

/** Who may use the bridge: programs over the API, phones as scanners. */
export default function ClientsPage(): JSX.Element {
  const t = texts();
  return (
    <Page title={t.title}>
      {can('clients:admin') ? <ProgramsPanel /> : undefined}
      {can('phones:admin') ? <PhonesPanel /> : undefined}
    </Page>
  );
}
