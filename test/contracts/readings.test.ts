import { expect, it } from 'vitest';
import {
  keepReading,
  type NewMessageRecord,
  readConnectorReadings,
  readLastOfConnector,
  readSessionReadings,
} from '../../lambdas/store/readings.ts';
import { onEachEngine } from './on-each-engine.ts';

const first = { evseId: 1, connectorId: 1 };

const reading = (at: string, overrides: Partial<NewMessageRecord> = {}): NewMessageRecord => ({
  kind: 'meter',
  operatorId: 'op_a',
  chargerId: 'CP-1',
  chargerKey: 'op_a#cp-1',
  ...first,
  protocol: 'ocpp1.6',
  receivedAt: '2026-04-14T16:30:01.000Z',
  at,
  raw: '{"connectorId":1}',
  ...overrides,
});

onEachEngine('the store of readings', (database) => {
  it('a message is stored once, word for word, and ordered by its time', async () => {
    const own = { sessionId: 'ses_1' };
    const [early, late] = ['2026-04-14T16:00:00.000Z', '2026-04-14T17:00:00.000Z'];

    expect(await keepReading(database(), reading(late, own), 'bbb', 30)).toBe('kept');
    expect(await keepReading(database(), reading(early, own), 'aaa', 30)).toBe('kept');
    expect(await keepReading(database(), reading(early, own), 'aaa', 30)).toBe('duplicate');

    const kept = await readSessionReadings(database(), 'ses_1');
    expect(kept).toEqual([
      { ...reading(early, own), key: `${early}#meter#aaa` },
      { ...reading(late, own), key: `${late}#meter#bbb` },
    ]);
  });

  it('a message without a transaction is stored with its connector and found by time', async () => {
    const hours = ['10', '11', '12', '13'];
    for (const hour of hours) {
      const at = `2026-04-14T${hour}:00:00.000Z`;
      await keepReading(database(), reading(at, { kind: 'status' }), hour, 30);
    }

    const [from, to] = ['2026-04-14T11:00:00.000Z', '2026-04-14T12:00:00.000Z'];
    const found = await readConnectorReadings(database(), 'op_a#cp-1', first, from, to);

    expect(found.map(({ at }) => at)).toEqual([from, to]);
    expect(await readConnectorReadings(database(), 'op_a#cp-1', first, to, from)).toEqual([]);
  });

  it('the messages of a connector are found by its own EVSE only', async () => {
    const at = '2026-04-14T16:00:00.000Z';
    const of = { kind: 'status', chargerKey: 'op_a#cp-e' } as const;
    for (const evseId of [1, 2, 12]) {
      const raw = `{"evseId":${evseId}}`;
      await keepReading(database(), reading(at, { ...of, evseId, raw }), 'same', 30);
    }

    for (const evseId of [1, 2, 12]) {
      const connector = { evseId, connectorId: 1 };
      const found = await readConnectorReadings(database(), 'op_a#cp-e', connector, at, at);
      expect(found.map(({ raw }) => raw)).toEqual([`{"evseId":${evseId}}`]);
      expect(await readLastOfConnector(database(), 'op_a#cp-e', connector, 25)).toEqual(found);
    }
  });
});
