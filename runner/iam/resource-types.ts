import { cloudLocation } from '../template/cloud-location.ts';
import { physicalName, type ResourceType } from '../template/resource-type.ts';

/** Roles and their policies. */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::IAM::Role',
    properties: [
      'AssumeRolePolicyDocument',
      'Description',
      'ManagedPolicyArns',
      'Policies.PolicyDocument',
      'Policies.PolicyName',
      'RoleName',
      'Tags',
    ],
    ref: (role) => physicalName(role, 'RoleName'),
    attributes: (role) => ({
      Arn: `arn:aws:iam::${cloudLocation.account}:role/${physicalName(role, 'RoleName')}`,
      RoleId: `AROA${role.uniqueId.toUpperCase()}`,
    }),
  },
  {
    type: 'AWS::IAM::Policy',
    properties: ['PolicyDocument', 'PolicyName', 'Roles'],
    ref: (policy) => physicalName(policy, 'PolicyName'),
    attributes: () => ({}),
  },
];
