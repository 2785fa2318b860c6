import type { JSX } from 'preact';
import { defineTexts } from '../../i18n';
import { Empty, Page } from '../../ui';

const texts = defineTexts({ en: { title: 'health', soon: '…' }, ru: { title: 'health', soon: '…' } });

export default function Placeholder(): JSX.Element {
  const t = texts();
  return (
    <Page title={t.title}>
      <Empty>{t.soon}</Empty>
    </Page>
  );
}
