import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { firmwareFileKey } from '../../bucket/file-keys.ts';
import { faultOfCertificate } from '../../connection/fault-of-certificate.ts';
import { done, doneSilently, refused } from '../../http/answer.ts';
import { keptPart } from '../../http/keep-answer.ts';
import { newId } from '../../runtime/new-id.ts';
import {
  createFirmware,
  deleteFirmware,
  type Firmware,
  listFirmware,
  readFirmware,
} from '../../store/files/firmware.ts';
import { type ApiRoute, listRoute, route } from '../api-route.ts';
import { FirmwareForm, FirmwareSchema } from './firmware-form.ts';
import { firmwareView } from './firmware-view.ts';
import { ownFirmware } from './own-firmware.ts';

/** The calls about firmware for chargers. */
export const firmwareRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/firmware',
    summary:
      'Registers a firmware; the answer says how to upload its file, which must have the length and the SHA-256 that are given.',
    scope: 'firmware:write',
    body: FirmwareForm,
    example: {
      version: '2.4.1',
      vendor: 'ACME',
      model: 'Box 22',
      fileName: 'box22-2.4.1.bin',
      bytes: 1_048_576,
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    },
    status: 201,
    response: FirmwareSchema,
    errors: [
      'CERTIFICATE_UNREADABLE',
      'CERTIFICATE_EXPIRED',
      'CERTIFICATE_NOT_YET_VALID',
      'IDEMPOTENCY_KEY_REUSED',
    ],
    repeatable: true,
    run: async ({ database, operatorId, now }, { body, keepAnswer }) => {
      const faulty = body.signed && faultOfCertificate(body.signed.certificate, Date.parse(now));
      if (faulty !== undefined) {
        const { code, message } = faulty;
        return refused(code, [{ path: 'body.signed.certificate', message }]);
      }
      const firmware: Firmware = omitUndefined({
        ...body,
        firmwareId: newId('fw'),
        operatorId,
        sha256: body.sha256.toLowerCase(),
        createdAt: now,
      });
      const answer = firmwareView(firmware, now);
      const created = await createFirmware(database, firmware, keptPart(keepAnswer, answer));
      return created === 'refused' ? refused('IDEMPOTENCY_KEY_REUSED') : done(answer);
    },
  }),
  listRoute({
    path: '/firmware',
    summary: 'Lists firmware by id.',
    scope: 'firmware:read',
    item: FirmwareSchema,
    run: async ({ database, operatorId }, { page }) => {
      const { items, next } = await listFirmware(database, operatorId, page);
      return { items: items.map((one) => firmwareView(one)), next };
    },
  }),
  route({
    method: 'GET',
    path: '/firmware/{firmwareId}',
    summary: 'Returns a firmware; while its file is missing with a new way to upload it.',
    scope: 'firmware:read',
    response: FirmwareSchema,
    errors: ['FIRMWARE_NOT_FOUND'],
    run: async (caller, { path }) => {
      const firmware = await ownFirmware(caller, path.firmwareId);
      return firmware === undefined
        ? refused('FIRMWARE_NOT_FOUND')
        : done(firmwareView(firmware, caller.now));
    },
  }),
  route({
    method: 'DELETE',
    path: '/firmware/{firmwareId}',
    summary: 'Deletes a firmware and its file; chargers that were asked to download it get 404.',
    scope: 'firmware:write',
    status: 204,
    errors: ['FIRMWARE_NOT_FOUND'],
    run: async ({ database, operatorId, callBucket }, { path: { firmwareId } }) => {
      if ((await readFirmware(database, operatorId, firmwareId)) === undefined) {
        return refused('FIRMWARE_NOT_FOUND');
      }
      // The file first: a deletion that breaks off can be repeated.
      const key = firmwareFileKey(operatorId, firmwareId);
      const { ok, status } = await callBucket({ method: 'DELETE', key });
      if (!ok) throw new Error(`S3 answered ${status} to DELETE`);
      await deleteFirmware(database, operatorId, firmwareId);
      return doneSilently;
    },
  }),
];
