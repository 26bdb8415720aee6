import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { failuresList } from '../../../cli/commands/failures-list.ts';
import { handler as canary } from '../../../lambdas/canary/handler.ts';
import type { AlarmSources } from '../../../runner/cloudwatch/alarms/alarm-state.ts';
import { readFilterPattern } from '../../../runner/cloudwatch/alarms/filter-pattern.ts';
import { statesOfAlarms } from '../../../runner/cloudwatch/alarms/states-of-alarms.ts';
import { measuredInvoke } from '../../../runner/cloudwatch/dashboards/collect-metrics.ts';
import { readLogLines, timeOfLine } from '../../../runner/cloudwatch/dashboards/log-lines.ts';
import {
  createMetricStore,
  type MetricName,
  type MetricStore,
} from '../../../runner/cloudwatch/dashboards/metric-store.ts';
import { withWrittenMetrics } from '../../../runner/cloudwatch/dashboards/written-metrics.ts';
import { openLogFiles } from '../../../runner/logs/log-files.ts';
import type { JsonObject } from '../../../runner/template/json-object.ts';
import { deployedWith } from '../../stacks/deployed.ts';
import { metricsOfAlarms } from '../../stacks/metrics-of-alarms.ts';
import {
  cdrOf,
  connect,
  eventually,
  registerCharger,
  registerTariff,
  registerToken,
  sessionsOf,
} from '../flow.ts';
import { startReceiver } from '../receiver.ts';
import type { RunningFlow } from '../start-flow.ts';

const minute = 60_000;
const hour = 60 * minute;
const runbook = readFileSync(new URL('../../../docs/runbook.md', import.meta.url), 'utf8');

const sectionOf = (name: string): string =>
  (runbook.split(`\n## ${name}\n`)[1] ?? '').split('\n## ')[0] ?? '';

/** The filter pattern of the command in a section of the runbook. */
const patternIn = (section: string): string =>
  /--filter-pattern '([^']+)'/.exec(sectionOf(section))?.[1] ?? '';

const anyFailure = { step: expect.any(String), messages: expect.any(Number) };

/** A line as if it had been written so much earlier, ms. */
function earlier(line: JsonObject, by: number): JsonObject {
  const at = (timeOfLine(line) ?? 0) - by;
  const { _aws: embedded } = line;
  return embedded === undefined
    ? { ...line, timestamp: new Date(at).toISOString() }
    : { ...line, _aws: { ...(embedded as JsonObject), Timestamp: at } };
}

/** Alarms of the service, raised by the lines that functions write, and ended by the commands of their sections in the runbook. */
export const alarmScenarios = (flow: () => RunningFlow): void => {
  const linesOf = (step: string, since: number): readonly JsonObject[] => {
    const { pathOf } = openLogFiles(flow().service.stack.deployment, flow().dataDirectory);
    const lines = readLogLines(pathOf(`/aws/lambda/joulegate-local-${step}`));
    return lines.filter((line) => (timeOfLine(line) ?? 0) >= since);
  };

  // Before the stack starts, which answers nobody meanwhile and loses the connections that it keeps.
  const deployment = deployedWith({
    ...{ stage: 'local', alarms: 'all', canaryMinutes: 5 },
    ...{ monthlyBudgetUsd: 300, alarmEmail: 'night@operator.example' },
  });
  const summed = metricsOfAlarms(deployment).filter(
    ({ namespace, name }) =>
      namespace.startsWith('AWS/') && namespace !== 'AWS/SQS' && name !== 'IteratorAge',
  );
  const arnOf = (step: string) =>
    `arn:aws:lambda:eu-central-1:000000000000:function:joulegate-local-${step}`;

  /** The errors that Lambda counts of a canary that ran in the last two periods. */
  const ranCanary = (store: MetricStore, errors: number): void => {
    for (const by of [0, 5 * minute]) {
      const dimensions = { FunctionName: 'joulegate-local-canary' };
      store.put({
        ...{ namespace: 'AWS/Lambda', name: 'Errors', dimensions },
        ...{ at: Date.now() - by, value: errors },
      });
    }
  };

  const namesOfRaised = (
    store: MetricStore,
    quotaOf: AlarmSources['quotaOf'] = () => 1000,
  ): readonly string[] =>
    [...statesOfAlarms(deployment, { store, now: Date.now(), quotaOf })]
      .filter(([, state]) => state === 'alarm')
      .map(([arn]) => arn.replace(/^.*:alarm:joulegate-local-/, ''))
      .toSorted();

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

  /** An operator with a charger that is connected, a token and a tariff of 0.50 for each kWh. */
  const plugged = async (name: string) => {
    const operator = await flow().newOperator(name);
    const own = { ...flow(), operator };
    const tariffId = await registerTariff(own, { perKwh: '0.50' });
    await registerToken(own, 'OTTO');
    const { chargerId, ...secrets } = await registerCharger(own, { tariffId });
    const plug = await connect(own, { chargerId, ...secrets });
    const at = (minutes: number) => new Date(Date.now() - minutes * minute).toISOString();
    const begin = async (): Promise<unknown> => {
      const start = { connectorId: 1, idTag: 'OTTO', meterStart: 0, timestamp: at(60) };
      return (await plug.call('StartTransaction', start))['transactionId'];
    };
    const end = async (transactionId: unknown): Promise<unknown> =>
      await plug.call('StopTransaction', { transactionId, meterStop: 12_000, timestamp: at(1) });
    return { own, operator, chargerId, plug, begin, end };
  };

  /** The alarms that are raised when a hundred chargers and ten do what happened since a time, in each of three periods. */
  const raisedBy = (since: number): readonly string[] => {
    const repeated = (group: string): readonly JsonObject[] => {
      const lines = linesOf(group.replace('/aws/lambda/joulegate-local-', ''), since);
      const copies = Array.from({ length: 330 }, (_, n) => (n % 3) * 5 * minute);
      return copies.flatMap((by) => lines.map((line) => earlier(line, by)));
    };
    const store = withWrittenMetrics(createMetricStore(), deployment, repeated);
    ranCanary(store, 0);
    return namesOfRaised(store);
  };

  describe('the alarms of the service', () => {
    it('refused starts, failing deliveries, unusable messages and held CDRs that come late raise their alarms, and the commands of the runbook end what they are of', async () => {
      const begin = Date.now();
      let status = 500;
      const receiver = await startReceiver(() => status);
      onTestFinished(receiver.stop);
      const operator = await flow().newOperator('Alarms');
      const own = { ...flow(), operator };
      const events = ['cdr.held'];
      const hook = await operator.post<{ webhookId: string }>('/webhooks', {
        ...{ url: receiver.url, events },
      });
      await registerToken(own, 'OTTO');
      const { chargerId, ...secrets } = await registerCharger(own);
      const plug = await connect(own, { chargerId, ...secrets });
      const authorized = await plug.call('Authorize', { idTag: 'NOBODY' });
      await expect(plug.call('OpenSesame', {})).rejects.toThrow();

      // Without a tariff its CDR is held, and its stop was received three quarters of an hour ago.
      flow().gateway.receivedAt = Date.now() - 45 * minute;
      const start = { connectorId: 1, idTag: 'OTTO', meterStart: 0 };
      const at = (hours: number) => new Date(Date.now() - hours * hour).toISOString();
      const { transactionId } = await plug.call('StartTransaction', { ...start, timestamp: at(2) });
      const stop = { transactionId, meterStop: 12_000, timestamp: at(1) };
      await plug.call('StopTransaction', stop);
      flow().gateway.receivedAt = undefined;
      const [session] = await sessionsOf(own, chargerId);
      const held = await cdrOf(own, session?.sessionId ?? '');
      await flow().drained();
      await eventually(
        async () => receiver.received.length,
        (count) => count > 0,
      );
      await flow().service.stack.runSchedules(new Date(Date.now() + 8 * 24 * hour));

      const all = [
        ...['cdr-lag', 'cdrs-held', 'cdrs-held-too-long', 'cdrs-late', 'deliveries-failing'],
        ...['drivers-refused', 'messages-not-processed', 'messages-unused', 'starts-refused'],
      ];
      const raised = await eventually(
        async () => raisedBy(begin),
        (names) => names.length >= all.length,
      );
      expect([authorized['idTagInfo'], held.state]).toEqual([{ status: 'Invalid' }, 'held']);
      expect(raised).toEqual(all);

      // The commands of the sections.
      const notProcessed = readFilterPattern(patternIn('messages-not-processed'));
      const found = linesOf('ocpp', begin).filter((line) => notProcessed?.(line));
      expect(found).toMatchObject([{ chargerId, action: 'unknown' }]);
      expect((await operator.get('/tokens/NOBODY')).status).toBe(404);
      await registerToken(own, 'NOBODY');
      status = 204;
      const listed = await operator.get<{ items: { cdrId: string }[] }>('/cdrs?state=held');
      expect(listed.body.items).toMatchObject([{ cdrId: held.cdrId }]);
      const decision = { decision: 'void', reason: 'A test of alarms.' };
      const decided = await operator.post(`/cdrs/${held.cdrId}/resolve`, decision);
      await flow().drained();

      const after = Date.now();
      expect(decided.status).toBe(202);
      expect(await plug.call('Authorize', { idTag: 'NOBODY' })).toMatchObject({
        idTagInfo: { status: 'Accepted' },
      });
      expect((await operator.get<{ items: [] }>('/cdrs?state=held')).body.items).toEqual([]);
      const before = receiver.received.length;
      const test = await operator.post(`/webhooks/${hook.body.webhookId}/test`, {});
      expect(test.status).toBe(202);
      await eventually(
        async () => receiver.received.length,
        (count) => count > before,
      );
      // As late as the run that raised the alarm: what still were held would raise it again.
      await flow().service.stack.runSchedules(new Date(Date.now() + 8 * 24 * hour));
      await plug.close();
      expect((await operator.remove(`/chargers/${chargerId}`)).status).toBe(204);
      const counted = linesOf('sweep', after).filter((line) => 'OldestHeldHours' in line);
      expect(counted.length).toBeGreaterThan(0);
      expect(raisedBy(after)).toEqual([]);
    });

    it('tables that refuse what is too much raise their alarm while messages are answered and postponed, and end it when the session has its stop and nothing has failed', async () => {
      const { own, operator, chargerId, plug, begin, end } = await plugged('Throttled');
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
      expect(sectionOf('table-throttles')).toContain('`failures list` shows none');
      expect(json).toMatchObject({
        failures: expect.arrayContaining([{ ...anyFailure, step: 'postponed', messages: 0 }]),
      });
      expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 12 });
      const after = counts();
      await operator.get('/sessions');
      expect(namesOfRaised(countedSince(after))).toEqual([]);
      await plug.close();
    });

    it('signatures beyond four fifths of what the account may make raise their alarm, and CDRs that are not signed come late and none is lost', async () => {
      const { own, chargerId, plug, begin, end } = await plugged('Signatures');
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
      await expect.poll(() => flow().keys.refused, { timeout: 20_000 }).toBeGreaterThan(3);
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

    it('starts that are refused one by one over hours, or over a day, raise the alarms of fleets that start rarely, and one that is accepted ends that of a day', async () => {
      const { plug, begin, end } = await plugged('Refused');
      const since = Date.now();
      for (let n = 0; n < 12; n += 1) {
        expect(await plug.call('Authorize', { idTag: `STRANGER-${n}` })).toEqual({
          idTagInfo: { status: 'Invalid' },
        });
      }
      const isRefusal = (line: JsonObject) => 'StartsRefused' in line;
      const refused = await eventually(
        async () => linesOf('ocpp', since).filter(isRefusal),
        (lines) => lines.length >= 12,
      );
      /** The alarms when these lines were written so long ago each. */
      const raisedWith = (lines: readonly JsonObject[], agoOf: (n: number) => number) => {
        const written = (group: string): readonly JsonObject[] =>
          group.endsWith('-ocpp') ? lines.map((line, n) => earlier(line, agoOf(n))) : [];
        const store = withWrittenMetrics(createMetricStore(), deployment, written);
        ranCanary(store, 0);
        return namesOfRaised(store);
      };
      const everyTenMinutes = (n: number) => n * 10 * minute;
      const twice = [...refused, ...refused];

      expect(refused).toHaveLength(12);
      expect(raisedWith(twice, (n) => (n % 24) * 5 * minute)).toEqual([
        ...['drivers-refused', 'starts-refused-all-day', 'starts-refused-by-hour'],
      ]);
      expect(raisedWith(refused.slice(0, 3), (n) => n * 7 * hour)).toEqual([
        ...['drivers-refused', 'starts-refused-all-day'],
      ]);
      expect(raisedWith(refused.slice(0, 2), everyTenMinutes)).toEqual([]);

      await end(await begin());
      const accepted = await eventually(
        async () => linesOf('ocpp', since).filter((line) => 'StartsAccepted' in line),
        (lines) => lines.length > 0,
      );
      const mixed = [...refused.slice(0, 3), ...accepted.slice(0, 1)];
      expect(raisedWith(mixed, (n) => n * 6 * hour)).toEqual([]);
      await plug.close();
    });

    it('a day that costs more than twice a thirtieth of the budget raises its alarm, by what a real session used', async () => {
      const since = counts();
      const { own, chargerId, plug, begin, end } = await plugged('Spending');
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

    it('a stream that is read late raises its alarm, and ends it when its records are of now', async () => {
      const invoke = async (ageMinutes: number, store: MetricStore): Promise<void> => {
        const { functions, invoke: run } = flow().service.stack;
        const { arn = '' } = functions.find(({ name }) => name.endsWith('-status')) ?? {};
        const written = (Date.now() - ageMinutes * minute) / 1000;
        const change = { Keys: { pk: { S: 'lag' }, sk: { S: '0' } } };
        const dynamodb = { ...change, ApproximateCreationDateTime: written };
        for (const by of [5 * minute, 0]) {
          const measured = measuredInvoke(run, store, () => Date.now() - by);
          const invocation = await measured(arn, { Records: [{ eventName: 'REMOVE', dynamodb }] });
          expect(invocation).toMatchObject({ payload: { batchItemFailures: [] } });
        }
      };
      const [late, punctual] = [createMetricStore(), createMetricStore()];
      for (const store of [late, punctual]) ranCanary(store, 0);
      await invoke(22, late);
      await invoke(10, punctual);

      expect(namesOfRaised(late)).toEqual(['processing-late', 'stream-lag']);
      expect(namesOfRaised(punctual)).toEqual([]);
    });

    it('a canary whose key was deleted raises its alarm, its log says so in the words of the runbook, and ends it when the secret has another', async () => {
      const operator = await flow().newOperator('Canary of alarms');
      const own = { ...flow(), operator };
      const tariffId = await registerTariff(own, { perKwh: '0.50' });
      const { urls } = await registerCharger(own, { tariffId });
      vi.stubEnv('CANARY_CHARGER_URL', urls.token);
      vi.stubEnv('CANARY_API_URL', flow().http);
      await registerToken(own, 'CANARY');
      vi.stubEnv('CANARY_API_KEY', 'jg_live_deleted');
      let said = '';
      const play = async (): Promise<MetricStore> => {
        const store = createMetricStore();
        const run = measuredInvoke(async () => {
          const failed = await canary({}, { awsRequestId: 'run-1' } as never).then(
            () => undefined,
            String,
          );
          said = failed ?? '';
          return failed === undefined
            ? { kind: 'returned', payload: null }
            : { kind: 'failed', errorType: 'Error', errorMessage: failed };
        }, store);
        await run(arnOf('canary'), {});
        const name = { namespace: 'AWS/Lambda', name: 'Errors' };
        const dimensions = { FunctionName: 'joulegate-local-canary' };
        const [counted] = store.valuesOf({ ...name, dimensions }, 0);
        // Twice in a row.
        ranCanary(store, counted?.value ?? 0);
        return store;
      };

      expect(namesOfRaised(await play())).toEqual(['canary', 'charging-fails']);
      // Before anything was charged: a session that is left open would be held by the other test.
      expect(said).toMatch(/GET \/cdrs\?limit=1: HTTP 401/);
      expect(sectionOf('canary')).toContain(
        '`GET …: HTTP …` | the log of `api`; the key in the secret',
      );
      vi.stubEnv('CANARY_API_KEY', operator.apiKey);
      expect(namesOfRaised(await play())).toEqual([]);
      vi.unstubAllEnvs();
    });
  });
};
