import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyCharger } from '../../../lambdas/authorizer/verify-charger.ts';
import { acceptConnection } from '../../../lambdas/connect/accept-connection.ts';
import type { ChargerContext } from '../../../lambdas/connection/charger-context.ts';
import { readConnection } from '../../../lambdas/store/chargers/connections.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator, type TestOperator } from '../plant.ts';
import { closedConnections } from '../test-services.ts';

let database: TestDatabase;
let operator: TestOperator;
let path: string;
let token: string;
let key: string;
let chargers = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
});

beforeEach(async () => {
  chargers += 1;
  const chargerId = `RT-${chargers}`;
  path = `/chargers/${chargerId}`;
  key = `${operator.operatorId}#${chargerId.toLowerCase()}`;
  const made = await operator.call('POST', '/chargers', { chargerId });
  token = String(made.body['connectionToken']);
});

afterAll(async () => {
  await database.stop();
});

const verdictOn = async (connectionToken: string) =>
  await verifyCharger(database, { connectionToken, offers: [] });

const listed = async () =>
  (await operator.call('GET', `${path}/connection-tokens`)).body.items ?? [];

const issue = async () => (await operator.call('POST', `${path}/connection-token`)).body;

const revoke = async (id: unknown) =>
  await operator.call('DELETE', `${path}/connection-tokens/${id}`);

const revokeAll = async () => {
  for (const { connectionTokenId } of await listed()) await revoke(connectionTokenId);
};

/** The gateway's part of a handshake, up to the answer of `$connect`. */
async function connect(connectionId: string, connectionToken?: string, meanwhile = async () => {}) {
  const verdict = connectionToken === undefined ? undefined : await verdictOn(connectionToken);
  if (verdict !== undefined && verdict.kind !== 'accepted') return 'refused';
  const tokenHash = verdict?.connectionTokenHash;
  const charger = { chargerKey: key, protocol: 'ocpp1.6' } as ChargerContext;
  await meanwhile();
  const helpers = { close: async () => 'closed' as const, wait: async () => {} };
  const now = new Date().toISOString();
  return await acceptConnection(database, helpers, charger, connectionId, now, tokenHash);
}

describe('a connection token that is revoked', () => {
  it('the tokens of a charger are listed with their age and state, and without what they are', async () => {
    const { connectionTokenId, connectionToken } = await issue();

    const tokens = await listed();
    expect(tokens.map(({ state }) => state)).toEqual(['in-use', 'new']);
    expect(tokens[1]?.['connectionTokenId']).toBe(connectionTokenId);
    expect(JSON.stringify(tokens)).not.toContain(token);
    expect(JSON.stringify(tokens)).not.toContain(String(connectionToken));

    await verdictOn(String(connectionToken));
    expect(await listed()).toEqual([{ ...tokens[1], state: 'in-use' }]);
  });

  it('a revoked token is refused, and the other one of the charger is still valid', async () => {
    const { connectionToken } = await issue();
    const [inUse] = await listed();

    expect((await revoke(inUse?.['connectionTokenId'])).status).toBe(204);
    expect((await verdictOn(token)).kind).toBe('unknown-charger');
    expect((await verdictOn(String(connectionToken))).kind).toBe('accepted');
    expect((await revoke(inUse?.['connectionTokenId'])).code).toBe('CONNECTION_TOKEN_NOT_FOUND');
  });

  it('a charger without any token is given one again, and can be deleted without', async () => {
    await revokeAll();
    expect(await listed()).toEqual([]);

    const { connectionToken } = await issue();
    expect((await verdictOn(String(connectionToken))).kind).toBe('accepted');
    expect((await verdictOn(String(connectionToken))).kind).toBe('accepted');
    await revokeAll();
    expect((await operator.call('DELETE', path)).status).toBe(204);
  });

  it('a revoked token closes the connection that was opened with it, and no other', async () => {
    expect(await connect(`${key}-password`)).toBe('accepted');
    await issue();
    const [inUse, fresh] = await listed();
    await revoke(fresh?.['connectionTokenId']);
    expect(closedConnections).not.toContain(`${key}-password`);

    expect(await connect(`${key}-token`, token)).toBe('accepted');
    await revoke(inUse?.['connectionTokenId']);
    expect(closedConnections).toContain(`${key}-token`);
  });

  it('a token revoked during a handshake lets nobody in, and its charger is not shown as online', async () => {
    expect(await connect(`${key}-late`, token, revokeAll)).toBe('revoked');

    expect((await readConnection(database, key))?.disconnectedAt).toBeDefined();
    expect((await operator.call('GET', path)).body['online']).toBe(false);
  });

  it('of a handshake and a revocation at any moments, either the handshake is refused or its connection is closed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.uuid(), async (scheduler, connectionId) => {
        const { connectionToken } = await issue();
        await verdictOn(String(connectionToken));
        const steps = [
          scheduler
            .schedule(Promise.resolve())
            .then(async () => await connect(connectionId, String(connectionToken))),
          scheduler.schedule(Promise.resolve()).then(revokeAll),
        ] as const;
        await scheduler.waitAll();
        const [outcome] = await Promise.all(steps);

        if (outcome === 'accepted') expect(closedConnections).toContain(connectionId);
        else expect(['revoked', 'refused']).toContain(outcome);
      }),
      { numRuns: 15 },
    );
  });
});
