const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of base64 in its one form, or `undefined`: right padding, and no bits set that belong to no byte. */
const base64Bytes = (text: string): readonly number[] | undefined => {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) {
    return undefined;
  }
  const bytes: number[] = [];
  let [pending, bits] = [0, 0];
  for (const digit of text.replace(/=+$/, '')) {
    pending = (pending << 6) | alphabet.indexOf(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push(pending >> bits);
    pending &= (1 << bits) - 1;
  }
  return pending === 0 ? bytes : undefined;
};

/** The index after a DER integer that begins at `index`. */
const afterInteger = (bytes: readonly number[], index: number): number =>
  bytes[index] === 0x02 ? index + 2 + (bytes[index + 1] ?? 0) : -1;

/**
 * True for base64 of one ECDSA signature in DER and not a bit more. Verifiers ignore stray bits after a signature; a
 * seal must have one form only.
 */
export const isDerSignature = (text: string): boolean => {
  const bytes = base64Bytes(text);
  if (bytes === undefined || bytes[0] !== 0x30 || bytes[1] !== bytes.length - 2) return false;
  return afterInteger(bytes, afterInteger(bytes, 2)) === bytes.length;
};
