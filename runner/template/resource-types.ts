import type { ResourceType } from './resource-type.ts';

/** Resource types that CDK adds to every template about itself. */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::CDK::Metadata',
    properties: ['Analytics'],
    ref: (resource) => resource.logicalId,
    attributes: () => ({}),
  },
];
