import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { triesToLeaveAnother } from '../../lambdas/commands/leave-another.ts';
import { makeApp, resourcesOf } from './synthesize.ts';

const app = makeApp();
const queues = Template.fromStack(app.queues);

describe('the stack of queues', () => {
  it('the stack of queues cannot be deleted by mistake, and needs nothing of the service that may be deleted', () => {
    expect(app.queues.terminationProtection).toBe(true);
    expect(app.queues.dependencies).not.toContain(app.service);
    expect(app.service.dependencies).toContain(app.queues);
    expect(JSON.stringify(queues.toJSON())).not.toContain(app.service.stackName);
  });

  it('all queues of the stage are in it, and none in the service', () => {
    expect(resourcesOf(queues, 'AWS::SQS::Queue').length).toBeGreaterThan(10);
    Template.fromStack(app.service).resourceCountIs('AWS::SQS::Queue', 0);
  });

  it('a message about commands is tried more often than it takes to leave another one behind', () => {
    const waiting = resourcesOf(queues, 'AWS::SQS::Queue').find(({ Properties }) =>
      /-commands"?$/.test(JSON.stringify(Properties['QueueName'])),
    );
    const { maxReceiveCount } = z
      .object({ maxReceiveCount: z.number() })
      .parse(waiting?.Properties['RedrivePolicy']);
    expect(maxReceiveCount).toBeGreaterThan(triesToLeaveAnother);
  });
});
