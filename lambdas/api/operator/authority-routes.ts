import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { done, refused } from '../../http/answer.ts';
import { readAuthorityCertificate } from '../../store/operators/authority.ts';
import { type ApiRoute, route } from '../api-route.ts';
import { timeText } from '../common-schemas.ts';

const AuthoritySchema = z
  .strictObject({
    certificate: z.string().meta({ description: 'PEM: what a trust store of CloudFront takes.' }),
    fingerprint: z.string().meta({ description: 'SHA-256 of its DER, hexadecimal.' }),
    validUntil: timeText,
  })
  .meta({ id: 'ChargerAuthority' });

/** Ms between two looks for the certificate while it is made, and how many there are. */
const [pause, mostLooks] = [250, 40] as const;

/** The call about the authority that certifies chargers. */
export const authorityRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/settings/charger-authority',
    summary:
      'Returns the certificate of the authority that certifies the chargers of this deployment; the first call has it made.',
    scope: 'settings:read',
    response: AuthoritySchema,
    errors: ['CHARGER_AUTHORITY_OFF', 'CHARGER_AUTHORITY_NOT_READY'],
    run: async ({ database, sendCommandMessage }) => {
      const keyId = process.env['CHARGER_AUTHORITY_KEY_ID'];
      if (keyId === undefined) return refused('CHARGER_AUTHORITY_OFF');
      for (let n = 0; n < mostLooks; n += 1) {
        const found = await readAuthorityCertificate(database, keyId);
        if (found !== undefined) {
          const { certificate, fingerprint, notAfter } = found;
          return done({ certificate, fingerprint, validUntil: notAfter });
        }
        // Only the sender of commands may use the key.
        if (n === 0) await sendCommandMessage({ kind: 'authority', keyId });
        await setTimeout(pause);
      }
      return refused('CHARGER_AUTHORITY_NOT_READY');
    },
  }),
];
