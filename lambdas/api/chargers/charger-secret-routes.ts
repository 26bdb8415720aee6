import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import {
  chargerPasswordLength,
  connectionTokenLength,
} from '../../../core/charger/charger-secrets.ts';
import { closeWhenOpen } from '../../connection/close-when-open.ts';
import { done, doneSilently, refused } from '../../http/answer.ts';
import { keptPart } from '../../http/keep-answer.ts';
import { secretHash } from '../../runtime/secrets.ts';
import {
  issueConnectionToken,
  issuePassword,
  revokeConnectionToken,
} from '../../store/chargers/charger-secrets.ts';
import { type Charger, readCharger } from '../../store/chargers/chargers.ts';
import { readConnectionTokens } from '../../store/chargers/connection-tokens.ts';
import { readConnection } from '../../store/chargers/connections.ts';
import { readOperator } from '../../store/operators/operators.ts';
import { type ApiRoute, type Caller, listRoute, route } from '../api-route.ts';
import { timeText } from '../common-schemas.ts';
import { chargerPassword, newSecret } from './charger-secret.ts';
import { chargerUrls } from './charger-urls.ts';

const ChargerPasswordSchema = z
  .strictObject({
    chargerId: z.string(),
    password: z.string().meta({ description: 'The password, shown only once.' }),
    urls: z.strictObject({ basic: z.string() }),
    commandId: z.string().optional().meta({ description: 'The command that sends it.' }),
  })
  .meta({ id: 'ChargerPassword' });

const tokenId = z
  .string()
  .meta({ description: 'Names a connection token; the token cannot be derived from it.' });

const ConnectionTokenSchema = z
  .strictObject({
    chargerId: z.string(),
    connectionTokenId: tokenId,
    connectionToken: z.string().meta({ description: 'The token, shown only once.' }),
    urls: z.strictObject({ token: z.string() }),
  })
  .meta({ id: 'NewConnectionToken' });

const ListedTokenSchema = z
  .strictObject({
    connectionTokenId: tokenId,
    state: z.enum(['in-use', 'new']).meta({
      description: 'A new one replaces the one in use when the charger connects with it.',
    }),
    createdAt: timeText,
  })
  .meta({ id: 'ConnectionToken' });

/** Names a connection token by its SHA-256 in hex, of which so much tells the tokens of a charger apart. */
const tokenIdOf = (tokenHash: string): string => `ct_${tokenHash.slice(0, 16)}`;

const hashesOf = ({ connectionTokenHash, newConnectionTokenHash }: Charger): readonly string[] => [
  ...new Set([connectionTokenHash, newConnectionTokenHash].filter((hash) => hash !== undefined)),
];

const pause = async (milliseconds: number): Promise<void> => await setTimeout(milliseconds);

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

const issuedAs = <Body>(answer: Body, issued: 'issued' | 'absent' | 'answered') => {
  if (issued === 'absent') return refused('CHARGER_NOT_FOUND');
  return issued === 'answered' ? refused('IDEMPOTENCY_KEY_REUSED') : done(answer);
};

/** The calls about the secrets of a charger. */
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
    errors: [
      'CHARGER_NOT_FOUND',
      'CHARGER_NEVER_CONNECTED',
      'INVALID_REQUEST',
      'PASSWORD_NOT_USED_YET',
      'IDEMPOTENCY_KEY_REUSED',
    ],
    repeatable: true,
    run: async (caller, { path, body, keepAnswer }) => {
      const own = await readOwn(caller, path.chargerId);
      if (own === undefined) return refused('CHARGER_NOT_FOUND');
      const { chargerId, chargerKey: key } = own.charger;
      const { sendPassword, takePasswordBack } = await import('./send-password.ts');
      if (body.send) return await sendPassword(caller, own, body.password, keepAnswer);
      // Whoever enters it at the charger is there: that it may have another one by now does not matter.
      await takePasswordBack(caller, own.charger, true);
      const password = body.password ?? newSecret(chargerPasswordLength);
      const { basic } = chargerUrls(own.slug, chargerId, '');
      const answer = { chargerId, password, urls: { basic } };
      const kept = keptPart(keepAnswer, answer);
      return issuedAs(
        answer,
        await issuePassword(caller.database, key, secretHash(password), kept),
      );
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
    errors: ['CHARGER_NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED'],
    repeatable: true,
    run: async (caller, { path, keepAnswer }) => {
      const own = await readOwn(caller, path.chargerId);
      if (own === undefined) return refused('CHARGER_NOT_FOUND');
      const { chargerId, chargerKey: key } = own.charger;
      const connectionToken = newSecret(connectionTokenLength);
      const hash = secretHash(connectionToken);
      const { token } = chargerUrls(own.slug, chargerId, connectionToken);
      const connectionTokenId = tokenIdOf(hash);
      const answer = { chargerId, connectionTokenId, connectionToken, urls: { token } };
      const kept = keptPart(keepAnswer, answer);
      return issuedAs(
        answer,
        await issueConnectionToken(caller.database, key, hash, caller.now, kept),
      );
    },
  }),
  listRoute({
    path: '/chargers/{chargerId}/connection-tokens',
    summary: 'Lists the connection tokens of a charger, without the tokens themselves.',
    scope: 'chargers:read',
    item: ListedTokenSchema,
    errors: ['CHARGER_NOT_FOUND'],
    run: async ({ database, operatorId }, { path }) => {
      const charger = await readCharger(database, chargerKey(operatorId, path.chargerId), true);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      // At most two: the one in use and its successor.
      const tokens = await readConnectionTokens(database, hashesOf(charger));
      const items = tokens.map(({ tokenHash, createdAt }) => ({
        connectionTokenId: tokenIdOf(tokenHash),
        state: tokenHash === charger.connectionTokenHash ? ('in-use' as const) : ('new' as const),
        createdAt,
      }));
      return { items, next: null };
    },
  }),
  route({
    method: 'DELETE',
    path: '/chargers/{chargerId}/connection-tokens/{connectionTokenId}',
    summary:
      'Revokes a connection token: no charger connects with it any more, and one that is connected with it is disconnected.',
    scope: 'chargers:write',
    status: 204,
    errors: ['CHARGER_NOT_FOUND', 'CONNECTION_TOKEN_NOT_FOUND'],
    run: async ({ database, operatorId, now, closeConnection }, { path }) => {
      const key = chargerKey(operatorId, path.chargerId);
      const charger = await readCharger(database, key, true);
      if (charger === undefined) return refused('CHARGER_NOT_FOUND');
      const hash = hashesOf(charger).find((one) => tokenIdOf(one) === path.connectionTokenId);
      const revoked = hash && (await revokeConnectionToken(database, key, hash));
      if (revoked !== 'revoked') return refused('CONNECTION_TOKEN_NOT_FOUND');
      // After the token is gone: a handshake that read it before finds it gone once its connection is noted.
      const connection = await readConnection(database, key);
      const isOpen = connection !== undefined && connection.disconnectedAt === undefined;
      if (isOpen && connection.connectionTokenHash === hash) {
        await closeWhenOpen({ close: closeConnection, wait: pause }, connection, now);
      }
      return doneSilently;
    },
  }),
];
