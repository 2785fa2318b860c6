import { DecoratorHandler, type Dispatcher } from 'undici';

const forward: Dispatcher.DispatchHandler = DecoratorHandler.prototype;

/** Notes the moment at which undici begins to write the request: before that no byte of it has left, whatever goes wrong. */
class StartNote extends DecoratorHandler implements Dispatcher.DispatchHandler {
  readonly #note: () => void;

  constructor(handler: Dispatcher.DispatchHandler, note: () => void) {
    super(handler);
    this.#note = note;
  }

  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    this.#note();
    forward.onRequestStart?.call(this, controller, context);
  }
}

/** `dispatcher`, which calls `note` when a connection stands and the request is about to be written to it. */
export function noteStart(dispatcher: Dispatcher, note: () => void): Dispatcher {
  return dispatcher.compose((dispatch) => (options, handler) => dispatch(options, new StartNote(handler, note)));
}
