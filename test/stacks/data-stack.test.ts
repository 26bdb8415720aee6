import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { makeApp, resourcesOf, type TestResource } from './synthesize.ts';

const { data } = makeApp();
const template = Template.fromStack(data);
const tables = resourcesOf(template, 'AWS::DynamoDB::GlobalTable');

describe('the data stack', () => {
  it('the data stack has two tables, two named keys and a bucket with its policy, and nothing else that a deployment could remove with them', () => {
    template.resourceCountIs('AWS::DynamoDB::GlobalTable', 2);
    template.resourceCountIs('AWS::KMS::Key', 2);
    template.resourceCountIs('AWS::KMS::Alias', 2);
    expect(Object.keys(template.toJSON()['Resources'])).toHaveLength(8);
    expect(data.terminationProtection).toBe(true);
  });

  it('a replaced signing key stays beside its successor, retained and named like it', () => {
    const replaced = makeApp({ cdrKeyReplacedAt: ['2027-01-01T00:00:00Z'] }).data;
    const both = Template.fromStack(replaced);
    const ids = (one: Template) =>
      resourcesOf(one, 'AWS::KMS::Key')
        .filter(({ Properties }) => Properties['KeyUsage'] === 'SIGN_VERIFY')
        .map(({ id }) => id);

    expect(ids(both)).toHaveLength(2);
    expect(ids(both)).toEqual(expect.arrayContaining(ids(template)));
    for (const { DeletionPolicy } of resourcesOf(both, 'AWS::KMS::Key')) {
      expect(DeletionPolicy).toBe('Retain');
    }
    both.hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/joulegate-prod-cdr' });
    both.hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/joulegate-prod-cdr2' });
    expect(replaced.cdrKey.keys).toEqual([
      { keyArn: expect.any(String), validUntil: '2027-01-01T00:00:00Z' },
      { keyArn: replaced.cdrKey.keyArn, validFrom: '2027-01-01T00:00:00Z' },
    ]);
  });

  it.each(['AWS::DynamoDB::GlobalTable', 'AWS::KMS::Key', 'AWS::KMS::Alias', 'AWS::S3::Bucket'])(
    '%s is retained when the data stack is deleted',
    (type) => {
      for (const resource of resourcesOf(template, type)) {
        expect(resource.DeletionPolicy).toBe('Retain');
        expect(resource.UpdateReplacePolicy).toBe('Retain');
      }
    },
  );

  it.each(tables.map((table) => [table.id, table] as const))(
    '%s is protected against deletion and mistakes, and encrypted',
    (_, table) => {
      expect(table.Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        // The key that DynamoDB owns: encrypted at rest, without a bill for KMS requests.
        SSESpecification: { SSEEnabled: false },
        Replicas: [
          {
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          },
        ],
      });
    },
  );

  it('point-in-time recovery of readings can be switched off, that of everything else cannot', () => {
    const recovery = (isOn: boolean) => ({
      Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: isOn } }],
    });
    const of = (context: Record<string, unknown>) => {
      const all = resourcesOf(
        Template.fromStack(makeApp(context).data),
        'AWS::DynamoDB::GlobalTable',
      );
      return Object.fromEntries(
        all.map(({ Properties }) => [String(Properties['TableName']), Properties]),
      );
    };

    expect(of({})).toMatchObject({
      'joulegate-prod-readings': recovery(true),
      'joulegate-prod-state': recovery(true),
    });
    expect(of({ readingRecovery: false })).toMatchObject({
      'joulegate-prod-readings': recovery(false),
      'joulegate-prod-state': recovery(true),
    });
  });

  it('readings expire, and of state only what is marked to be removed; the stream of readings has the old and the new image', () => {
    const expiryOf = (table: TestResource) =>
      table.Properties['TimeToLiveSpecification'] as { readonly AttributeName: string };
    const [readings, ...others] = tables.filter(
      (table) => expiryOf(table)?.AttributeName === 'expiresAt',
    );

    expect(others).toEqual([]);
    expect(readings?.Properties).toMatchObject({
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
    expect(readings?.Properties).not.toHaveProperty('GlobalSecondaryIndexes');
    const rest = tables.filter((table) => table !== readings);
    expect(rest.map(expiryOf)).toEqual([{ AttributeName: 'removeAt', Enabled: true }]);
  });

  it('state is listed by four sparse indexes, hardly wider than keys, and its stream has the old and the new image', () => {
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      GlobalSecondaryIndexes: [
        {
          IndexName: 'listing',
          KeySchema: [
            { AttributeName: 'listKey', KeyType: 'HASH' },
            { AttributeName: 'listSort', KeyType: 'RANGE' },
          ],
          Projection: {
            ProjectionType: 'INCLUDE',
            NonKeyAttributes: ['chargerKey', 'atLocation', 'ofAccount'],
          },
        },
        {
          IndexName: 'charger-listing',
          KeySchema: [
            { AttributeName: 'chargerListKey', KeyType: 'HASH' },
            { AttributeName: 'listSort', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        ...(
          [
            ['location', 'atLocation'],
            ['account', 'ofAccount'],
          ] as const
        ).map(([owner, key]) => ({
          IndexName: `${owner}-listing`,
          KeySchema: [
            { AttributeName: key, KeyType: 'HASH' },
            { AttributeName: 'listSort', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        })),
      ],
    });
  });

  it('CDRs are signed on the curve P-256, with a key that can do nothing else', () => {
    template.hasResourceProperties('AWS::KMS::Key', {
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
    });
  });

  it('secrets of webhooks are derived with a key that makes authentication codes and can do nothing else', () => {
    template.hasResourceProperties('AWS::KMS::Key', {
      KeySpec: 'HMAC_256',
      KeyUsage: 'GENERATE_VERIFY_MAC',
    });
  });

  it('files are private, encrypted and reached by TLS alone, and uploaded logs are deleted after the days that the settings name', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
        ],
      },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ],
      },
    });
    const rulesOf = (one: Template) =>
      resourcesOf(one, 'AWS::S3::Bucket').map(
        ({ Properties }) => (Properties['LifecycleConfiguration'] as { Rules: object[] }).Rules,
      );
    const logs = (days: number) =>
      expect.objectContaining({ Prefix: 'logs/', ExpirationInDays: days, Status: 'Enabled' });
    const unfinished = expect.objectContaining({
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
    });

    expect(rulesOf(template)).toEqual([[logs(90), unfinished]]);
    expect(rulesOf(Template.fromStack(makeApp({ chargerLogRetentionDays: 14 }).data))).toEqual([
      [logs(14), unfinished],
    ]);
  });

  it.each(['StateTableName', 'ReadingsTableName', 'CdrKeyId', 'FileBucketName'])(
    'the data stack outputs %s',
    (output) => {
      template.hasOutput(output, { Value: Match.anyValue() });
    },
  );
});
