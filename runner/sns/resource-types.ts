import {
  arnOf,
  physicalName,
  type ResourceContext,
  type ResourceType,
} from '../template/resource-type.ts';

/** Topics of alarms: no alarm is evaluated on this machine, so nothing is ever published to them. */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::SNS::Topic',
    properties: ['DisplayName', 'Tags', 'TopicName'],
    ref: topicArn,
    attributes: (topic) => ({
      TopicArn: topicArn(topic),
      TopicName: physicalName(topic, 'TopicName', 256),
    }),
  },
  {
    type: 'AWS::SNS::TopicPolicy',
    properties: ['PolicyDocument', 'Topics'],
    ref: (policy) => policy.logicalId,
    attributes: () => ({}),
  },
  {
    type: 'AWS::SNS::Subscription',
    properties: ['Endpoint', 'Protocol', 'TopicArn'],
    ref: (subscription) => subscription.logicalId,
    attributes: () => ({}),
  },
];

function topicArn(topic: ResourceContext): string {
  return arnOf(topic, 'sns', physicalName(topic, 'TopicName', 256));
}
