import { arnOf, type ResourceContext, type ResourceType } from '../template/resource-type.ts';

/** Keys that sign, and their names. Who may use a key is held by the roles; key policies are taken as the default one. */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::KMS::Key',
    properties: [
      'Description',
      'Enabled',
      'EnableKeyRotation',
      'KeyPolicy',
      'KeySpec',
      'KeyUsage',
      'PendingWindowInDays',
      'Tags',
    ],
    ref: keyId,
    attributes: (key) => ({ Arn: arnOf(key, 'kms', `key/${keyId(key)}`), KeyId: keyId(key) }),
  },
  {
    type: 'AWS::KMS::Alias',
    properties: ['AliasName', 'TargetKeyId'],
    ref: (alias) => String(alias.properties['AliasName']),
    attributes: () => ({}),
  },
];

function keyId(key: ResourceContext): string {
  return `00000000-0000-4000-8000-00${key.uniqueId}`;
}
