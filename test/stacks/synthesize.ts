import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import {
  fileRouteKeys,
  ocpiRouteKeys,
  openRouteKeys,
  pushRouteKeys,
  routeKeys,
} from '../../lambdas/api/route-keys.ts';
import { makeStacks, type Stacks } from '../../lib/make-stacks.ts';
import { readStage } from '../../lib/settings/read-stage.ts';

const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** An app with all stacks of a stage, whose functions have a line of code instead of their bundle. */
export function makeApp(context: Record<string, unknown> = {}): Stacks & { readonly app: App } {
  const outdir = mkdtempSync(join(tmpdir(), 'joulegate-stacks-'));
  folders.push(outdir);
  const app = new App({
    outdir,
    context,
    analyticsReporting: false,
  });
  const codeOf = (step: string) => Code.fromInline(`export const handler = () => '${step}';`);
  const httpRoutes = {
    api: routeKeys,
    open: openRouteKeys,
    push: pushRouteKeys,
    ocpi: ocpiRouteKeys,
    files: fileRouteKeys,
  };
  return { app, ...makeStacks(app, readStage(app.node), { codeOf, httpRoutes }) };
}

type Section = Readonly<Record<string, unknown>>;

/** All stacks of a stage as if they were one template: what one imports from another refers to it directly. */
export function wholeTemplate({ app }: { readonly app: App }): Template {
  const templates = app.node.children
    .filter((child) => Stack.isStack(child))
    .map((stack) => Template.fromStack(stack).toJSON());
  const exported = new Map<string, unknown>();
  for (const { Outputs = {} } of templates) {
    for (const { Export, Value } of Object.values<{ Export?: { Name: string }; Value: unknown }>(
      Outputs,
    )) {
      if (Export !== undefined) exported.set(Export.Name, Value);
    }
  }
  const merged: Record<string, Section> = {};
  for (const template of templates) {
    for (const section of ['Resources', 'Outputs', 'Parameters', 'Conditions']) {
      merged[section] = { ...merged[section], ...template[section] };
    }
  }
  const resources = templates.flatMap(({ Resources }) => Object.keys(Resources));
  if (new Set(resources).size < resources.length) {
    throw new Error('two stacks have a resource of the same logical id');
  }
  const text = JSON.stringify(merged, (_, value: unknown) => {
    const name = value instanceof Object && 'Fn::ImportValue' in value && value['Fn::ImportValue'];
    return typeof name === 'string' ? exported.get(name) : value;
  });
  return Template.fromJSON(JSON.parse(text));
}

const templates = new Map<string, Template>();

/** That of the stage with these settings: made once for all files, which share a process and change nothing of it. */
export function templateOf(context: Record<string, unknown> = {}): Template {
  const settings = JSON.stringify(context);
  const made = templates.get(settings) ?? wholeTemplate(makeApp(context));
  templates.set(settings, made);
  return made;
}

/** A resource of a template, as far as tests look at it. */
export type TestResource = {
  readonly id: string;
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
};

/** The resources of one type, with their logical ids; fails when there is none, so that no test is green by accident. */
export function resourcesOf(template: Template, type: string): TestResource[] {
  const found = Object.entries(template.findResources(type));
  if (found.length === 0) {
    throw new Error(`no ${type} in the template`);
  }
  return found.map(([id, resource]) => ({ id, ...resource }) as TestResource);
}
