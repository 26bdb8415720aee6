import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { handler as canary } from '../../../lambdas/canary/handler.ts';
import { readFilterPattern } from '../../../runner/cloudwatch/alarms/filter-pattern.ts';
import { measuredInvoke } from '../../../runner/cloudwatch/dashboards/collect-metrics.ts';
import { readLogLines, timeOfLine } from '../../../runner/cloudwatch/dashboards/log-lines.ts';
import {
  createMetricStore,
  type MetricStore,
} from '../../../runner/cloudwatch/dashboards/metric-store.ts';
import { withWrittenMetrics } from '../../../runner/cloudwatch/dashboards/written-metrics.ts';
import { openLogFiles } from '../../../runner/logs/log-files.ts';
import type { JsonObject } from '../../../runner/template/json-object.ts';
import {
  cdrOf,
  connect,
  eventually,
  registerCharger,
  registerTariff,
  registerToken,
  sessionsOf,
} from '../flow.ts';
import { plugged } from '../plugged.ts';
import { deployment, namesOfRaised, ranCanary } from '../raised-alarms.ts';
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

  const arnOf = (step: string) =>
    `arn:aws:lambda:eu-central-1:000000000000:function:joulegate-local-${step}`;

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

    it('refused starts, one by one over hours or over a day, raise the alarms of fleets that start rarely, and one that is accepted ends that of a day', async () => {
      const { plug, begin, end } = await plugged(flow(), 'Refused');
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
