import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { failuresList } from '../../../cli/commands/failures-list.ts';
import {
  createMetricStore,
  type MetricName,
  type MetricStore,
} from '../../../runner/cloudwatch/dashboards/metric-store.ts';
import { metricsOfAlarms } from '../../stacks/metrics-of-alarms.ts';
import { cdrOf, sessionsOf } from '../flow.ts';
import { plugged } from '../plugged.ts';
import { deployment, namesOfRaised, ranCanary } from '../raised-alarms.ts';
import type { RunningFlow } from '../start-flow.ts';

const minute = 60_000;
const runbook = readFileSync(new URL('../../../docs/runbook.md', import.meta.url), 'utf8');

const anyFailure = { step: expect.any(String), messages: expect.any(Number) };

/** Alarms of what AWS counts by itself, raised by what the stack does: tables and keys that refuse, and what a day costs. */
export const alarmsOfAws = (flow: () => RunningFlow): void => {
  const summed = metricsOfAlarms(deployment).filter(
    ({ namespace, name }) =>
      namespace.startsWith('AWS/') && namespace !== 'AWS/SQS' && name !== 'IteratorAge',
  );

  /** The counts of AWS so far of all that alarms add up, by metric. */
  const counts = (): ReadonlyMap<MetricName, number> =>
    new Map(
      summed.map((metric) => {
        const values = flow().service.stack.metrics.valuesOf(metric, 0);
        return [metric, values.reduce((all, { value }) => all + value, 0)];
      }),
    );

  /** The counts of AWS since others, as if the same had happened in each of three periods; each so many times. */
  const countedSince = (before: ReadonlyMap<MetricName, number>, times = 1): MetricStore => {
    const store = createMetricStore();
    for (const [metric, count] of counts()) {
      const value = (count - (before.get(metric) ?? 0)) * times;
      for (const by of [0, 5 * minute, 10 * minute]) {
        store.put({ ...metric, at: Date.now() - by, value });
      }
    }
    ranCanary(store, 0);
    return store;
  };

  describe('the alarms of what AWS counts', () => {
    it('tables that refuse what is too much raise their alarm while messages are answered and postponed, and end it when the session has its stop and nothing has failed', async () => {
      const { own, operator, chargerId, plug, begin, end } = await plugged(flow(), 'Throttled');
      const transactionId = await begin();
      await flow().drained();
      const since = counts();
      flow().database.throttlesFor = /MessageFunction/;
      onTestFinished(() => {
        flow().database.throttlesFor = undefined;
      });
      expect(await end(transactionId)).toEqual({});
      flow().database.throttlesFor = undefined;
      expect(namesOfRaised(countedSince(since))).toEqual(['service-trouble', 'table-throttles']);

      // As the section has it: it ends by itself, what was postponed is processed, and `failures list` shows none.
      const [session] = await sessionsOf(own, chargerId);
      const cdr = await cdrOf(own, session?.sessionId ?? '');
      await flow().drained();
      vi.stubEnv('JOULEGATE_DATA_DIR', flow().dataDirectory);
      const { json } = await failuresList.run({ positionals: [], values: {} });
      vi.unstubAllEnvs();
      const [, section = ''] = runbook.split('\n## table-throttles\n');
      expect(section.split('\n## ')[0]).toContain('`failures list` shows none');
      expect(json).toMatchObject({
        failures: expect.arrayContaining([{ ...anyFailure, step: 'postponed', messages: 0 }]),
      });
      expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 12 });
      const after = counts();
      await operator.get('/sessions');
      expect(namesOfRaised(countedSince(after))).toEqual([]);
      await plug.close();
    });

    it('an index that refuses to be read raises its alarm while a list of the API fails, and ends it when the list is answered', async () => {
      const operator = await flow().newOperator('Index');
      const list = async () => await operator.get<unknown>('/sessions?accountId=acc_1');
      expect((await list()).status).toBe(200);
      const since = counts();
      flow().database.throttlesFor = /^Query .*AnswersFunction/;
      onTestFinished(() => {
        flow().database.throttlesFor = undefined;
      });
      expect((await list()).status).toBe(500);
      flow().database.throttlesFor = undefined;
      expect(namesOfRaised(countedSince(since))).toEqual(['index-throttles', 'service-trouble']);

      const [, section = ''] = runbook.split('\n## index-throttles\n');
      expect(section.split('\n## ')[0]).toContain('the list that failed is answered');
      const after = counts();
      expect((await list()).status).toBe(200);
      expect(namesOfRaised(countedSince(after))).toEqual([]);
    });

    it('signatures beyond four fifths of what the account may make raise their alarm, and CDRs that are not signed come late and none is lost', async () => {
      const { own, chargerId, plug, begin, end } = await plugged(flow(), 'Signatures');
      // An account that may sign three times in five minutes.
      const quotaOf = () => 3 / 300;
      const since = counts();
      await end(await begin());
      const [first] = await sessionsOf(own, chargerId);
      await cdrOf(own, first?.sessionId ?? '');
      await flow().drained();
      expect(namesOfRaised(countedSince(since), quotaOf)).toEqual([]);

      flow().keys.throttlesFor = /CdrStep/;
      flow().keys.refused = 0;
      onTestFinished(() => {
        flow().keys.throttlesFor = undefined;
      });
      for (let n = 0; n < 2; n += 1) await end(await begin());
      await expect.poll(() => flow().keys.refused).toBeGreaterThan(3);
      const waiting = await sessionsOf(own, chargerId);
      expect(waiting.filter(({ cdrId }) => cdrId !== null)).toHaveLength(1);
      flow().keys.throttlesFor = undefined;
      for (const { sessionId } of waiting) {
        expect(await cdrOf(own, sessionId)).toMatchObject({ state: 'sealed', energyKwh: 12 });
      }
      await flow().drained();
      expect(namesOfRaised(countedSince(since), quotaOf)).toEqual([
        ...['kms-requests', 'service-trouble'],
      ]);
      const after = counts();
      await plug.close();
      await flow().drained();
      expect(namesOfRaised(countedSince(after), quotaOf)).toEqual([]);
    });

    it('a day that costs more than twice a thirtieth of the budget raises its alarm, by what a real session used', async () => {
      const since = counts();
      const { own, chargerId, plug, begin, end } = await plugged(flow(), 'Spending');
      await end(await begin());
      const [session] = await sessionsOf(own, chargerId);
      await cdrOf(own, session?.sessionId ?? '');
      await flow().drained();
      await plug.close();
      const [spend] = deployment.resources.filter(({ ref }) => ref.endsWith('-local-spend'));
      const names = metricsOfAlarms({ ...deployment, resources: spend ? [spend] : [] });
      const used = names.map((metric) => JSON.stringify(metric));
      const more = [...counts()]
        .filter(([metric]) => used.includes(JSON.stringify(metric)))
        .map(([metric, count]) => ({ name: metric.name, more: count - (since.get(metric) ?? 0) }));
      const countOf = (name: string): number =>
        more.filter((one) => one.name === name).reduce((sum, one) => sum + one.more, 0);
      const usd =
        countOf('MessageCount') * 1e-6 +
        countOf('ConnectCount') * 120 * 0.25e-6 +
        countOf('Count') * 1e-6 +
        countOf('Invocations') * 0.2e-6 +
        countOf('Duration') * (0.5 / 1000) * 0.0000133334 +
        countOf('ConsumedWriteCapacityUnits') * 0.625e-6 +
        countOf('ConsumedReadCapacityUnits') * 0.125e-6 +
        countOf('CallCount') * 15e-6;

      expect(more).toHaveLength(10);
      for (const { name } of more) expect([name, countOf(name) > 0]).toEqual([name, true]);
      // Of 300 USD a month, a day may cost 20; these three periods are one day.
      const raised = (share: number) =>
        namesOfRaised(countedSince(since, (share * 20) / usd / 3), () => 1e9);
      expect(raised(1.01)).toEqual(['spend']);
      expect(raised(0.99)).toEqual([]);
    });
  });
};
