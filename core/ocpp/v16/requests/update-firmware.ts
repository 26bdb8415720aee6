import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import { validateUpdateFirmwareRequest } from '../../generated/v16/update-firmware-request.js';
import { validateUpdateFirmwareResponse } from '../../generated/v16/update-firmware-response.js';
import { exchange } from './exchange.ts';

/** UpdateFirmware of OCPP 1.6, sections 6.55 and 6.56; its answer says nothing. */
export const updateFirmware = exchange(
  'UpdateFirmware',
  validateUpdateFirmwareRequest,
  validateUpdateFirmwareResponse,
  ({ url, retrieveAt, retries, retrySeconds }: CommandOf<'update-firmware'>) =>
    omitUndefined({
      location: url,
      retrieveDate: retrieveAt,
      retries,
      retryInterval: retrySeconds,
    }),
  () => ({ kind: 'accepted' }),
);
