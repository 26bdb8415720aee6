import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { type FailingStep, failingSteps } from '../../../core/failure/failing-steps.ts';
import {
  cdrOf,
  connect,
  eventually,
  registerCharger,
  registerTariff,
  registerToken,
  sessionsOf,
} from '../flow.ts';
import type { RunningFlow } from '../start-flow.ts';

/** The widgets of dashboards, drawn by their function under its own role. */
export const widgetScenarios = (flow: () => RunningFlow): void => {
  const call = async (step: string, event: object): Promise<string> => {
    const { functions, invoke } = flow().service.stack;
    const called = functions.find(({ name }) => name.endsWith(`-${step}`));
    const answer = await invoke(called?.arn ?? '', event);
    if (answer.kind !== 'returned') throw new Error(JSON.stringify(answer));
    return String(answer.payload);
  };
  const ask = (event: object) => call('widgets', event);
  const press = (event: object, fields: object = {}) =>
    call('actions', { ...event, widgetContext: { theme: 'light', forms: { all: fields } } });

  it('the widgets show a charger that connects, held CDRs, money and failures, by a role that reads alone', async () => {
    // Of all operators' chargers, which are many here, one look shows only the first.
    const operator = await flow().newOperator('Widgets');
    const { operatorId } = operator;
    const registered = await registerCharger({ ...flow(), operator });
    const plug = await connect(flow(), registered);
    await plug.call('BootNotification', {
      chargePointVendor: '<b>Vendor</b>',
      chargePointModel: 'M',
    });

    const shown = await eventually(
      async () => await ask({ widget: 'chargers', operatorId }),
      (html) => html.includes('Vendor'),
    );
    expect(shown).toContain('&lt;b&gt;Vendor&lt;/b&gt;');
    expect(await ask({ widget: 'held' })).toContain('class="jg-light"');
    expect(await ask({ widget: 'money' })).toContain('class="jg-light"');
    const failures = await ask({ widget: 'failures' });
    for (const step of ['postponed', 'cdr', 'sweep', 'status']) expect(failures).toContain(step);
    expect(await ask({ describe: true })).toContain('Widgets of Joulegate');
    await plug.close();
  });

  it('each dashboard of the template is served, and every widget of it is drawn', async () => {
    const { dashboards, deployment } = flow().service.stack;
    const names = deployment.resources
      .filter(({ type }) => type === 'AWS::CloudWatch::Dashboard')
      .map(({ ref }) => ref);

    expect(names).toHaveLength(3);
    for (const name of names) {
      const answer = await fetch(`${dashboards}/${name}`);
      const html = await answer.text();
      expect(answer.status).toBe(200);
      expect(html).not.toContain('The function of this widget');
      expect(html).not.toContain('computed on AWS only');
      expect(html).not.toContain('not valid');
      expect(html.match(/<section /g)?.length).toBeGreaterThan(5);
    }
    const system = await (await fetch(`${dashboards}/${names.at(-1)}`)).text();
    expect(system).toContain('cdr-failures <b>ok</b>');
    // It drew the dashboards before: its errors are counted, as zeros.
    expect(system).toMatch(/<\/i>widgets 0</);
  });

  it('a held CDR is decided by the button of its widget, and the sealed CDR names who pressed it and by which run', async () => {
    const operator = await flow().newOperator('Buttons');
    const own = { ...flow(), operator };
    await registerToken(own, 'OTTO');
    const tariffId = await registerTariff(own, { perKwh: '0.50' });
    const registered = await registerCharger(own, { tariffId });
    const plug = await connect(own, registered);
    const [timestamp, later] = ['2026-03-05T09:00:00.000Z', '2026-03-05T10:00:00.000Z'];
    const begin = { connectorId: 1, idTag: 'OTTO', meterStart: 5000, timestamp };
    const { transactionId } = await plug.call('StartTransaction', begin);
    await plug.call('StopTransaction', { transactionId, meterStop: 0, timestamp: later });
    await plug.close();
    const [session] = await sessionsOf(own, registered.chargerId);
    const { cdrId } = await cdrOf(own, session?.sessionId ?? '');

    const shown = await ask({ widget: 'held', operatorId: operator.operatorId });
    expect(shown).toContain(`name="reason:${cdrId}"`);
    const [, endpoint, parameters = ''] =
      /confirmation="Bill the energy[^"]*" display="popup" endpoint="([^"]+)">([^<]+)</.exec(
        shown,
      ) ?? [];
    expect(endpoint).toMatch(/-actions$/);
    const button = JSON.parse(parameters.replaceAll('&quot;', '"'));
    const fields = { name: 'Ada', [`reason:${cdrId}`]: 'Read off.', [`energy:${cdrId}`]: '7.5' };
    expect(await press(button, fields)).toContain('decided by Ada');
    const sealed = await eventually(
      () => cdrOf(own, session?.sessionId ?? ''),
      ({ state }) => state === 'sealed',
    );
    expect(sealed).toMatchObject({
      total: { inclVat: '3.75' },
      evidence: {
        basis: { decision: { decidedBy: { name: 'Ada', invocationId: expect.any(String) } } },
      },
    });
  });

  it('the button of each failure queue hands its failures to the step again, and one that it cannot hand over stays', async () => {
    const { functions, sqs: endpoint } = flow().service.stack;
    const credentials = { accessKeyId: 'TEST', secretAccessKey: 'TEST' };
    const sqs = new SQSClient({ endpoint, region: 'eu-central-1', credentials });
    const prefix = functions
      .find(({ name }) => name.endsWith('-actions'))
      ?.name.replace(/actions$/, '');
    const urlOf = (step: string) =>
      `https://sqs.eu-central-1.amazonaws.com/000000000000/${prefix}${step}-failures`;
    const send = (step: string, body: object) =>
      sqs.send(
        new SendMessageCommand({ QueueUrl: urlOf(step), MessageBody: JSON.stringify(body) }),
      );
    /** Takes what is left of a queue out of it, and gives the bodies. */
    const emptied = async (step: string): Promise<readonly string[]> => {
      const QueueUrl = urlOf(step);
      const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
      const { Messages = [] } = await sqs.send(receive);
      for (const { ReceiptHandle } of Messages) {
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
      return Messages.map(({ Body = '' }) => Body);
    };
    const removed = { eventName: 'REMOVE', dynamodb: { Keys: { pk: { S: 'a' }, sk: { S: '0' } } } };
    const record = { functionName: 'any', errorName: 'TypeError', record: removed };
    const processable: Readonly<Record<FailingStep, object>> = {
      ...{ cdr: record, tariff: record, status: record, events: record, sweep: {} },
      postponed: {
        charger: {
          ...{ chargerId: 'cp', chargerKey: 'op_nobody#cp', operatorId: 'op_nobody', shard: 0 },
          ...{ protocol: 'ocpp1.6', timeZone: 'UTC' },
        },
        ...{ connectionId: 'c1', connectedAt: 0, receivedAt: Date.now() },
        text: '[3,"nobody-asked",{}]',
      },
      corrections: { sessionId: 'ses_nobody', until: '2026-03-05T09:00:00.000Z' },
      commands: { kind: 'next', chargerKey: 'op_nobody#cp' },
      webhooks: {
        ...{ kind: 'delivery', operatorId: 'op_nobody', webhookId: 'wh_nobody', attempt: 1 },
        event: { type: 'a', id: 'evt_1', at: '', operatorId: 'op_nobody', data: {} },
      },
      partners: {
        ...{ kind: 'look', operatorId: 'op_nobody' },
        thing: { kind: 'location', locationId: 'loc_nobody' },
      },
    };
    const place = { DDBStreamBatchInfo: { shardId: 'gone' } };

    for (const step of Object.keys(failingSteps) as FailingStep[]) {
      await emptied(step);
      await send(step, processable[step]);
      await send(step, place);
      const said = await press({ action: 'retry', step });
      expect([step, said]).toEqual([step, expect.stringContaining('1 handed over, 1 kept')]);
      expect(said).toContain(`failures retry ${step}`);
      expect(await emptied(step)).toContain(JSON.stringify(place));
    }
    // CDRs of other chargers wait for what waits here.
    const QueueUrl = urlOf('postponed').replace('-failures', '');
    const AttributeNames = [
      'ApproximateNumberOfMessagesNotVisible',
      'ApproximateNumberOfMessages',
    ] as const;
    await eventually(
      async () =>
        await sqs.send(
          new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
        ),
      ({ Attributes = {} }) => Object.values(Attributes).every((count) => count === '0'),
    );
    sqs.destroy();
  });
};
