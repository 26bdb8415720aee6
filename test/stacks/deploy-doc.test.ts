import { readdirSync } from 'node:fs';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../lib/settings/settings.ts';
import { commandsIn, pageText, shellOf } from '../commands-of-page.ts';
import { everySetting } from './every-setting.ts';
import { makeApp } from './synthesize.ts';

/** Pages whose commands are typed on a deployment. */
const pages = [
  'README.md',
  'docs/deploy.md',
  'docs/upgrading.md',
  'docs/runbook.md',
  'docs/dashboards.md',
  'docs/data.md',
  'docs/security.md',
  'docs/security-profiles.md',
  'docs/doctor.md',
  'examples/deploy.github-actions.yml',
];

const { app } = makeApp({ ...everySetting, region: 'eu-central-1', account: '123456789012' });
const stacks = app.node.children.filter((child) => Stack.isStack(child));
const templates = new Map(
  stacks.map((stack) => [stack.stackName, Template.fromStack(stack).toJSON()]),
);
type Section = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const sections = (name: 'Outputs' | 'Parameters'): readonly string[] =>
  [...templates.values()].flatMap((template) => Object.keys((template[name] ?? {}) as Section));
const everything = JSON.stringify([...templates.values()]);

/** Names that are made by hand or by a restore, as the pages themselves have it, and those of roles of the workflow. */
const byHand = new Set([
  'joulegate-prod-canary',
  'joulegate-prod-state-restored',
  'joulegate-prod-edge',
]);

const namesOn = (page: string): readonly string[] =>
  [...pageText(page).matchAll(/\bjoulegate-(?:prod|test|<stage>)-[a-z0-9-]*[a-z0-9]/g)].map(
    ([name]) => name.replace(/-(test|<stage>)-/, '-prod-'),
  );

describe('the pages about a deployment', () => {
  it.each(pages)(
    '%s names stacks, functions, tables, alarms and dashboards alone that the templates have',
    (page) => {
      const unknown = namesOn(page).filter(
        (name) =>
          !templates.has(name) &&
          !byHand.has(name) &&
          !new RegExp(`"[^"]*${name}(?![a-z0-9-])`).test(everything) &&
          // With the account behind it.
          !everything.includes(`"${name}-"`),
      );

      expect([...new Set(unknown)]).toEqual([]);
    },
  );

  it.each(pages)('%s asks for outputs and parameters alone that a stack has', (page) => {
    const text = pageText(page);
    const outputs = [
      ...text.matchAll(/\$\(output (\w+)\)/g),
      ...text.matchAll(/\boutputs? `(\w+)`/g),
      ...text.matchAll(/OutputKey=='(\w+)'/g),
    ].map(([, name = '']) => name);
    const parameters = [...text.matchAll(/--parameters (\w+)=/g)].map(([, name = '']) => name);

    expect(outputs.filter((name) => !sections('Outputs').includes(name))).toEqual([]);
    expect(parameters.filter((name) => !sections('Parameters').includes(name))).toEqual([]);
  });

  it.each(pages)(
    '%s gives the CDK settings alone that there are, stages that have a file, and stacks of that stage',
    (page) => {
      const settings = new Set(['stage', ...Object.keys(settingsSchema.shape)]);
      const stages = readdirSync(new URL('../../settings', import.meta.url)).map((file) =>
        file.replace(/\.json$/, ''),
      );
      for (const words of cdkCommands(page)) {
        const given = words.flatMap((word, n) => (words[n - 1] === '-c' ? [word.split('=')] : []));
        const [, stage = 'prod'] = given.find(([name]) => name === 'stage') ?? [];
        const named = words.filter((word) => word.startsWith('joulegate-'));

        expect(given.filter(([name = '']) => !settings.has(name) && name !== 'name')).toEqual([]);
        expect(stages).toContain(stage);
        expect(named.filter((name) => !name.startsWith(`joulegate-${stage}-`))).toEqual([]);
        expect(
          named.filter((name) => !templates.has(name.replace(`-${stage}-`, '-prod-'))),
        ).toEqual([]);
      }
    },
  );

  it('docs/deploy.md gives a restored table the stream and the expiry that the template has', () => {
    const [, restore = ''] = /^5\. (Give it[\s\S]*?)^6\./m.exec(pageText('docs/deploy.md')) ?? [];
    const tables = [...templates.values()].flatMap((template) =>
      Object.values((template['Resources'] ?? {}) as Section)
        .filter(({ Type }) => Type === 'AWS::DynamoDB::GlobalTable')
        .map(
          ({ Properties }) =>
            Properties as Readonly<Record<string, Readonly<Record<string, string>>>>,
        ),
    );

    expect(tables).toHaveLength(2);
    for (const { StreamSpecification, TimeToLiveSpecification } of tables) {
      expect(restore).toContain(`StreamViewType=${StreamSpecification?.['StreamViewType']}`);
      expect(restore).toContain(`${TimeToLiveSpecification?.['AttributeName']}`);
    }
  });

  it.each(pages)('%s names groups of logs alone that the templates have', (page) => {
    const groups = [...pageText(page).matchAll(/\/aws\/[\w/-]*joulegate[\w/-]*/g)].map(([name]) =>
      name.replace('/test/', '/prod/'),
    );

    expect(groups.filter((name) => !everything.includes(`"${name}"`))).toEqual([]);
  });
});

/** The commands of the CDK on a page, without their loops. */
function cdkCommands(page: string): readonly (readonly string[])[] {
  const pieces = page.endsWith('.yml') ? [pageText(page)] : shellOf(page);
  return pieces
    .flatMap(commandsIn)
    .map((words) => words.slice(words.indexOf('cdk')))
    .filter(([first, second]) => first === 'cdk' && second !== undefined);
}
