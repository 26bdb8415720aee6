import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { routeKeys } from '../../lambdas/api/route-keys.ts';
import { DataStack } from '../../lib/data-stack.ts';
import { ServiceStack } from '../../lib/service-stack.ts';
import { readSettings } from '../../lib/settings.ts';

/** An app with both stacks, whose functions have a line of code instead of their bundle. */
export function makeApp(context: Record<string, unknown> = {}): {
  readonly app: App;
  readonly data: DataStack;
  readonly service: ServiceStack;
} {
  const outdir = mkdtempSync(join(tmpdir(), 'joulegate-stacks-'));
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  const app = new App({
    outdir,
    context,
    analyticsReporting: false,
  });
  const settings = readSettings(app.node);
  const data = new DataStack(app, 'JoulegateData');
  const codeOf = (step: string) => Code.fromInline(`export const handler = () => '${step}';`);
  const service = new ServiceStack(app, 'JoulegateService', {
    data,
    settings,
    codeOf,
    httpRoutes: routeKeys,
  });
  return { app, data, service };
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
