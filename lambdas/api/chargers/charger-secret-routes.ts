import * as z from 'zod';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import {
  chargerPasswordLength,
  connectionTokenLength,
} from '../../../core/charger/charger-secrets.ts';
import { done, refused } from '../../http/answer.ts';
import { secretHash } from '../../runtime/secrets.ts';
import { issueConnectionToken, issuePassword } from '../../store/chargers/charger-secrets.ts';
import { type Charger, readCharger } from '../../store/chargers/chargers.ts';
import { readOperator } from '../../store/operators/operators.ts';
import { type ApiRoute, type Caller, route } from '../api-route.ts';
import { chargerPassword, newSecret } from './charger-secret.ts';
import { chargerUrls } from './charger-urls.ts';
import { sendPassword } from './send-password.ts';

const ChargerPasswordSchema = z
  .strictObject({
    chargerId: z.string(),
    password: z.string().meta({ description: 'The password, shown only once.' }),
    urls: z.strictObject({ basic: z.string() }),
    commandId: z.string().optional().meta({ description: 'The command that sends it.' }),
  })
  .meta({ id: 'ChargerPassword' });

const ConnectionTokenSchema = z
  .strictObject({
    chargerId: z.string(),
    connectionToken: z.string().meta({ description: 'The token, shown only once.' }),
    urls: z.strictObject({ token: z.string() }),
  })
  .meta({ id: 'ConnectionToken' });

/** A charger of the caller's, with the slug of its operator; undefined where there is no such charger. */
async function readOwn(
  { database, operatorId }: Caller,
  chargerId: string,
): Promise<{ readonly charger: Charger; readonly slug: string } | undefined> {
  const [charger, operator] = await Promise.all([
    readCharger(database, chargerKey(operatorId, chargerId)),
    readOperator(database, operatorId),
  ]);
  return charger === undefined || operator === undefined
    ? undefined
    : { charger, slug: operator.slug };
}

/** The calls that replace the secrets of a charger. */
export const chargerSecretRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/chargers/{chargerId}/password',
    summary:
      'Gives a charger a new password, shown once; the old one is valid until the new one is used. With send, a command tells the charger.',
    scope: 'chargers:write',
    body: z
      .strictObject({ password: chargerPassword.optional(), send: z.boolean().default(false) })
      .prefault({}),
    example: { password: 'Kq7-long-and-random' },
    status: 201,
    response: ChargerPasswordSchema,
    errors: ['CHARGER_NOT_FOUND', 'CHARGER_NEVER_CONNECTED', 'PASSWORD_NOT_USED_YET'],
    run: async (caller, { path, body }) => {
      const own = await readOwn(caller, path.chargerId);
      if (own === undefined) return refused('CHARGER_NOT_FOUND');
      const { chargerId, chargerKey: key } = own.charger;
      if (body.send) return await sendPassword(caller, own, body.password);
      const password = body.password ?? newSecret(chargerPasswordLength);
      const issued = await issuePassword(caller.database, key, secretHash(password));
      if (issued === 'absent') return refused('CHARGER_NOT_FOUND');
      const { basic } = chargerUrls(own.slug, chargerId, '');
      return done({ chargerId, password, urls: { basic } });
    },
  }),
  route({
    method: 'POST',
    path: '/chargers/{chargerId}/connection-token',
    summary:
      'Gives a charger a new connection token, shown once; the old one is valid until the new one is used.',
    scope: 'chargers:write',
    status: 201,
    response: ConnectionTokenSchema,
    errors: ['CHARGER_NOT_FOUND'],
    run: async (caller, { path }) => {
      const own = await readOwn(caller, path.chargerId);
      if (own === undefined) return refused('CHARGER_NOT_FOUND');
      const { chargerId, chargerKey: key } = own.charger;
      const connectionToken = newSecret(connectionTokenLength);
      const issued = await issueConnectionToken(caller.database, key, secretHash(connectionToken));
      if (issued === 'absent') return refused('CHARGER_NOT_FOUND');
      const { token } = chargerUrls(own.slug, chargerId, connectionToken);
      return done({ chargerId, connectionToken, urls: { token } });
    },
  }),
];
