import { area } from '../entry.js';

/** Tills that are typed into. */
export const keyboardTillErrors = /* @__PURE__ */ area({
  TB_TILL_KEYBOARD_LOST: {
    retryable: true,
    en: { message: 'the connection to {place} is down: {problem}', remedy: 'nothing to do, it is made again; if it stays down, check that the screen of the till is up' },
    ru: { message: 'нет связи с {place}: {problem}', remedy: 'делать ничего не нужно, связь восстановится; если её долго нет, проверьте, что экран кассы включён и работает' },
  },
  TB_TILL_KEYBOARD_NO_DISPLAY: {
    retryable: true,
    en: {
      message: 'till {till}: no X screen can be reached at {place}: {problem}',
      remedy: 'run Tillbridge in the session of the cashier, or set `display` to the screen of the till (such as :0) and `xauthority` to a file that this user may read',
    },
    ru: {
      message: 'касса {till}: нет доступа к экрану X {place}: {problem}',
      remedy: 'запускайте Tillbridge в сеансе кассира или укажите в `display` экран кассы (например, :0), а в `xauthority` — файл, который этот пользователь может читать',
    },
  },
  TB_TILL_KEYBOARD_NO_XTEST: {
    retryable: false,
    en: { message: 'till {till}: the X server at {place} has no {extension} extension', remedy: 'switch the extension on in the X server; remote desktops without it can be served by `virtual-com` only' },
    ru: { message: 'касса {till}: у X-сервера {place} нет расширения {extension}', remedy: 'включите расширение в X-сервере; удалённые рабочие столы без него обслуживает только `virtual-com`' },
  },
  TB_TILL_KEYBOARD_NO_UINPUT: {
    retryable: true,
    en: {
      message: 'till {till}: {place} cannot be used: {problem}',
      remedy: 'load the kernel module (`modprobe uinput`) and give this user the right to write to {place}, for example with a udev rule: KERNEL=="uinput", GROUP="dialout", MODE="0660"',
    },
    ru: {
      message: 'касса {till}: {place} недоступен: {problem}',
      remedy: 'загрузите модуль ядра (`modprobe uinput`) и дайте этому пользователю право записи в {place}, например правилом udev: KERNEL=="uinput", GROUP="dialout", MODE="0660"',
    },
  },
  TB_TILL_KEYBOARD_PLATFORM: {
    retryable: false,
    en: { message: 'till {till}: the transport {transport} does not exist on {platform}', remedy: 'set `transport: sendinput` on Windows; `transport: xtest` or `transport: uinput` on Linux' },
    ru: { message: 'касса {till}: способа {transport} нет в {platform}', remedy: 'укажите `transport: sendinput` в Windows, `transport: xtest` или `transport: uinput` в Linux' },
  },
  TB_TILL_KEYBOARD_NO_DESKTOP: {
    retryable: false,
    en: {
      message: 'till {till}: this process has no desktop: a Windows service cannot type into the cashier program',
      remedy: 'let the agent type: set `agent: true` and start `tillbridge agent` in the session of the cashier (`tillbridge service install` does so at each log-on)',
    },
    ru: {
      message: 'касса {till}: у этого процесса нет рабочего стола: служба Windows не может печатать в кассовую программу',
      remedy: 'печатать должен агент: укажите `agent: true` и запускайте `tillbridge agent` в сеансе кассира (`tillbridge service install` делает это при каждом входе)',
    },
  },
  TB_TILL_KEYBOARD_ELEVATED: {
    retryable: true,
    en: {
      message: '{process} runs with higher rights than Tillbridge (as administrator, or as another user): Windows drops every key that is typed into it, without a word',
      remedy: 'start the cashier program without administrator rights, or the part of Tillbridge that types (the agent) as the same user with the same rights',
    },
    ru: {
      message: '{process} работает с более высокими правами, чем Tillbridge (от администратора или от другого пользователя): Windows молча отбрасывает все нажатия в это окно',
      remedy: 'запускайте кассовую программу без прав администратора либо запускайте печатающую часть Tillbridge (агента) от того же пользователя и с теми же правами',
    },
  },
  TB_TILL_KEYBOARD_LOCKED: {
    retryable: true,
    en: { message: 'the screen is locked, or Windows shows a question of its own: nothing can be typed meanwhile', remedy: 'unlock the screen; a till that locks itself while a cashier works needs another power setting' },
    ru: { message: 'экран заблокирован, или Windows показывает свой запрос: печатать сейчас некуда', remedy: 'разблокируйте экран; если касса блокируется во время работы кассира, измените настройки электропитания' },
  },
});
