import { createHash } from 'node:crypto';
import { beginningOf } from '../../core/units/beginning-of.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import type { callBucket } from '../bucket/call-bucket.ts';
import { logFileKey } from '../bucket/file-keys.ts';
import { noteArrival, type Transfer } from '../store/files/transfers.ts';
import type { Database } from '../store/table/client.ts';
import type { FileErrorCode } from './file-errors.ts';

/** A file that came, and the name that it came under. */
export type UploadedFile = { readonly name: string | undefined; readonly content: Buffer };

/** Longest name of a file that is kept. */
const longestName = 255;

/**
 * Keeps the log that a charger uploads. Its content is in the key, so that a repetition changes nothing, and whoever else
 * learns the URL cannot replace what has come.
 */
export async function takeLog(
  { database, call }: { readonly database: Database; readonly call: typeof callBucket },
  { transferId, operatorId, chargerKey, file: arrived }: Transfer,
  { name, content }: UploadedFile,
  now: number,
): Promise<'taken' | FileErrorCode> {
  if (content.length === 0) return 'FILE_EMPTY';
  const digest = createHash('sha256').update(content).digest();
  const sha256 = digest.toString('hex');
  if (arrived !== undefined) return arrived.sha256 === sha256 ? 'taken' : 'TRANSFER_USED';
  const objectKey = logFileKey(operatorId, chargerKey, transferId, sha256);
  const headers = { 'x-amz-checksum-sha256': digest.toString('base64') };
  const stored = await call(
    { method: 'PUT', key: objectKey, headers },
    { body: Uint8Array.from(content) },
  );
  if (!stored.ok) throw new Error(`S3 answered ${stored.status}: ${await stored.text()}`);
  const noted = await noteArrival(
    database,
    transferId,
    omitUndefined({
      objectKey,
      name: name === undefined || name === '' ? undefined : beginningOf(name, longestName),
      bytes: content.length,
      sha256,
      arrivedAt: new Date(now).toISOString(),
    }),
  );
  return noted === 'noted' ? 'taken' : 'TRANSFER_USED';
}
