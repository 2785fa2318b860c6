/**
 * The control code that carries an escape command to a CCID reader.
 * Windows: FILE_DEVICE_SMARTCARD (0x31) with function 3500, IOCTL_CCID_ESCAPE (Microsoft, "CCID escape commands"): 0x003136B0.
 * pcsc-lite and macOS: SCARD_CTL_CODE(1) (libccid, SCARDCTL.txt: IOCTL_SMARTCARD_VENDOR_IFD_EXCHANGE).
 */
export function escapeCode(platform: NodeJS.Platform): number {
  return platform === 'win32' ? ((0x31 << 16) | (3500 << 2)) >>> 0 : 0x42000000 + 1;
}
