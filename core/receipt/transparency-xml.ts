import type { Receipt } from './receipt.ts';

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const formats: Readonly<Record<string, string>> = {
  ocmf: 'OCMF',
  alfen: 'ALFEN',
  edl: 'EDL_40_P',
  mennekes: 'EDL_40_MENNEKES',
  pcdf: 'PCDF',
};

/** Writes the signed values of a receipt as the file that the Transparenzsoftware opens; those of which only the hash is known are left out. */
export function transparencyXml({
  signedValues,
  sessionId,
}: Pick<Receipt, 'signedValues' | 'sessionId'>): string {
  const values = signedValues.flatMap(({ format, record, publicKey, contexts }) => {
    if (record === undefined) return [];
    const name = formats[format];
    const attribute = name === undefined ? '' : ` format="${name}"`;
    const key =
      publicKey === undefined
        ? ''
        : `<publicKey encoding="plain">${escapeXml(publicKey)}</publicKey>`;
    const context = contexts[0] === undefined ? '' : ` context="${escapeXml(contexts[0])}"`;
    return [
      `  <value transactionId="${escapeXml(sessionId)}"${context}><signedData${attribute} encoding="plain">${escapeXml(record)}</signedData>${key}</value>\n`,
    ];
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<values>\n${values.join('')}</values>\n`;
}
