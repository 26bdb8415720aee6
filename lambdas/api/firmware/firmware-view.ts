import type * as z from 'zod';
import { firmwareFileKey } from '../../bucket/file-keys.ts';
import { fileUrl } from '../../bucket/file-url.ts';
import type { Firmware } from '../../store/files/firmware.ts';
import type { FirmwareSchema } from './firmware-form.ts';

/** Seconds that an upload may begin in. */
const urlSeconds = 3_600;

/** The request by which the file of a firmware is uploaded: S3 takes no other length and no other content. */
const uploadOf = ({ operatorId, firmwareId, bytes, sha256 }: Firmware, now: string) => {
  const at = Date.parse(now);
  const headers = {
    'content-length': String(bytes),
    'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
  };
  return {
    method: 'PUT' as const,
    url: fileUrl(
      { method: 'PUT', key: firmwareFileKey(operatorId, firmwareId), seconds: urlSeconds, headers },
      at,
    ),
    headers,
    expiresAt: new Date(at + urlSeconds * 1000).toISOString(),
  };
};

/** Shows a firmware; where `now` is given (ISO 8601 in UTC) with the way to upload it, if its file is not there. */
export const firmwareView = (
  firmware: Firmware,
  now?: string,
): z.output<typeof FirmwareSchema> => ({
  firmwareId: firmware.firmwareId,
  version: firmware.version,
  vendor: firmware.vendor ?? null,
  model: firmware.model ?? null,
  fileName: firmware.fileName,
  bytes: firmware.bytes,
  sha256: firmware.sha256,
  signed: firmware.signed !== undefined,
  createdAt: firmware.createdAt,
  uploadedAt: firmware.uploadedAt ?? null,
  upload: now === undefined || firmware.uploadedAt !== undefined ? null : uploadOf(firmware, now),
});
