import { TillbridgeError } from '@tillbridge/core';

/**
 * Who may open the agent's pipe, in Windows' own notation (SDDL): nobody over the network; the system, administrators and the owner (the
 * service's own account, which makes each further instance of the pipe) all; users who are logged on at this machine read and write. Without this the pipe has the list of whoever made it (CreateNamedPipe, default
 * security descriptor: full control for SYSTEM, administrators and the owner, read for everyone), and a cashier's agent could not answer.
 * 0x12019f is FILE_GENERIC_READ | FILE_GENERIC_WRITE, what libuv opens a pipe with.
 */
export const PIPE_ACCESS = 'D:P(D;;GA;;;NU)(A;;GA;;;SY)(A;;GA;;;BA)(A;;GA;;;S-1-3-4)(A;;0x12019f;;;IU)';

const READ_CONTROL_AND_WRITE_DAC = 0x0006_0000;
const OPEN_EXISTING = 3;
const DACL = 4;
const REVISION = 1;
const INVALID_HANDLE = -1n;

/** Gives a pipe of ours that list. The owner may always change it. @throws {TillbridgeError} `TB_TILL_AGENT_ACCESS`, `TB_NATIVE_MISSING` */
export async function openPipeToCashier(name: string): Promise<void> {
  const { default: koffi } = await import('koffi').catch((cause: unknown) => {
    throw new TillbridgeError('TB_NATIVE_MISSING', { package: 'koffi', purpose: 'the agent of the cashier’s session' }, { cause });
  });
  const kernel = koffi.load('kernel32.dll');
  const advapi = koffi.load('advapi32.dll');
  const createFile = kernel.func('intptr_t __stdcall CreateFileW(str16 name, uint32_t access, uint32_t share, void *security, uint32_t how, uint32_t flags, void *template)');
  const closeHandle = kernel.func('bool __stdcall CloseHandle(intptr_t handle)');
  const lastError = kernel.func('uint32_t __stdcall GetLastError()');
  const localFree = kernel.func('void *__stdcall LocalFree(void *memory)');
  const parse = advapi.func('bool __stdcall ConvertStringSecurityDescriptorToSecurityDescriptorW(str16 text, uint32_t revision, _Out_ void **descriptor, void *size)');
  const set = advapi.func('bool __stdcall SetKernelObjectSecurity(intptr_t handle, uint32_t what, void *descriptor)');
  const fail = (call: string): never => {
    throw new TillbridgeError('TB_TILL_AGENT_ACCESS', { problem: `${call}: Windows error ${String(lastError() as number)}` });
  };
  const descriptor: [unknown] = [null];
  if (parse(PIPE_ACCESS, REVISION, descriptor, null) !== true) fail('ConvertStringSecurityDescriptorToSecurityDescriptor');
  const handle = createFile(name, READ_CONTROL_AND_WRITE_DAC, 0, null, OPEN_EXISTING, 0, null) as number | bigint;
  try {
    if (BigInt(handle) === INVALID_HANDLE) fail('CreateFile');
    if (set(handle, DACL, descriptor[0]) !== true) fail('SetKernelObjectSecurity');
  } finally {
    if (BigInt(handle) !== INVALID_HANDLE) closeHandle(handle);
    localFree(descriptor[0]);
  }
}
