import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CommandOutcome } from '../../../core/command/command-outcome.ts';
import type { CommandRequest } from '../../../core/command/command-request.ts';
import { commandSequence } from '../../../core/command/command-sequence.ts';
import { createCommand } from '../../../lambdas/store/commands/commands.ts';
import { countRequests } from '../count-requests.ts';
import { at } from '../plant.ts';
import { openSite, type TestSite } from '../test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
  });
});

beforeEach(async () => {
  await site.register();
});

afterAll(async () => {
  await site.close();
});

const shown = async (path: string) =>
  (await site.call('GET', `/chargers/${site.chargerId}/${path}`)).body;

const variable = (name: string, value: string) => ({
  component: { name: 'OCPPCommCtrlr' },
  variable: { name },
  variableAttribute: [{ value }],
});

const report = async (minute: number, payload: object, action = 'NotifyReport') => {
  const charger = await site.plugIn(Date.parse(at(minute)), 'ocpp2.0.1');
  await charger.call(action, { generatedAt: at(0), ...payload });
};

const nothingDesired = {
  comparedAt: null,
  localList: null,
  certificates: [],
  password: 'as-desired',
};

describe('the reports of a charger', () => {
  it('a report is put together from parts out of order and repeated, and shows which are missing meanwhile', async () => {
    await report(1, { requestId: 5, seqNo: 2, reportData: [variable('C', '3')] });
    await report(2, { requestId: 5, seqNo: 0, tbc: true, reportData: [variable('A', '1')] });
    expect((await shown('reports')).items).toEqual([
      {
        action: 'NotifyReport',
        requestId: 5,
        firstAt: at(1),
        lastAt: at(2),
        parts: 2,
        complete: false,
        missing: [1],
      },
    ]);
    expect(await shown('device-model')).toMatchObject({
      incompleteReports: [{ requestId: 5, missing: [1] }],
    });

    await report(3, { requestId: 5, seqNo: 1, tbc: true, reportData: [variable('B', '2')] });
    await report(4, { requestId: 5, seqNo: 0, tbc: true, reportData: [variable('A', '1')] });
    const whole = await shown('reports/5');
    expect(whole).toMatchObject({ complete: true, missing: [], parts: 3, lastAt: at(4) });
    expect(whole['content']).toEqual(
      [variable('A', '1'), variable('B', '2'), variable('C', '3')].map((one) => ({
        reportData: [one],
      })),
    );
    const model = await shown('device-model');
    expect(model['incompleteReports']).toEqual([]);
    expect(model['variables']).toHaveLength(3);
  });

  it('reports of all kinds are listed in pages, the one heard last first', async () => {
    await report(1, { requestId: 1, seqNo: 0, reportData: [variable('A', '1')] });
    await report(2, { requestId: 2, seqNo: 0, data: 'Ada' }, 'NotifyCustomerInformation');
    await report(3, { requestId: 3, seqNo: 0 }, 'NotifyMonitoringReport');
    const first = await shown('reports?limit=2');
    const rest = await shown(`reports?limit=2&cursor=${first['nextCursor']}`);

    expect(
      [...(first.items ?? []), ...(rest.items ?? [])].map(({ requestId }) => requestId),
    ).toEqual([3, 2, 1]);
    expect(rest['nextCursor']).toBeNull();
    expect((await site.call('GET', `/chargers/${site.chargerId}/reports/9`)).code).toBe(
      'REPORT_NOT_FOUND',
    );
  });

  it('a report that gets another part while the list is read does not make the list start over', async () => {
    for (const requestId of [1, 2, 3]) {
      await report(requestId, { requestId, seqNo: 0, tbc: true, reportData: [variable('A', '1')] });
    }
    const first = await shown('reports?limit=2');
    await report(4, { requestId: 2, seqNo: 1, reportData: [variable('B', '2')] });
    const rest = await shown(`reports?limit=2&cursor=${first['nextCursor']}`);

    expect(first.items?.map(({ requestId }) => requestId)).toEqual([3, 2]);
    expect(rest.items?.map(({ requestId }) => requestId)).toEqual([1]);
  });

  it('a charger that reported nothing has an empty device model and no settings', async () => {
    expect(await shown('device-model')).toEqual({
      chargerId: site.chargerId,
      variables: [],
      incompleteReports: [],
    });
    expect(await shown('configuration')).toEqual({
      chargerId: site.chargerId,
      settings: [],
      unknownKeys: [],
      desired: expect.any(Array),
      ...nothingDesired,
    });
  });
});

describe('the configuration of a charger', () => {
  const answered = async (minute: number, request: CommandRequest, outcome: CommandOutcome) => {
    await createCommand(site.database, {
      sequence: commandSequence(Date.parse(at(minute)), 'a'),
      chargerKey: site.chargerKey,
      operatorId: site.operator.operatorId,
      chargerId: site.chargerId,
      state: outcome.kind === 'accepted' ? 'accepted' : 'rejected',
      request,
      frame: '[]',
      createdAt: at(minute),
      expiresAt: at(minute + 60),
      finishedAt: at(minute),
      outcome,
    });
  };

  it('the latest answers to commands are shown, without a request to the charger and within six requests', async () => {
    const configuration = (keys: readonly { key: string; value: string; isReadOnly: boolean }[]) =>
      ({
        kind: 'accepted',
        data: { kind: 'configuration', keys, unknownKeys: ['Nonsense'] },
      }) as const;
    await answered(
      1,
      { type: 'get-configuration' },
      configuration([{ key: 'HeartbeatInterval', value: '60', isReadOnly: false }]),
    );
    await answered(
      2,
      { type: 'set-configuration', key: 'HeartbeatInterval', value: '540' },
      { kind: 'accepted' },
    );

    const { writes, reads } = await countRequests(site.database, async () => {
      expect(await shown('configuration')).toEqual({
        chargerId: site.chargerId,
        settings: [{ key: 'HeartbeatInterval', value: '540', readOnly: false, reportedAt: at(2) }],
        unknownKeys: ['Nonsense'],
        desired: expect.any(Array),
        ...nothingDesired,
      });
    });
    expect(writes.filter((one) => one !== 'UpdateItem')).toEqual([]);
    expect(reads.length).toBeLessThan(7);
  });
});
