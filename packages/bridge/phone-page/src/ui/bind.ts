import type { PhoneApp } from '../app/phone-app.js';
import { element } from './element.js';

/** From touches and keys to what they mean. */
export function bind(app: PhoneApp, page: { readonly video: HTMLVideoElement; readonly touched: () => void; readonly model: string }): void {
  const on = (id: string, event: 'click' | 'change', act: (node: HTMLElement) => void): void => {
    const node = element(id, HTMLElement);
    node.addEventListener(event, () => act(node));
  };
  document.addEventListener('pointerdown', page.touched, { passive: true });
  document.addEventListener('visibilitychange', () => app.visible(document.visibilityState === 'visible'));
  for (const button of document.querySelectorAll<HTMLElement>('[data-do]')) {
    button.addEventListener('click', () => app.press(button.dataset['do'] as 'confirm' | 'cancel' | 'done'));
  }
  // the whole answer is a button for a thumb in a hurry
  on('answer', 'click', () => app.press('done'));
  on('type', 'click', () => app.typeIt());
  on('type-instead', 'click', () => app.typeIt());
  on('forget', 'click', () => void app.forget());
  on('torch', 'click', () => void app.torch());
  on('zoom', 'click', () => app.zoom());
  on('till', 'change', () => app.choose(element('till', HTMLSelectElement).value));
  on('cameras', 'change', () => void app.chooseCamera(element('cameras', HTMLSelectElement).value));
  on('photo', 'change', () => {
    const input = element('photo', HTMLInputElement);
    const [file] = input.files ?? [];
    // the same photo may be chosen again
    input.value = '';
    if (file !== undefined) void app.photo(file);
  });
  form('naming', (data) => app.pair(text(data, 'name'), page.model));
  form('typing', (data) => app.submit(kind(data), text(data, 'number')));
  element('typing', HTMLFormElement).addEventListener('change', (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === 'kind') app.typingKind(kind(new FormData(element('typing', HTMLFormElement))));
  });
}

function form(id: string, send: (data: FormData) => void): void {
  const node = element(id, HTMLFormElement);
  node.addEventListener('submit', (event) => {
    event.preventDefault();
    send(new FormData(node));
  });
}

function text(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}

function kind(data: FormData): 'card' | 'phone' {
  return data.get('kind') === 'phone' ? 'phone' : 'card';
}
