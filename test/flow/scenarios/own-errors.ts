import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunningFlow } from '../start-flow.ts';

/** Messages that fail by an error of our own. */
export const ownErrorScenarios = (flow: () => RunningFlow): void => {
  /** The bodies that the failure queue of postponed messages was sent so far, from the runner's data directory. */
  const failures = (): readonly string[] => {
    const { resources } = flow().service.stack.deployment;
    const queue = resources.find(
      ({ type, address }) => type === 'AWS::SQS::Queue' && /PostponedFailures/.test(address),
    );
    const file = join(flow().dataDirectory, 'sqs', `${queue?.attributes['QueueName']}.jsonl`);
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line).message.body);
  };

  const process = async (body: string, tries: number) => {
    const { functions, invoke } = flow().service.stack;
    const postponed = functions.find(({ name }) => /-postponed$/.test(name));
    const record = {
      messageId: 'm1',
      body,
      attributes: { ApproximateReceiveCount: String(tries) },
    };
    return await invoke(postponed?.arn ?? '', { Records: [record] });
  };

  describe('a postponed message that fails by an error of our own', () => {
    it('a postponed message that fails by an error of our own is tried three times, then kept word for word in the failure queue', async () => {
      const body = '{"charger":{},"text":"no charger is named"}';
      const again = { batchItemFailures: [{ itemIdentifier: 'm1' }] };
      for (const tries of [1, 2]) {
        expect(await process(body, tries)).toMatchObject({ payload: again });
      }
      expect(failures()).not.toContain(body);

      expect(await process(body, 3)).toMatchObject({ payload: { batchItemFailures: [] } });
      expect(failures()).toContain(body);
    });
  });
};
