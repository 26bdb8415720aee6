import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
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
});
