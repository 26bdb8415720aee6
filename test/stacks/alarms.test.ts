import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { watchedMetrics } from '../../bench/aws-bill/deployed-parts.ts';
import { prices } from '../../bench/aws-bill/prices.ts';
import { failingSteps } from '../../core/failure/failing-steps.ts';
import { resourcesOf, templateOf } from './synthesize.ts';

const template = templateOf();
const queues = resourcesOf(template, 'AWS::SQS::Queue');
const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');
/** The same stage with every alarm that there is. */
const watched = templateOf({
  alarms: 'all',
  canaryMinutes: 5,
  monthlyBudgetUsd: 300,
  alarmEmail: 'night@operator.example',
});
const composites = resourcesOf(watched, 'AWS::CloudWatch::CompositeAlarm');
const everyAlarm = [...resourcesOf(watched, 'AWS::CloudWatch::Alarm'), ...composites];
/** Alarms that may last for days without a fault of the service. */
const lasting = new Set(['deliveries-failing', 'cdrs-held', 'cdrs-held-too-long', 'spend']);
const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const sections = runbook.split(/^## /m).slice(1);
const titleOf = (section: string): string => section.slice(0, section.indexOf('\n'));
/** Parts of a section after the meaning. */
const labels = ['Users notice', 'Look', 'End it', 'Ended'];

/** Queues that something gives up into: dead-letter queues, and destinations of failed records and events. */
const failureQueues = queues.filter(({ Properties }) =>
  String(Properties['QueueName']).endsWith('-failures'),
);

describe('every failure queue', () => {
  it('every failure queue receives from something, and there is no other', () => {
    const everything = JSON.stringify(template.toJSON());
    const givenUpInto = queues.filter(({ id }) =>
      [
        `"deadLetterTargetArn":{"Fn::GetAtt":["${id}","Arn"]}`,
        `"OnFailure":{"Destination":{"Fn::GetAtt":["${id}","Arn"]}}`,
        `"DeadLetterConfig":{"Arn":{"Fn::GetAtt":["${id}","Arn"]}}`,
      ].some((use) => everything.includes(use)),
    );

    expect(givenUpInto.map(({ id }) => id)).toEqual(failureQueues.map(({ id }) => id));
    expect(failureQueues).toHaveLength(10);
  });

  it.each(failureQueues.map((queue) => [String(queue.Properties['QueueName']), queue] as const))(
    'the failure queue %s raises one alarm of the same name for as long as it contains a message',
    (name, queue) => {
      const [alarm, ...others] = alarms.filter(({ Properties }) =>
        JSON.stringify(Properties['Dimensions']).includes(`"${queue.id}"`),
      );

      expect(others).toEqual([]);
      expect(alarm?.Properties).toMatchObject({
        AlarmName: name,
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Statistic: 'Maximum',
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 0,
        // A queue that nobody touches for six hours reports nothing, and its message is still there.
        TreatMissingData: 'ignore',
      });
    },
  );
});

describe('the commands about failures', () => {
  it('the commands about failures know each failure queue, and how its step takes a failure again', () => {
    const stepOf = ({ Properties }: (typeof queues)[number]) =>
      /^joulegate-[^-]+-(.*)-failures$/.exec(String(Properties['QueueName']))?.[1] ?? '';
    expect(Object.keys(failingSteps).sort()).toEqual(failureQueues.map(stepOf).sort());
    const withQueue = queues
      .map(({ Properties }) => String(Properties['QueueName']).replace(/^joulegate-[^-]+-/, ''))
      .filter((name) => !name.endsWith('-failures'));
    const byQueue = Object.entries(failingSteps).filter(([, way]) => way === 'queue');
    expect(byQueue.map(([step]) => step).sort()).toEqual(withQueue.sort());
  });
});

describe('every alarm', () => {
  it('every alarm is announced on one topic, which only CloudWatch of this account may publish to', () => {
    const [topic, ...others] = resourcesOf(template, 'AWS::SNS::Topic');
    const [policy] = resourcesOf(template, 'AWS::SNS::TopicPolicy');

    expect(others).toEqual([]);
    for (const { Properties } of alarms) {
      expect(Properties).toMatchObject({
        AlarmActions: [{ Ref: topic?.id }],
        OKActions: [{ Ref: topic?.id }],
      });
    }
    expect(policy?.Properties['PolicyDocument']).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        }),
      ]),
    });
  });

  it('alarms are sent by e-mail if the stage has an address, and otherwise nowhere by default', () => {
    const mailed = templateOf({ alarmEmail: 'night@operator.example' });

    mailed.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'night@operator.example',
    });
    template.resourceCountIs('AWS::SNS::Subscription', 0);
  });

  it.each(everyAlarm.map(({ Properties }) => String(Properties['AlarmDescription'])))(
    'an alarm has its severity and its section in the runbook: %s',
    (description) => {
      const [, severity, anchor] =
        /^Severity (high|medium|low)\. .+ See docs\/runbook\.md#(\S+)$/.exec(description) ?? [];
      const matching = sections.filter((section) => section.startsWith(`${anchor}\n`));

      expect(matching).toEqual([expect.stringContaining(`\n\nSeverity ${severity}. `)]);
    },
  );

  it('among all alarms, none of a failure queue and not that of the canary is announced but by the one over its kind of trouble', () => {
    const silent = everyAlarm.filter(({ Properties }) =>
      /-(?:failures|canary)$/.test(String(Properties['AlarmName'])),
    );
    expect(silent).toHaveLength(failureQueues.length + 1);
    for (const { id, Properties } of silent) {
      const name = String(Properties['AlarmName']);
      const over = composites.filter(
        (one) => ruleOf(one).includes(`:${name}"`) || ruleOf(one).includes(`"${id}"`),
      );
      expect(Properties).not.toHaveProperty('AlarmActions');
      expect(over.map(severityOf)).toEqual([severityOf({ Properties })]);
    }
  });

  it.each(
    sections.filter((one) => one.includes('\n\nSeverity ')).map((one) => [titleOf(one), one]),
  )(
    'the section %s says what it means, what users notice, how to look, how to end it, and how to know that it ended',
    (_, section) => {
      const parts = [
        '\n\nSeverity \\w+\\. ',
        ...labels.map((label) => `\\n\\n\\*\\*${label}:\\*\\* `),
      ];

      // Each with a sentence of its own, in this order.
      expect(section).toMatch(new RegExp(`^[\\w-]+${parts.join('\\S[^]{10,}?')}\\S[^]{10,}\\n$`));
      for (const label of labels) expect(section.split(`**${label}:**`)).toHaveLength(2);
    },
  );

  it.each(failureQueues.map(({ Properties }) => String(Properties['QueueName'])))(
    'the section of %s shows its failures, and hands them over, with the commands of its step',
    (queue) => {
      const [, step = ''] = /^joulegate-[^-]+-(.*)-failures$/.exec(queue) ?? [];
      const section = sections.find((one) => one.startsWith(`${step}-failures\n`)) ?? '';
      const commands = [...section.matchAll(/^npm run joulegate -- (failures .+)$/gm)];

      expect(commands.map(([, words]) => words)).toEqual(
        ['show', 'retry'].map((verb) => `failures ${verb} ${step} --stage prod`),
      );
      expect(section).toContain(`the [log](#what-to-do-with-a-failure) of \`${step}\``);
    },
  );

  it('every alarm has a section in the runbook, and every section an alarm', () => {
    expect(sections.filter((section) => section.includes('\n\nSeverity '))).toHaveLength(
      everyAlarm.length,
    );
  });
});

describe('the alarms of the service', () => {
  const ofService = everyAlarm.filter(
    ({ Type, Properties }) =>
      Type === 'AWS::CloudWatch::Alarm' &&
      !/-(?:failures|canary)$/.test(String(Properties['AlarmName'])),
  );

  it('the alarms of the service are there where the settings ask for all, and the default has those of the failure queues alone', () => {
    expect(alarms).toHaveLength(failureQueues.length);
    expect(ofService.length).toBeGreaterThan(5);
  });

  it('one fault wakes once: the alarms of faults are silent, and one over those of a kind of trouble is announced', () => {
    const ofFaults = ofService.filter(({ Properties }) => !lasting.has(nameOf(Properties)));
    for (const fault of ofFaults) {
      const over = composites.filter((one) => ruleOf(one).includes(`"${fault.id}"`));
      expect(fault.Properties).not.toHaveProperty('AlarmActions');
      expect(over.map(severityOf)).toEqual([severityOf(fault)]);
    }
    for (const { Properties } of composites) {
      expect(Properties).toMatchObject({
        AlarmActions: [expect.anything()],
        OKActions: [expect.anything()],
      });
    }
  });

  it('what follows of a fault is announced after that has ended, and no kind of trouble that may last for days stands before another', () => {
    const nameOfId = new Map(composites.map(({ id, Properties }) => [id, nameOf(Properties)]));
    const after = composites.map(({ Properties }) => {
      const { ActionsSuppressor: suppressor } = Properties as {
        ActionsSuppressor?: { 'Fn::GetAtt': [string, 'Arn'] };
      };
      return [nameOf(Properties), nameOfId.get(suppressor?.['Fn::GetAtt'][0] ?? '')];
    });
    const first = 'service-trouble';
    expect(Object.fromEntries(after)).toEqual({
      ...{ [first]: undefined, 'processing-late': first, 'drivers-refused': first },
      ...{ 'fleet-silent': first, 'charging-fails': first, 'cdrs-late': 'processing-late' },
      ...{ 'api-failing': first, 'messages-unused': first, 'failures-postponed': first },
      ...{ 'failures-cdr': first, 'failures-medium': first, 'failures-low': first },
    });
    for (const one of composites) {
      const ofFailures = ruleOf(one).includes('-failures');
      expect(ofFailures).toBe(nameOf(one.Properties).startsWith('failures-'));
    }
  });

  it('an alarm that may last for days is announced by itself, and hides no fault that comes meanwhile', () => {
    const found = ofService.filter(({ Properties }) => lasting.has(nameOf(Properties)));
    expect(found).toHaveLength(lasting.size);
    const rule = composites.map(ruleOf).join();
    for (const { id, Properties } of found) {
      expect(rule).not.toContain(`"${id}"`);
      expect(Properties).toMatchObject({
        AlarmActions: [expect.anything()],
        OKActions: [expect.anything()],
      });
    }
  });

  it('the alarms of the service cost what docs/cost.md says: by the metrics that they watch, those that are made for them, and those over each kind of trouble', () => {
    const watches = ofService.filter(({ Properties }) => nameOf(Properties) !== 'spend');
    const metrics = watches.reduce((sum, one) => sum + watchedMetrics(one.Properties), 0);
    const made = resourcesOf(watched, 'AWS::Logs::MetricFilter').length;
    const usd = metrics * prices.alarm.usd + made * prices.customMetric.usd;

    expect([watches.length, metrics, made]).toEqual([17, 46, 6]);
    expect(usd + composites.length * prices.compositeAlarm.usd).toBeCloseTo(12.4, 10);
  });

  it('the alarm of spend is there where the stage has a budget, and watches as many metrics as an alarm may', () => {
    const [spend] = ofService.filter(({ Properties }) => nameOf(Properties) === 'spend');
    const without = resourcesOf(templateOf({ alarms: 'all' }), 'AWS::CloudWatch::Alarm');

    expect(watchedMetrics(spend?.Properties ?? {})).toBe(10);
    expect(spend?.Properties['Threshold']).toBe(20);
    expect(without.map(({ Properties }) => nameOf(Properties))).not.toContain('spend');
  });

  it('a metric of an alarm counts lines that a function writes, with its measure and its outcomes', () => {
    const filters = resourcesOf(watched, 'AWS::Logs::MetricFilter').map(({ Properties }) => [
      Properties['FilterPattern'],
      (Properties['MetricTransformations'] as { MetricValue: string }[])[0]?.MetricValue,
    ]);

    const written = [
      'lambdas/runtime/metrics.ts',
      'lambdas/webhooks/note-push.ts',
      'lambdas/webhooks/payments/repeat-looks.ts',
    ]
      .map((path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'))
      .join('');
    for (const [, word] of JSON.stringify(filters).matchAll(/\$\.(\w+) >=/g)) {
      expect(written).toContain(`'${word}'`);
    }
    for (const [, outcome] of JSON.stringify(filters).matchAll(/outcome = \\"([\w-]+)/g)) {
      expect(written).toContain(`'${outcome}'`);
    }
    expect(filters.toSorted()).toEqual(
      [
        ['{ $.StartsAccepted >= 1 }', '$.StartsAccepted'],
        ['{ $.StartsRefused >= 1 }', '$.StartsRefused'],
        ['{ $.CdrsHeld >= 1 }', '$.CdrsHeld'],
        ['{ $.OldestHeldHours >= 1 }', '$.OldestHeldHours'],
        [
          '{ ($.Deliveries >= 1) && (($.outcome = "again") || ($.outcome = "failed") || ($.outcome = "given-up")) }',
          '$.Deliveries',
        ],
        [
          '{ ($.Deliveries >= 1) && (($.outcome = "delivered") || ($.outcome = "looked") || ($.outcome = "goes-on") || ($.outcome = "finished")) }',
          '$.Deliveries',
        ],
      ].toSorted(),
    );
  });
});

/** The rule of an alarm over others, as text. */
const ruleOf = ({ Properties }: (typeof composites)[number]): string =>
  JSON.stringify(Properties['AlarmRule']).replaceAll('\\"', '"');

const severityOf = ({ Properties }: { Properties: Readonly<Record<string, unknown>> }) =>
  /^Severity (\w+)\./.exec(String(Properties['AlarmDescription']))?.[1];

/** The name of an alarm without that of its stage. */
const nameOf = (properties: Readonly<Record<string, unknown>>): string =>
  String(properties['AlarmName']).replace(/^joulegate-[^-]+-/, '');
