import { tokenLength, transferUrl } from '../../bucket/file-routes.ts';
import { faultyCertificate } from '../../connection/fault-of-certificate.ts';
import { offerFirmware } from '../../connection/offer-firmware.ts';
import { refused } from '../../http/answer.ts';
import { randomText } from '../../runtime/new-id.ts';
import { createTransfer, transferIdOf } from '../../store/files/transfers.ts';
import type { Caller } from '../api-route.ts';
import { ownFirmware } from '../firmware/own-firmware.ts';
import type { CommandForm } from './command-form.ts';
import { lifetimeOf } from './lifetime-of.ts';

/** Seconds that a charger has to upload a log after it was last possible to ask it: some wait until nobody charges. */
const secondsToUpload = 604_800;

/** Makes the URL at which a charger finds a firmware of ours. */
async function placeOfFirmware(
  caller: Caller,
  chargerKey: string,
  form: Extract<CommandForm, { readonly type: 'update-firmware' }>,
) {
  const { firmwareId, url, retrieveAt } = form;
  if ((firmwareId === undefined) === (url === undefined)) {
    const message = 'Give either url or firmwareId.';
    return refused('INVALID_REQUEST', [{ path: 'body.firmwareId', message }]);
  }
  if (firmwareId === undefined) return {};
  const firmware = await ownFirmware(caller, firmwareId);
  if (firmware === undefined) return refused('FIRMWARE_NOT_FOUND');
  if (firmware.uploadedAt === undefined) return refused('FIRMWARE_NOT_UPLOADED');
  const now = Date.parse(caller.now);
  const signed = form.signed ?? firmware.signed;
  const fault = faultyCertificate({ ...form, signed }, now);
  if (fault !== undefined) {
    return refused(fault.code, [{ path: 'body.firmwareId', message: fault.message }]);
  }
  const later = Math.max(0, Date.parse(retrieveAt ?? caller.now) - now) / 1000;
  const seconds = Math.ceil(later) + (form.expiresInSeconds ?? lifetimeOf(form));
  return {
    firmware,
    url: await offerFirmware(caller.database, firmware, chargerKey, now, seconds),
  };
}

/**
 * Makes the URL at which a charger leaves a log that is to be kept here, or finds a firmware of ours: no longer than 2.0.1 allows, unlike one of S3. Nothing for a
 * command without such a file; a refusal where there is no such firmware, or it cannot be given.
 */
export async function placeOfFile(caller: Caller, chargerKey: string, form: CommandForm) {
  if (form.type === 'update-firmware') return await placeOfFirmware(caller, chargerKey, form);
  const { database, operatorId, now } = caller;
  if (form.type !== 'get-logs' || form.url !== undefined) return {};
  const token = randomText(tokenLength);
  const seconds = (form.expiresInSeconds ?? lifetimeOf(form)) + secondsToUpload;
  const logId = transferIdOf(token);
  await createTransfer(database, {
    transferId: logId,
    operatorId,
    chargerKey,
    expiresAt: Math.floor(Date.parse(now) / 1000) + seconds,
  });
  return { url: transferUrl(token), logId };
}
