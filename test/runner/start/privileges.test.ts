import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startStack } from '../../../runner/stack.ts';
import type { StackTemplate } from '../../../runner/template/assembly.ts';
import { asJsonObject, asStrings, isJsonObject } from '../../../runner/template/json-object.ts';

/** The stack as it runs when the template is changed so. */
async function start(editStack: (stack: StackTemplate) => StackTemplate) {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'joulegate-privileges-'));
  onTestFinished(() => rmSync(dataDirectory, { recursive: true }));
  const stack = await startStack({ dataDirectory, editStack });
  onTestFinished(stack.stop);
  return stack;
}

type EditResource = (resource: Readonly<Record<string, unknown>>) => unknown;

/** Changes the resources whose logical id begins so; undefined takes one away, and nothing depends on it any more. */
const editing =
  (logicalId: string, edit: EditResource) =>
  (stack: StackTemplate): StackTemplate => {
    const edited = Object.entries(asJsonObject(stack.template['Resources'])).map(
      ([id, resource]) =>
        [id, id.startsWith(logicalId) ? edit(asJsonObject(resource)) : resource] as const,
    );
    const left = edited.filter(([, resource]) => resource !== undefined);
    const ids = new Set(left.map(([id]) => id));
    const resources = left.map(([id, resource]) => {
      const { DependsOn, ...rest } = asJsonObject(resource);
      return [id, { ...rest, DependsOn: asStrings(DependsOn).filter((each) => ids.has(each)) }];
    });
    return { ...stack, template: { ...stack.template, Resources: Object.fromEntries(resources) } };
  };

/** A role without this action, in whatever policy it is granted. */
const without =
  (action: string): EditResource =>
  (value) =>
    drop(value, action);

function drop(value: unknown, action: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => drop(item, action));
  }
  if (!isJsonObject(value)) {
    return value;
  }
  const members = Object.entries(value).map(([key, member]) => [
    key,
    key === 'Action' ? asStrings(member).filter((one) => one !== action) : drop(member, action),
  ]);
  return Object.fromEntries(members);
}

const operatorsArn = ({ functions, deployment }: Awaited<ReturnType<typeof start>>): string =>
  functions.find(({ name }) => name === deployment.outputs['OperatorsFunctionName'])?.arn ?? '';

test('a function is denied a permission that its role lost, in the words of AWS', async () => {
  const stack = await start(editing('OperatorApiOperatorsRole', without('dynamodb:PutItem')));
  expect(await stack.invoke(operatorsArn(stack), { name: 'Nobody' })).toEqual({
    kind: 'failed',
    errorType: 'AccessDeniedException',
    errorMessage: expect.stringMatching(
      /^User: arn:aws:sts::000000000000:assumed-role\/\S*OperatorsRole\S*\/joulegate-local-operators is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:eu-central-1:000000000000:table\/\S* because no identity-based policy allows the dynamodb:PutItem action$/,
    ),
  });
});

test('a stream is not read for a function whose role may not, as AWS refuses the mapping', async () => {
  await expect(
    start(editing('MeteringTariffStepRole', without('dynamodb:GetRecords'))),
  ).rejects.toThrow(
    /TariffStepRole.* not authorized to perform: dynamodb:GetRecords on resource: .*\/stream\//,
  );
});

test('API Gateway does not reach a function without its permission', async () => {
  const stack = await start(
    editing('OperatorApi', (resource) =>
      resource['Type'] === 'AWS::Lambda::Permission' ? undefined : resource,
    ),
  );
  const answer = await fetch(`${stack.http}/health`);
  expect(answer.status).toBe(500);
  expect(await answer.json()).toEqual({ message: 'Internal Server Error' });
});
