import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import type { ListedMessage } from '../../../core/cdr/verify/cdr-proof.ts';
import { verifyCdr } from '../../../core/cdr/verify/verify-cdr.ts';
import { loadDecoder } from '../../../core/ocpp/load-decoder.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import { carriedKey } from '../../core/cdr/test-seal-key.ts';
import { pushedHours } from '../../lambdas/push/push-client.ts';
import { eventually, type Flow, type ShownSession } from '../flow.ts';
import { type OperatorClient, operatorClient } from '../operator-client.ts';

type Outcome = { readonly accepted: number; readonly duplicates: number };

const run = promisify(execFile);

const page = readFileSync(new URL('../../../docs/push.md', import.meta.url), 'utf8');

/** The documented example in a language: its text without the fence. */
const exampleIn = (language: string): string =>
  new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(page)?.[1] ?? '';

const commands: Readonly<Record<string, readonly [string, ...string[]]>> = {
  sh: ['sh', '-c'],
  python: ['python3', '-c'],
  js: [process.execPath, '--input-type=module', '-e'],
};

/** Sessions that third parties push, through the gateway. */
export const pushedSessionScenarios = (flow: () => Flow): void => {
  const cdrsOf = async (operator: OperatorClient, count: number): Promise<readonly Cdr[]> =>
    (
      await eventually(
        async () => (await operator.get<{ items: readonly Cdr[] }>('/cdrs?limit=100')).body.items,
        (items) => items.length >= count,
      )
    ).toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));

  describe('a third party that pushes sessions', () => {
    it.each(Object.entries(commands))(
      'the documented example in %s is accepted once, and as a duplicate when it is repeated',
      async (language, [command, ...args]) => {
        const operator = await flow().newOperator(`Pushes in ${language}`);
        const env = { ...process.env, HTTP: flow().http, KEY: operator.apiKey };
        const once = async () =>
          JSON.parse((await run(command, [...args, exampleIn(language)], { env })).stdout);

        expect(await once()).toEqual({ accepted: 1, duplicates: 0 });
        expect(await once()).toEqual({ accepted: 0, duplicates: 1 });
      },
    );

    it('100 sessions that are pushed 20 times at once are accepted once each and billed once each', async () => {
      const operator = await flow().newOperator('Pushes at once');
      const tariff = await operator.post<{ tariffId: string }>('/tariffs', {
        name: 'Wallbox',
        currency: 'EUR',
        perKwh: '0.30',
      });
      const key = await operator.post<{ apiKey: string }>('/api-keys', {
        name: 'Gateway',
        scopes: ['sessions:push'],
        tariffId: tariff.body.tariffId,
      });
      const gateway = operatorClient(flow().http, key.body.apiKey);
      const body = { sessions: pushedHours(100) };

      let repeated = 0;
      const push = async () =>
        await eventually(
          () => gateway.post<Outcome>('/api/gateway/sessions', body),
          ({ status }) => {
            // A busy machine refuses calls that wait for their function for long: whoever pushes comes again.
            if (status >= 500) repeated += 1;
            return status < 500;
          },
        );
      const answers = await Promise.all(Array.from({ length: 20 }, push));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      const sum = (of: keyof Outcome) => answers.reduce((all, { body: one }) => all + one[of], 0);
      expect(sum('accepted') + sum('duplicates')).toBe(2_000);
      // A session whose call was answered too late is a duplicate when that is repeated.
      if (repeated === 0) expect(sum('accepted')).toBe(100);
      expect(sum('accepted')).toBeLessThanOrEqual(100);
      expect((await push()).body).toMatchObject({ accepted: 0, duplicates: 100 });

      await flow().drained();
      const cdrs = await cdrsOf(operator, 100);
      expect(cdrs).toHaveLength(100);
      expect(new Set(cdrs.map(({ state }) => state))).toEqual(new Set(['sealed']));
      // 7.4 kWh at 0.30.
      expect(new Set(cdrs.map(({ total }) => total?.inclVat))).toEqual(new Set(['2.22']));
      expect(cdrs.map(({ seal }) => seal?.sequence).toSorted((a = 0, b = 0) => a - b)).toEqual(
        Array.from({ length: 100 }, (_, n) => n + 1),
      );
    });

    it('a pushed session gets a CDR that verifies from the record as it came; one that ends before it starts is held', async () => {
      const operator = await flow().newOperator('Pushes a night');
      const tariff = await operator.post<{ tariffId: string }>('/tariffs', {
        name: 'Wallbox',
        currency: 'EUR',
        perKwh: '0.30',
        sessionFee: '1',
      });
      const { tariffId } = tariff.body;
      await operator.post('/chargers', { chargerId: 'WALLBOX', maxPowerKw: 11, tariffId });
      const key = await operator.post<{ apiKey: string }>('/api-keys', {
        name: 'Gateway',
        scopes: ['sessions:push'],
        chargerId: 'WALLBOX',
      });
      const gateway = operatorClient(flow().http, key.body.apiKey);
      const night = {
        carConnected: '2026-04-14T18:30:00+02:00',
        carDisconnected: '2026-04-15T06:45:00+02:00',
        kiloWattHours: 32.5,
      };
      const backwards = { ...night, carDisconnected: '2026-04-14T06:45:00+02:00' };
      await gateway.post('/api/gateway/sessions', { sessions: [night] });
      await gateway.post('/api/gateway/sessions', { sessions: [backwards] });

      const [sealed, held] = (await cdrsOf(operator, 2)).toSorted((a) =>
        a.state === 'sealed' ? -1 : 1,
      );
      const sessions = await operator.get<{ items: readonly ShownSession[] }>(
        '/sessions?chargerId=WALLBOX',
      );

      expect(sessions.body.items.map(({ endedAt }) => endedAt).toSorted()).toEqual([
        '2026-04-14T04:45:00.000Z',
        '2026-04-15T04:45:00.000Z',
      ]);
      expect(held).toMatchObject({ state: 'held', total: null, lines: [], energyKwh: 32.5 });
      expect(held?.anomalies.map(({ code }) => code)).toContain('TIME_NEGATIVE');
      expect(sealed).toMatchObject({ state: 'sealed', chargerId: 'WALLBOX', energyKwh: 32.5 });
      expect(sealed?.total?.inclVat).toBe('10.75');
      if (sealed === undefined) throw new Error('no sealed CDR');
      const { body } = await operator.get<{ items: readonly ListedMessage[] }>(
        `/cdrs/${sealed.cdrId}/readings`,
      );
      expect(body.items.map(({ raw }) => raw)).toEqual([JSON.stringify(night)]);
      const decode = await loadDecoder([sealed.evidence.session.protocol]);
      const verdict = verifyCdr(sealed, {
        readings: body.items,
        rules: {
          read: (message) => decode(sealed.evidence.session.protocol, message),
          price: priceSession,
        },
        key: carriedKey(sealed.seal),
      });
      expect(verdict).toMatchObject({ valid: true });
      expect(verdict.checks.filter(({ outcome }) => outcome === 'skipped')).toEqual([]);
    });
  });
};
