import type { Language } from '@tillbridge/core';

/** What can be wrong with an entry. */
export type ChainProblem =
  | 'changed'
  | 'missing'
  | 'outOfPlace'
  | 'checkpointForged'
  | 'checkpointMismatch'
  | 'checkpointMissing'
  | 'anchorForged'
  | 'headDamaged'
  | 'headMismatch'
  | 'keyMissing'
  | 'damaged';

/** The first entry that does not prove itself. `seq` 0: the file as a whole. */
export interface BadEntry {
  readonly seq: number;
  readonly problem: ChainProblem;
}

const TEXTS: Readonly<Record<ChainProblem, Readonly<Record<Language, string>>>> = {
  changed: { en: 'it was changed', ru: 'запись изменена' },
  missing: { en: 'entries from here on are missing', ru: 'начиная с этой записи часть записей отсутствует' },
  outOfPlace: { en: 'it does not follow the entry before it', ru: 'запись не продолжает предыдущую' },
  checkpointForged: { en: 'its checkpoint is not signed with the key of this machine', ru: 'контрольная точка не подписана ключом этой машины' },
  checkpointMismatch: { en: 'its checkpoint belongs to another entry', ru: 'контрольная точка относится к другой записи' },
  checkpointMissing: { en: 'a checkpoint before it was removed', ru: 'контрольная точка перед ней удалена' },
  anchorForged: { en: 'the signed mark of the deleted entries before it was changed', ru: 'изменена подписанная отметка об удалённых ранее записях' },
  headDamaged: { en: 'keys/journal.head is damaged', ru: 'файл keys/journal.head повреждён' },
  headMismatch: { en: 'it is not the entry that keys/journal.head names', ru: 'это не та запись, которую называет keys/journal.head' },
  keyMissing: { en: 'keys/journal.key is missing', ru: 'нет файла keys/journal.key' },
  damaged: { en: 'the file is damaged here', ru: 'файл здесь повреждён' },
};

/** A problem in words. */
export function problemText(problem: ChainProblem, language: Language = 'en'): string {
  return TEXTS[problem][language];
}

export function isChainProblem(text: string | null): text is ChainProblem {
  return text !== null && Object.hasOwn(TEXTS, text);
}
