import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunningFlow } from '../start-flow.ts';

/** Messages that fail by an error of our own. */
export const ownErrorScenarios = (flow: () => RunningFlow): void => {
  /** The bodies that the failure queue of a step was sent so far, from the runner's data directory. */
  const failuresOf = (queueName: RegExp): readonly string[] => {
    const { resources } = flow().service.stack.deployment;
    const queue = resources.find(
      ({ type, address }) => type === 'AWS::SQS::Queue' && queueName.test(address),
    );
    const file = join(flow().dataDirectory, 'sqs', `${queue?.attributes['QueueName']}.jsonl`);
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    return lines.flatMap((line) => JSON.parse(line).message?.body ?? []);
  };

  const process = async (step: string, body: string, tries: number) => {
    const { functions, invoke } = flow().service.stack;
    const found = functions.find(({ name }) => name.endsWith(`-${step}`));
    const record = {
      messageId: 'm1',
      body,
      attributes: { ApproximateReceiveCount: String(tries) },
    };
    return await invoke(found?.arn ?? '', { Records: [record] });
  };

  describe('a message of a queue that fails by an error of our own', () => {
    it.each([
      ['postponed', /PostponedFailures/, '{"charger":{},"text":"no charger is named"}'],
      ['corrections', /CorrectionsFailures/, '"not a review"'],
    ] as const)(
      'a message for %s that fails by an error of our own is tried three times, then kept word for word in the failure queue',
      async (step, queueName, body) => {
        const again = { batchItemFailures: [{ itemIdentifier: 'm1' }] };
        for (const tries of [1, 2]) {
          expect(await process(step, body, tries)).toMatchObject({ payload: again });
        }
        expect(failuresOf(queueName)).not.toContain(body);

        expect(await process(step, body, 3)).toMatchObject({ payload: { batchItemFailures: [] } });
        expect(failuresOf(queueName)).toContain(body);
      },
    );
  });
};
