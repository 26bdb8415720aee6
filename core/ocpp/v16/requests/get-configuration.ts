import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import { validateGetConfigurationRequest } from '../../generated/v16/get-configuration-request.js';
import { validateGetConfigurationResponse } from '../../generated/v16/get-configuration-response.js';
import { exchange } from './exchange.ts';

/** GetConfiguration of OCPP 1.6, sections 6.21 and 6.22; without keys it asks for all of them. */
export const getConfiguration = exchange(
  'GetConfiguration',
  validateGetConfigurationRequest,
  validateGetConfigurationResponse,
  ({ keys }: CommandOf<'get-configuration'>) => (keys === undefined ? {} : { key: [...keys] }),
  ({ configurationKey = [], unknownKey = [] }) => ({
    kind: 'accepted',
    data: {
      kind: 'configuration',
      keys: configurationKey.map(({ key, readonly: isReadOnly, value }) =>
        omitUndefined({ key, isReadOnly, value }),
      ),
      unknownKeys: unknownKey,
    },
  }),
);
