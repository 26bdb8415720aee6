import { expect, it } from 'vitest';
import { chargerKey } from '../../core/charger/charger-key.ts';
import type { ConnectorStatus } from '../../core/charger/connector-status.ts';
import {
  type Charger,
  createCharger,
  listChargers,
  readCharger,
} from '../../lambdas/store/chargers/chargers.ts';
import { chargerOfToken } from '../../lambdas/store/chargers/connection-tokens.ts';
import {
  chargerOfConnection,
  endConnection,
  isCurrentConnection,
  markSeen,
  takeOver,
} from '../../lambdas/store/chargers/connections.ts';
import {
  connectorFrom,
  readChargerItems,
  readConnector,
} from '../../lambdas/store/chargers/connectors.ts';
import { firstChargerOfId } from '../../lambdas/store/chargers/first-charger-of-id.ts';
import { openSessionOn } from '../../lambdas/store/chargers/open-session-on.ts';
import { recordStatus } from '../../lambdas/store/chargers/record-status.ts';
import {
  countCharger,
  createOperator,
  operatorOfSlug,
  readOperator,
  shardsOf,
} from '../../lambdas/store/operators/operators.ts';
import { haveChargers } from './have-chargers.ts';
import { onEachEngine } from './on-each-engine.ts';

const day = '2026-01-01T00:00:00.000Z';

const charger = (chargerId: string, operatorId = 'op_a', createdAt = day): Charger => ({
  chargerId,
  chargerKey: chargerKey(operatorId, chargerId),
  operatorId,
  shard: 0,
  passwordHash: 'ab',
  connectionTokenHash: `token of ${operatorId} for ${chargerId}`,
  maxPowerKw: '22',
  connectors: 2,
  timeZone: 'Europe/Berlin',
  createdAt,
  version: 1,
});

const first = { evseId: 1, connectorId: 1 };

const connection = (connectionId: string, connectedAt: string) =>
  ({ connectionId, protocol: 'ocpp1.6', connectedAt }) as const;

onEachEngine('the store of chargers', (database) => {
  it('the chargers of an operator are counted and fill its shards one after the other', async () => {
    await createOperator(database(), {
      operatorId: 'op_n',
      name: 'N',
      slug: 'n',
      createdAt: '2026',
    });

    await haveChargers(database(), 'op_n', 9_998);
    const shards: number[] = [];
    for (let n = 0; n < 3; n += 1) shards.push((await countCharger(database(), 'op_n')).shard);

    expect(shards).toEqual([0, 0, 1]);
    const operator = await readOperator(database(), 'op_n');
    expect(operator && shardsOf(operator)).toEqual([0, 1]);
  });

  it('a slug belongs to one operator only, and no operator is created without its slug', async () => {
    const named = (operatorId: string) =>
      createOperator(database(), { operatorId, name: 'S', slug: 's-werke', createdAt: '2026' });

    expect(await named('op_s1')).toBe('created');
    expect(await named('op_s2')).toBe('slug-taken');

    expect(await operatorOfSlug(database(), 'S-Werke')).toBe('op_s1');
    expect(await operatorOfSlug(database(), 's-werk')).toBeUndefined();
    expect(await readOperator(database(), 'op_s2')).toBeUndefined();
  });

  it('a charger id can be registered once with each operator', async () => {
    const later = '2026-01-02T00:00:00.000Z';
    const [first, second] = [charger('CP-1'), charger('cp-1', 'op_b', later)];
    expect(await firstChargerOfId(database(), 'CP-1')).toBeUndefined();

    expect(await createCharger(database(), first)).toBe('created');
    expect(await createCharger(database(), charger('cP-1', 'op_a', later))).toBe('exists');
    expect(await firstChargerOfId(database(), 'Cp-1')).toEqual({
      chargerKey: first.chargerKey,
      isShared: false,
    });
    expect(await createCharger(database(), second)).toBe('created');

    expect(await readCharger(database(), first.chargerKey)).toEqual(first);
    expect(await readCharger(database(), second.chargerKey)).toEqual(second);
    expect(await readCharger(database(), charger('cp-2').chargerKey)).toBeUndefined();
    expect(await firstChargerOfId(database(), 'cp-1')).toEqual({
      chargerKey: first.chargerKey,
      isShared: true,
    });
  });

  it('chargers are listed by id, page by page', async () => {
    for (const id of ['L-3', 'L-1', 'L-2']) {
      await createCharger(database(), charger(id, 'op_list'));
    }

    const first = await listChargers(database(), 'op_list', { limit: 2 });
    const second = await listChargers(database(), 'op_list', { limit: 2, after: 'l-2' });

    expect(first.items.map(({ chargerId }) => chargerId)).toEqual(['L-1', 'L-2']);
    expect(first.next).not.toBeNull();
    expect(second.items.map(({ chargerId }) => chargerId)).toEqual(['L-3']);
    expect(second.next).toBeNull();
  });

  it('a charger is found by the hash of its connection token', async () => {
    const { connectionTokenHash = '', chargerKey: key } = charger('T-1');
    await createCharger(database(), charger('T-1'));

    expect(await chargerOfToken(database(), connectionTokenHash)).toBe(key);
    expect(await chargerOfToken(database(), 'beef')).toBeUndefined();
  });

  it('the latest connection of a charger counts, and the end of an older one changes nothing', async () => {
    const [early, late] = ['2026-01-01T00:00:00.000Z', '2026-01-01T01:00:00.000Z'];

    expect(await takeOver(database(), 'cp-t', connection('A', early))).toEqual({});
    expect(await takeOver(database(), 'cp-t', connection('B', late))).toEqual({
      previous: { connectionId: 'A', connectedAt: early },
    });
    expect(await isCurrentConnection(database(), 'cp-t', 'A')).toBe(false);
    expect(await isCurrentConnection(database(), 'cp-t', 'B')).toBe(true);
    expect(await isCurrentConnection(database(), 'cp-u', 'B')).toBe(false);
    expect(await endConnection(database(), 'cp-t', 'A', late)).toBe('taken-over');
    expect(await chargerOfConnection(database(), 'B')).toBe('cp-t');
    expect(await chargerOfConnection(database(), 'A')).toBeUndefined();

    await markSeen(database(), 'cp-t', 'A', '2030-01-01T00:00:00.000Z');
    await markSeen(database(), 'cp-t', 'B', '2026-01-01T02:00:00.000Z');
    const { connection: item } = await readChargerItems(database(), 'cp-t');
    expect(item?.['lastSeenAt']?.S).toBe('2026-01-01T02:00:00.000Z');
    expect(await endConnection(database(), 'cp-t', 'B', late)).toBe('ended');
    expect(await takeOver(database(), 'cp-t', connection('C', late))).toEqual({});
  });

  it('the latest status of a connector is kept, in whatever order they arrive', async () => {
    const status = (status: ConnectorStatus, statusAt: string) => ({
      status,
      errorCode: 'NoError',
      statusAt,
      timed: true,
      receivedAt: '2026-02-01T00:00:00.000Z',
    });
    const later = status('charging', '2026-01-01T10:00:00.000Z');

    expect(await recordStatus(database(), 'cp-s', first, later)).toEqual({ kind: 'written' });
    expect(
      await recordStatus(
        database(),
        'cp-s',
        first,
        status('preparing', '2026-01-01T09:00:00.000Z'),
      ),
    ).toMatchObject({ kind: 'older', known: { status: 'charging' } });

    expect((await readConnector(database(), 'cp-s', first))?.status).toBe('charging');
  });

  it('statuses with a time are compared by it, the others by their receipt', async () => {
    const record = (status: ConnectorStatus, day: number, statusAt?: string) => {
      const receivedAt = `2026-03-0${day}T00:00:00.000Z`;
      const timed = statusAt !== undefined;
      return recordStatus(database(), 'cp-u', first, {
        status,
        errorCode: 'NoError',
        statusAt: statusAt ?? receivedAt,
        timed,
        receivedAt,
      });
    };
    const steps = [
      () => record('preparing', 1, '2020-01-01T10:00:00.000Z'),
      () => record('available', 2),
      () => record('charging', 3, '2020-01-01T11:00:00.000Z'),
    ];
    for (const step of steps) expect((await step()).kind).toBe('written');
    expect((await steps[0]?.())?.kind).toBe('older');
    expect((await steps[1]?.())?.kind).toBe('older');
    expect((await record('finishing', 4, '2020-01-01T10:30:00.000Z')).kind).toBe('older');

    expect(await readConnector(database(), 'cp-u', first)).toMatchObject({
      status: 'charging',
      statusAt: '2020-01-01T11:00:00.000Z',
      statusReceivedAt: '2026-03-03T00:00:00.000Z',
    });
    expect((await record('available', 5)).kind).toBe('written');
  });

  it('a connector names the session started last and remembers the previous one', async () => {
    const open = (sessionId: string, startedAt: string) =>
      openSessionOn(database(), 'cp-o', first, { sessionId, startedAt });

    const previousSessionId = 'ses_1';
    const laterStartedAt = '2026-01-01T11:00:00.000Z';

    expect(await open('ses_1', '2026-01-01T10:00:00.000Z')).toEqual({ kind: 'opened' });
    expect(await open('ses_2', laterStartedAt)).toEqual({ kind: 'opened', previousSessionId });
    // The same start again gets the same answer; an older one changes nothing.
    const again = { kind: 'opened-before', previousSessionId };
    expect(await open('ses_2', laterStartedAt)).toEqual(again);
    expect(await open('ses_0', '2026-01-01T09:00:00.000Z')).toEqual({
      kind: 'later',
      laterSessionId: 'ses_2',
      laterStartedAt,
    });

    // Nor does the one before, should its repetition bear the time of its receipt.
    expect((await open('ses_1', '2026-01-01T12:00:00.000Z')).kind).toBe('later');

    const { connectors } = await readChargerItems(database(), 'cp-o');
    expect(connectors.map(connectorFrom)[0]?.openSessionId).toBe('ses_2');
  });

  it('connector 1 of one EVSE is separate from connector 1 of another', async () => {
    const second = { evseId: 2, connectorId: 1 };
    const at = '2026-01-01T10:00:00.000Z';
    const status = (word: ConnectorStatus) => ({
      status: word,
      errorCode: 'NoError',
      statusAt: at,
      timed: true,
      receivedAt: at,
    });
    await takeOver(database(), 'cp-e', connection('E', at));
    await recordStatus(database(), 'cp-e', first, status('charging'));
    await recordStatus(database(), 'cp-e', second, status('faulted'));

    for (const [connector, sessionId] of [
      [first, 'ses_1'],
      [second, 'ses_2'],
    ] as const) {
      expect(
        await openSessionOn(database(), 'cp-e', connector, { sessionId, startedAt: at }),
      ).toEqual({ kind: 'opened' });
    }

    const { connectors, connection: item } = await readChargerItems(database(), 'cp-e');
    expect(item?.['connectionId']?.S).toBe('E');
    expect(connectors.map(connectorFrom)).toMatchObject([
      { ...first, status: 'charging', openSessionId: 'ses_1' },
      { ...second, status: 'faulted', openSessionId: 'ses_2' },
    ]);
  });
});
