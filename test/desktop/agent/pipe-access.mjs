// Prints the list of who may open the agent's pipe (SDDL). Runs under Node.js for Windows: node pipe-access.mjs STATE
import { createHash } from 'node:crypto';
import koffi from 'koffi';

const state = process.argv[2];
const name = `\\\\.\\pipe\\tillbridge-agent-${createHash('sha256').update(state.toLowerCase()).digest('hex').slice(0, 16)}`;
const kernel = koffi.load('kernel32.dll');
const advapi = koffi.load('advapi32.dll');
const createFile = kernel.func('intptr_t __stdcall CreateFileW(str16 name, uint32_t access, uint32_t share, void *security, uint32_t how, uint32_t flags, void *template)');
const lastError = kernel.func('uint32_t __stdcall GetLastError()');
const get = advapi.func('bool __stdcall GetKernelObjectSecurity(intptr_t handle, uint32_t what, _Out_ void *descriptor, uint32_t size, _Out_ uint32_t *needed)');
const print = advapi.func('bool __stdcall ConvertSecurityDescriptorToStringSecurityDescriptorW(void *descriptor, uint32_t revision, uint32_t what, _Out_ void **text, _Out_ uint32_t *length)');

const handle = createFile(name, 0x0002_0000, 0, null, 3, 0, null);
const descriptor = Buffer.alloc(4096);
if (!get(handle, 4, descriptor, descriptor.length, [0])) throw new Error(`GetKernelObjectSecurity: ${lastError()}`);
const text = [null];
const length = [0];
if (!print(descriptor, 1, 4, text, length)) throw new Error(`ConvertSecurityDescriptorToStringSecurityDescriptor: ${lastError()}`);
console.log(koffi.decode(text[0], 'char16', length[0]).toString().replaceAll(',', ''));
