export { JsonHttp, MAX_ANSWER, type HttpAnswer, type HttpProblem, type HttpRequest } from './json-http.js';
