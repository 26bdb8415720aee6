import { firmwareFileKey } from '../../bucket/file-keys.ts';
import { type Firmware, noteFirmwareUploaded, readFirmware } from '../../store/files/firmware.ts';
import type { Caller } from '../api-route.ts';

/** Reads a firmware of the caller's; while its file is not known to be there, S3 is asked. */
export async function ownFirmware(
  { database, operatorId, now, callBucket }: Caller,
  firmwareId: string,
): Promise<Firmware | undefined> {
  const firmware = await readFirmware(database, operatorId, firmwareId);
  if (firmware === undefined || firmware.uploadedAt !== undefined) return firmware;
  const key = firmwareFileKey(operatorId, firmwareId);
  // S3 has taken no content but the one that was registered; while there is none it answers 403.
  if (!(await callBucket({ method: 'HEAD', key })).ok) return firmware;
  await noteFirmwareUploaded(database, firmware, now);
  return { ...firmware, uploadedAt: now };
}
