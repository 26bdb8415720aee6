import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ReadingsTable } from '../../lib/data/readings-table.ts';
import { StateTable } from '../../lib/data/state-table.ts';
import { readStage } from '../../lib/settings/read-stage.ts';

/** Keys and indexes of a table, as CreateTable takes them. */
export type TableSchema = Pick<
  CreateTableCommandInput,
  'AttributeDefinitions' | 'KeySchema' | 'GlobalSecondaryIndexes'
>;

/** The two tables as the app deploys them. */
export type TableSchemas = { readonly state: TableSchema; readonly readings: TableSchema };

/** Synthesizes both tables, so that no store is tested on keys or indexes that the app does not have. */
export function tableSchemas(): TableSchemas {
  const outdir = mkdtempSync(join(tmpdir(), 'joulegate-tables-'));
  try {
    const app = new App({ outdir, analyticsReporting: false });
    const [state, readings] = [new Stack(app, 'State'), new Stack(app, 'Readings')];
    const { stage } = readStage(app.node);
    new StateTable(state, 'Table', stage);
    new ReadingsTable(readings, 'Table', stage);
    return { state: schemaOf(state), readings: schemaOf(readings) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function schemaOf(stack: Stack): TableSchema {
  const tables = Template.fromStack(stack).findResources('AWS::DynamoDB::GlobalTable');
  const [table, ...others] = Object.values(tables);
  if (table === undefined || others.length > 0)
    throw new Error(`${stack.stackName} is not one table`);
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes } = table['Properties'];
  return {
    AttributeDefinitions,
    KeySchema,
    ...(GlobalSecondaryIndexes && { GlobalSecondaryIndexes }),
  };
}
