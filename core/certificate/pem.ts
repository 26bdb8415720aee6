import { readBase64 } from '../ocmf/decode-text.ts';

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const sextet = (value: number): string => digits.charAt(value & 63);

const base64 = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.subarray(at, at + 3);
    text += sextet(a >> 2) + sextet((a << 4) | ((b ?? 0) >> 4));
    text += b === undefined ? '=' : sextet((b << 2) | ((c ?? 0) >> 6));
    text += c === undefined ? '=' : sextet(c);
  }
  return text;
};

/** Writes DER as PEM (RFC 7468) under a label, as in `CERTIFICATE`. */
export const writePem = (label: string, der: Uint8Array): string =>
  [
    `-----BEGIN ${label}-----`,
    ...(base64(der).match(/.{1,64}/g) ?? []),
    `-----END ${label}-----`,
    '',
  ].join('\n');

/** Reads the DER of PEM that has one of these labels and nothing around it; undefined for any other text. */
export function readPem(text: string, labels: readonly string[]): Uint8Array | undefined {
  const [, label = '', body = '', end] =
    /^-----BEGIN ([A-Z0-9 ]+)-----([\sA-Za-z0-9+/=]+)-----END ([A-Z0-9 ]+)-----$/.exec(
      text.trim(),
    ) ?? [];
  return label === end && labels.includes(label) ? readBase64(body) : undefined;
}
