import { expect, it } from 'vitest';
import {
  keepReading,
  type NewMessageRecord,
  readConnectorReadings,
  readLastOfConnector,
  readSessionPage,
  readSessionReadings,
} from '../../lambdas/store/readings/readings.ts';
import { onEachEngine } from './on-each-engine.ts';

const first = { evseId: 1, connectorId: 1 };
const everything = 1_000_000;

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

    const { records, isWhole } = await readSessionReadings(
      database(),
      { sessionId: 'ses_1' },
      everything,
    );
    expect(isWhole).toBe(true);
    expect(records).toEqual([
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
    const span = { chargerKey: 'op_a#cp-1', connector: first, from, to };
    const found = await readConnectorReadings(database(), span, everything);

    expect(found.records.map(({ at }) => at)).toEqual([from, to]);
    const backwards = { ...span, from: to, to: from };
    expect(await readConnectorReadings(database(), backwards, everything)).toEqual({
      records: [],
      isWhole: true,
    });
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
      const span = { chargerKey: 'op_a#cp-e', connector, from: at, to: at };
      const { records } = await readConnectorReadings(database(), span, everything);
      expect(records.map(({ raw }) => raw)).toEqual([`{"evseId":${evseId}}`]);
      expect(await readLastOfConnector(database(), 'op_a#cp-e', connector, 25)).toEqual(records);
    }
  });

  it("a read of a session's messages is bounded, returns whole messages, and says if there are more", async () => {
    const own = { sessionId: 'ses_large' };
    const times = Array.from(
      { length: 40 },
      (_, n) => `2026-04-14T16:00:${String(n).padStart(2, '0')}.000Z`,
    );
    for (const at of times) {
      await keepReading(database(), reading(at, { ...own, raw: 'x'.repeat(100_000) }), 'h', 30);
    }

    for (const count of [0, 1, 12, 39]) {
      const read = await readSessionReadings(
        database(),
        { sessionId: 'ses_large' },
        count * 100_250 + 100_000,
      );
      expect(read.records.map(({ at }) => at)).toEqual(times.slice(0, count));
      expect(read.isWhole).toBe(false);
    }
    const all = await readSessionReadings(database(), { sessionId: 'ses_large' }, 40 * 100_250);
    expect(all.records).toHaveLength(40);
    expect(all.isWhole).toBe(true);

    const found: string[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await readSessionPage(database(), { sessionId: 'ses_large' }, after, 7);
      found.push(...page.records.map(({ at }) => at));
      if (page.isWhole) break;
      after = page.records.at(-1)?.key;
    }
    expect(found).toEqual(times);
  });
});
