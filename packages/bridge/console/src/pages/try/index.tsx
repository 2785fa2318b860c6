import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Readers } from '../../api/answers';
import { useQuery } from '../../api/use-query';
import { defineTexts } from '../../i18n';
import { can } from '../../session';
import { Page } from '../../ui';
import { DeliverPanel } from './deliver-panel';
import { TracePanel } from './trace-panel';
import './try.css';

const texts = defineTexts({ en: { title: 'Try a code' }, ru: { title: 'Проверить код' } });

/** What a code would become, and the way in for a number that the guest only says. */
export default function Try(): JSX.Element {
  const { data } = useQuery<Readers>(can('status:read') ? '/v1/readers' : undefined);
  const readers = data?.readers.map(({ id }) => id) ?? [];
  const [reader, setReader] = useState('');
  const choice = { readers, reader, setReader };
  return (
    <Page title={texts().title}>
      <div class="panels">
        {can('scan:read') ? <TracePanel {...choice} /> : undefined}
        {can('scan:inject') ? <DeliverPanel {...choice} /> : undefined}
      </div>
    </Page>
  );
}
