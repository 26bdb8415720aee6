import { firmwareFileKey } from '../bucket/file-keys.ts';
import { tokenLength, transferUrl } from '../bucket/file-routes.ts';
import { randomText } from '../runtime/new-id.ts';
import type { Firmware } from '../store/files/firmware.ts';
import { createTransfer, transferIdOf } from '../store/files/transfers.ts';
import type { Database } from '../store/table/client.ts';

/** Seconds that a charger has to download a firmware after it was last possible to ask it. */
const secondsToDownload = 604_800;

/**
 * Makes the URL at which a charger finds a firmware: no longer than 2.0.1 allows, unlike one of S3. `now` is epoch ms; it is valid for a
 * week after `seconds`, in which the charger may be asked.
 */
export async function offerFirmware(
  database: Database,
  { operatorId, firmwareId, fileName, bytes }: Firmware,
  chargerKey: string,
  now: number,
  seconds: number,
): Promise<string> {
  const token = randomText(tokenLength);
  await createTransfer(database, {
    transferId: transferIdOf(token),
    operatorId,
    chargerKey,
    expiresAt: Math.floor(now / 1000) + seconds + secondsToDownload,
    offered: { objectKey: firmwareFileKey(operatorId, firmwareId), bytes },
  });
  return `${transferUrl(token)}/${fileName}`;
}
