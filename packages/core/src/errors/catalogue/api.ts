import { area } from '../entry.js';

export const apiErrors = area({
  TB_API_NO_DAEMON: {
    retryable: true,
    en: { message: 'no daemon is running on {state}', remedy: 'start it with `tillbridge run`, or name its state folder with --state DIR' },
    ru: { message: 'демон для {state} не запущен', remedy: 'запустите его: `tillbridge run`, или укажите папку состояния ключом --state DIR' },
  },
  TB_API_DAEMON_RUNNING: {
    retryable: false,
    en: { message: 'a daemon runs already on {state} (pid {pid})', remedy: 'stop it with `tillbridge stop`, or use another --state DIR' },
    ru: { message: 'демон для {state} уже работает (pid {pid})', remedy: 'остановите его: `tillbridge stop`, или возьмите другую папку: --state DIR' },
  },
  TB_API_BAD_REQUEST: {
    retryable: false,
    en: { message: 'the request is not valid: {problem}', remedy: 'correct the request' },
    ru: { message: 'неверный запрос: {problem}', remedy: 'исправьте запрос' },
  },
  TB_API_NOT_FOUND: {
    retryable: false,
    en: { message: 'there is no {what}', remedy: 'check the path' },
    ru: { message: 'не найдено: {what}', remedy: 'проверьте путь' },
  },
  TB_API_TIMEOUT: {
    retryable: true,
    en: { message: 'the daemon did not answer within {ms} ms', remedy: 'look at its log; if it hangs, stop it and start it again' },
    ru: { message: 'демон не ответил за {ms} мс', remedy: 'посмотрите его журнал; если он завис, перезапустите' },
  },
  TB_API_HUNG_UP: {
    retryable: true,
    en: { message: 'the daemon hung up before it had answered', remedy: 'it is stopping or has too many callers: look with `tillbridge status`, then try again' },
    ru: { message: 'демон прервал связь, не ответив', remedy: 'он останавливается или перегружен вызовами: проверьте `tillbridge status` и повторите' },
  },
  TB_API_INTERNAL: {
    retryable: true,
    en: { message: 'an unexpected error: {problem}', remedy: 'try again; if it stays, send the log with --log-level debug' },
    ru: { message: 'непредвиденная ошибка: {problem}', remedy: 'повторите; если не проходит, пришлите журнал с --log-level debug' },
  },
  TB_API_REFUSED: {
    retryable: false,
    en: { message: 'refused', remedy: 'only programs of this machine and web pages listed under `api.origins` may call' },
    ru: { message: 'отказано', remedy: 'доступ есть только у программ этой машины и у веб-страниц, перечисленных в `api.origins`' },
  },
  TB_API_UNAUTHORIZED: {
    retryable: false,
    en: { message: 'this call needs a valid token', remedy: 'pair the program: `tillbridge clients pair`, then send its token as `Authorization: Bearer TOKEN`' },
    ru: { message: 'для этого вызова нужен действующий токен', remedy: 'сопрягите программу: `tillbridge clients pair`, и передавайте её токен в заголовке `Authorization: Bearer ТОКЕН`' },
  },
  TB_API_PAIRING: {
    retryable: false,
    en: { message: 'this pairing code is not valid', remedy: 'a code is valid for two minutes and once: make a new one with `tillbridge clients pair`, for the console with `tillbridge console`' },
    ru: { message: 'код сопряжения недействителен', remedy: 'код действует две минуты и один раз: получите новый командой `tillbridge clients pair`, для консоли — `tillbridge console`' },
  },
  TB_API_SCOPE: {
    retryable: false,
    en: { message: 'this client may not do that: the scope {scope} is missing', remedy: 'pair it again with that scope: `tillbridge clients pair --scope ...`' },
    ru: { message: 'этому клиенту такое не разрешено: нет права {scope}', remedy: 'сопрягите его заново с этим правом: `tillbridge clients pair --scope ...`' },
  },
  TB_API_TOO_LARGE: {
    retryable: false,
    en: { message: 'the request is larger than {max} bytes', remedy: 'send less in one request' },
    ru: { message: 'запрос больше {max} байт', remedy: 'отправляйте меньше данных за один запрос' },
  },
  TB_API_RATE: {
    retryable: true,
    en: { message: 'too many requests', remedy: 'wait as long as Retry-After says, and ask less often' },
    ru: { message: 'слишком много запросов', remedy: 'подождите столько, сколько указано в Retry-After, и обращайтесь реже' },
  },
  TB_API_LOCKED: {
    retryable: true,
    en: { message: 'locked after too many wrong tokens or codes', remedy: 'wait {seconds} s; correct the token, or pair again' },
    ru: { message: 'заблокировано после нескольких неверных токенов или кодов', remedy: 'подождите {seconds} с; исправьте токен или выполните сопряжение заново' },
  },
  TB_API_CONFLICT: {
    retryable: false,
    en: { message: 'somebody else was first: {what}', remedy: 'take the next one' },
    ru: { message: 'кто-то успел раньше: {what}', remedy: 'возьмите следующее' },
  },
  TB_API_RECEIPT_DIFFERS: {
    retryable: false,
    en: { message: 'another receipt with the id {receiptId} is stored already', remedy: 'give every receipt an id of its own, and never change one that was sent' },
    ru: { message: 'с номером {receiptId} уже сохранён другой чек', remedy: 'у каждого чека должен быть свой receiptId, а отправленный чек не меняют' },
  },
  TB_API_GONE: {
    retryable: false,
    en: { message: 'this is over: {what}', remedy: 'do not use the number; wait for the next scan' },
    ru: { message: 'уже недействительно: {what}', remedy: 'не используйте этот номер; дождитесь следующего считывания' },
  },
  TB_API_PORT_BUSY: {
    retryable: true,
    en: { message: 'the API cannot listen on {address}: {problem}', remedy: 'stop the program that has the port, choose another `api.port`, or switch the API off with `api: off`' },
    ru: { message: 'API не может открыть {address}: {problem}', remedy: 'закройте программу, занявшую порт, укажите другой `api.port` или отключите API: `api: off`' },
  },
  TB_API_CLIENTS_UNREADABLE: {
    retryable: false,
    en: { message: 'the list of paired clients {path} cannot be used: {problem}', remedy: 'check the disk and the rights of the state folder; if the file is damaged, delete it and pair the clients again' },
    ru: { message: 'список сопряжённых клиентов {path} не читается: {problem}', remedy: 'проверьте диск и права на папку состояния; если файл повреждён, удалите его и сопрягите клиентов заново' },
  },
  TB_API_CLIENT_UNKNOWN: {
    retryable: false,
    en: { message: 'there is no client {client}', remedy: '`tillbridge clients list` names them' },
    ru: { message: 'клиента {client} нет', remedy: 'список выводит `tillbridge clients list`' },
  },
  TB_API_CLIENTS_FULL: {
    retryable: false,
    en: { message: 'there are {max} paired clients or open pairing codes already', remedy: 'revoke what is not used any more: `tillbridge clients revoke ID`' },
    ru: { message: 'уже есть {max} сопряжённых клиентов или открытых кодов', remedy: 'отзовите ненужных: `tillbridge clients revoke ID`' },
  },
});
