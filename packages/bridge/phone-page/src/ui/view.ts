import { LANGUAGES, type Language, type Words } from '../i18n/index.js';
import type { Model } from '../app/model.js';
import { element } from './element.js';

/** Draws the model: every text is set as text. Nothing is decided here. */
export class View {
  readonly #words: Words;
  #last: Model | undefined;

  constructor(language: Language) {
    this.#words = LANGUAGES[language];
    document.documentElement.lang = language;
    document.title = this.#words.title;
    for (const node of document.querySelectorAll<HTMLElement>('[data-text]')) {
      const text: unknown = this.#words[node.dataset['text'] as keyof Words];
      if (typeof text === 'string') node.textContent = text;
    }
    element('name', HTMLInputElement).placeholder = this.#words.namePlaceholder;
  }

  draw(model: Model): void {
    const last = this.#last;
    this.#last = model;
    if (last?.state !== model.state) this.#state(model);
    this.#bar(model);
    this.#camera(model);
    this.#sheets(model);
    this.#answer(model);
  }

  #state({ state }: Model): void {
    document.body.dataset['state'] = state;
    for (const node of document.querySelectorAll<HTMLElement>('[data-show]')) node.hidden = !names(node, 'show').includes(state);
    for (const node of document.querySelectorAll<HTMLElement>('[data-dim]')) {
      const dim = names(node, 'dim').includes(state);
      node.classList.toggle('dim', dim);
    }
    // what stands below a sheet is neither reached by a key nor read aloud
    for (const node of document.querySelectorAll<HTMLElement>('.camera')) node.inert = state === 'typing' || state === 'sending' || state === 'answered';
    if (state === 'naming') element('name', HTMLInputElement).focus();
    if (state === 'typing') {
      const input = element('number', HTMLInputElement);
      input.value = '';
      input.focus();
    }
    if (state === 'answered') element('next', HTMLButtonElement).focus();
  }

  #bar({ link, choices, chosen, state }: Model): void {
    const words = this.#words;
    const select = element('till', HTMLSelectElement);
    const one = choices.length < 2;
    options(select, choices.map(({ key, label }) => ({ value: key, label })), chosen?.key);
    select.hidden = one;
    select.disabled = state === 'sending';
    text('till-name', one ? (chosen?.label ?? '') : '');
    const connection = element('connection', HTMLElement);
    connection.dataset['link'] = link;
    text('connection', link === 'none' ? '' : words[link]);
  }

  #camera({ camera, zoom, link, state }: Model): void {
    const words = this.#words;
    const torch = element('torch', HTMLButtonElement);
    torch.hidden = camera.torch === 'none';
    torch.setAttribute('aria-pressed', String(camera.torch === 'on'));
    element('zoom', HTMLButtonElement).setAttribute('aria-pressed', String(zoom === 2));
    text('zoom-text', `${words.zoom} ${zoom === 2 ? '2' : '1'}×`);
    // what the camera does not enlarge by itself is shown as it is read
    element('video', HTMLVideoElement).classList.toggle('enlarged', zoom === 2 && !camera.zooms);
    element('camera-choice', HTMLElement).hidden = camera.cameras.length < 2;
    options(element('cameras', HTMLSelectElement), camera.cameras.map(({ id, label }, index) => ({ value: id, label: label === '' ? `${words.camera} ${index + 1}` : label })), camera.current);
    text('hint', state === 'opening' ? words.opening : link === 'offline' ? words.offlineHelp : words.guide);
  }

  #sheets(model: Model): void {
    const words = this.#words;
    text('code', model.digits);
    text('digits', model.digits);
    text('pair-problem', words.problem[model.problem]);
    text('camera-problem', words.reason[model.cameraReason]);
    text('photo-text', model.photo === 'reading' ? words.photoReading : words.photo);
    text('photo-problem', model.photo === 'nothing' ? words.photoNothing : '');
    element('photo-problem', HTMLElement).hidden = model.photo !== 'nothing';
    element('photo', HTMLInputElement).disabled = model.photo === 'reading';
    element('retry-camera', HTMLElement).hidden = model.cameraReason === 'insecure';
    const secure = element('secure', HTMLAnchorElement);
    secure.hidden = model.cameraReason !== 'insecure' || model.secure === undefined;
    if (model.secure !== undefined) secure.href = model.secure;
    element('photo-choice', HTMLElement).classList.toggle('primary', secure.hidden);
    element('trust', HTMLElement).hidden = !model.trust;
    text('number-label', model.typingKind === 'phone' ? words.numberPhone : words.numberCard);
    const input = element('number', HTMLInputElement);
    input.inputMode = model.typingKind === 'phone' ? 'tel' : 'text';
    input.setAttribute('aria-invalid', String(model.typingProblem !== undefined));
    text('number-problem', model.typingProblem === undefined ? '' : words[model.typingProblem]);
    text('ask-mask', model.askMask);
    element('other-till', HTMLElement).hidden = model.choices.every(({ tillId }) => tillId === model.chosen?.tillId);
  }

  #answer({ answer, chosen, choices, state }: Model): void {
    // a number is not kept on the screen, nor behind it, longer than it is shown
    const shown = state === 'answered' ? answer : undefined;
    const node = element('answer', HTMLElement);
    if (shown !== undefined) node.dataset['look'] = shown.look;
    text('answer-title', shown === undefined ? '' : this.#words.answer[shown.title]);
    text('answer-mask', shown?.mask ?? '');
    text('answer-text', shown?.text ?? '');
    text('answer-till', shown !== undefined && choices.length > 1 ? (chosen?.label ?? '') : '');
  }
}

function names(node: HTMLElement, of: 'show' | 'dim'): readonly string[] {
  return (node.dataset[of] ?? '').split(' ');
}

/** Only what changed is written: screen readers say a live text again each time. */
function text(id: string, value: string): void {
  const node = element(id, HTMLElement);
  if (node.textContent !== value) node.textContent = value;
}

interface Option {
  readonly value: string;
  readonly label: string;
}

function options(select: HTMLSelectElement, wanted: readonly Option[], chosen: string | undefined): void {
  const now = Array.from(select.options, ({ value, label }) => ({ value, label }));
  if (JSON.stringify(now) !== JSON.stringify(wanted)) select.replaceChildren(...wanted.map(({ value, label }) => new Option(label, value)));
  if (chosen !== undefined && select.value !== chosen) select.value = chosen;
}
