import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readFilterPattern } from '../../../runner/cloudwatch/alarms/filter-pattern.ts';
import { statesOfAlarms } from '../../../runner/cloudwatch/alarms/states-of-alarms.ts';
import { readLogLines, timeOfLine } from '../../../runner/cloudwatch/dashboards/log-lines.ts';
import { createMetricStore } from '../../../runner/cloudwatch/dashboards/metric-store.ts';
import { withWrittenMetrics } from '../../../runner/cloudwatch/dashboards/written-metrics.ts';
import { openLogFiles } from '../../../runner/logs/log-files.ts';
import type { JsonObject } from '../../../runner/template/json-object.ts';
import { deployedWith } from '../../stacks/deployed.ts';
import { cdrOf, connect, eventually, registerCharger, registerToken, sessionsOf } from '../flow.ts';
import { startReceiver } from '../receiver.ts';
import type { RunningFlow } from '../start-flow.ts';

const minute = 60_000;
const hour = 60 * minute;
const runbook = readFileSync(new URL('../../../docs/runbook.md', import.meta.url), 'utf8');

/** The filter pattern of the command in a section of the runbook. */
const patternIn = (section: string): string => {
  const [text = ''] = (runbook.split(`\n## ${section}\n`)[1] ?? '').split('\n## ');
  return /--filter-pattern '([^']+)'/.exec(text)?.[1] ?? '';
};

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
  const deployment = deployedWith({ stage: 'local', alarms: 'all' });

  /** The alarms that are raised when a hundred chargers and ten do what happened since a time, in each of three periods. */
  const raisedBy = (since: number): readonly string[] => {
    const repeated = (group: string): readonly JsonObject[] => {
      const lines = linesOf(group.replace('/aws/lambda/joulegate-local-', ''), since);
      const copies = Array.from({ length: 330 }, (_, n) => (n % 3) * 5 * minute);
      return copies.flatMap((by) => lines.map((line) => earlier(line, by)));
    };
    const store = withWrittenMetrics(createMetricStore(), deployment, repeated);
    const states = [...statesOfAlarms(deployment, { store, now: Date.now() })];
    return states
      .filter(([, state]) => state === 'alarm')
      .map(([arn]) => arn.replace(/^.*:alarm:joulegate-local-/, ''))
      .toSorted();
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
        ...['cdr-lag', 'cdrs-held', 'cdrs-held-too-long', 'deliveries-failing'],
        ...['messages-not-processed', 'service-trouble', 'starts-refused'],
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
  });
};
