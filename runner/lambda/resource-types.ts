import { arnOf, physicalName, type ResourceType } from '../template/resource-type.ts';

/** Functions, and who may call them. */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::Lambda::Function',
    properties: [
      'Architectures',
      'Code.S3Bucket',
      'Code.S3Key',
      'Description',
      'Environment.Variables',
      'FunctionName',
      'Handler',
      'LoggingConfig.ApplicationLogLevel',
      'LoggingConfig.LogFormat',
      'LoggingConfig.LogGroup',
      'LoggingConfig.SystemLogLevel',
      'MemorySize',
      'RecursiveLoop',
      'ReservedConcurrentExecutions',
      'Role',
      'Runtime',
      'Tags',
      'Timeout',
    ],
    ref: (resource) => physicalName(resource, 'FunctionName'),
    attributes: (resource) => ({
      Arn: arnOf(resource, 'lambda', `function:${physicalName(resource, 'FunctionName')}`),
    }),
  },
  {
    type: 'AWS::Lambda::Permission',
    properties: ['Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'],
    ref: (permission) => permission.logicalId,
    attributes: () => ({}),
  },
];
