import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { makeApp } from './synthesize.ts';

type Retained = {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
};

const page = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8');
// With what a setting alone adds to it.
const app = makeApp({ chargerAuthority: true });
const outliving = [app.data, app.queues, app.endpoints]
  .flatMap((stack) =>
    Object.values(Template.fromStack(stack).toJSON()['Resources'] as Record<string, Retained>),
  )
  .filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain');

const sectionOf = (title: string): string =>
  page.split(/^## /m).find((section) => section.startsWith(`${title}\n`)) ?? '';

/** The commands of a text, with the loops of the shell written out. */
const commandsIn = (text: string): string =>
  text.replaceAll(/for (\w+) in (.+?); do.*\n([\s\S]*?)done/g, (_, variable, words, body) =>
    String(words)
      .split(/\s+/)
      .map((word) => String(body).replaceAll(`$${variable}`, word))
      .join('\n'),
  );

/** The kinds of resources that outlive their stack, each with the property that names it to its owner. */
const namedBy: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::KMS::Alias': 'AliasName',
  // With the account and the Region behind it.
  'AWS::S3::Bucket': 'BucketName',
  'AWS::ApiGatewayV2::Api': 'Name',
};

/** A name, with the parts that the account fills in as they are written on a command line. */
const textOf = (value: unknown): string => {
  const { 'Fn::Join': [, parts] = [] } = Object(value) as { 'Fn::Join'?: [string, unknown[]] };
  if (parts === undefined) return String(value);
  return parts
    .map((part) =>
      typeof part === 'string'
        ? part
        : `$${Object(part)['Ref'].replace('AWS::', '').toUpperCase()}`,
    )
    .join('')
    .replaceAll('ACCOUNTID', 'ACCOUNT');
};

const names = outliving.flatMap(({ Type, Properties }) => {
  const property = namedBy[Type];
  return property === undefined ? [] : [textOf(Properties[property])];
});

describe('the teardown in docs/deploy.md', () => {
  it.each(names)('the teardown in docs/deploy.md deletes %s, which outlives its stack', (name) => {
    const commands = commandsIn(sectionOf('Teardown'));
    const [, api] = /^joulegate-prod-(chargers|operator-api|feed)$/.exec(name) ?? [];

    expect(commands).toContain(api === undefined ? name : `Name=='${name}'`);
  });

  it('the teardown deletes the stacks that settings alone make, and each secret that the page has an operator make', () => {
    const commands = commandsIn(sectionOf('Teardown'));
    const made = [...page.matchAll(/create-secret --name (\S+)/g)].map(([, name = '']) => name);

    expect(made).toEqual(['joulegate-prod-canary']);
    for (const name of made) expect(commands).toContain(`delete-secret --secret-id ${name}`);
    for (const stack of ['safeguards', 'firewall']) {
      expect(commands).toMatch(new RegExp(`cdk destroy .*joulegate-prod-${stack}\\b`));
    }
  });

  it.each(names)('the creation from retained data says how %s is taken back', (name) => {
    const section = sectionOf('Creation from retained data');
    const [, api] = /^joulegate-prod-(chargers|operator-api|feed)$/.exec(name) ?? [];

    expect(section).toContain(api === undefined ? name : 'aws apigatewayv2 get-apis');
  });

  it('whatever is retained is named in docs/deploy.md, and the table of the stacks lists it', () => {
    const known = new Set([
      ...Object.keys(namedBy),
      // Named by their comment, by their key and by their domain.
      'AWS::CloudFront::Distribution',
      'AWS::CloudFront::Function',
      'AWS::KMS::Key',
      'AWS::ApiGatewayV2::DomainName',
    ]);
    expect(names.length).toBeGreaterThan(6);
    expect(outliving.map(({ Type }) => Type).filter((type) => !known.has(type))).toEqual([]);
    const [table = ''] = page.split(/^## /m);
    for (const name of names) {
      const [, rest = ''] = name.split('joulegate-prod-');
      expect(table).toContain(`-${rest}\``);
    }
  });
});
