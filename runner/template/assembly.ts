import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartRefusal } from '../start-refusal.ts';
import { asJsonObject, type JsonObject } from './json-object.ts';

/** One stack of the synthesized app. */
export type StackTemplate = { readonly name: string; readonly template: JsonObject };

/** The synthesized app: its stacks and the folder with their assets. */
export type Assembly = {
  readonly directory: string;
  readonly stacks: readonly StackTemplate[];
  /** Folder of each asset, by the key of the object that `cdk deploy` would upload. */
  readonly assetFolders: Readonly<Record<string, string>>;
};

/** Reads a synthesized app (`cdk.out`); refuses anything else with `ASSEMBLY_UNREADABLE`. */
export function readAssembly(directory: string): Assembly {
  const artifacts = Object.entries(
    asJsonObject(readJson(join(directory, 'manifest.json'))['artifacts']),
  );
  const stacks: StackTemplate[] = [];
  const assetFolders: Record<string, string> = {};
  for (const [name, artifact] of artifacts) {
    const { type, properties } = asJsonObject(artifact);
    const { templateFile, file, stackName } = asJsonObject(properties);
    if (type === 'aws:cloudformation:stack') {
      const template = readJson(join(directory, String(templateFile)));
      stacks.push({ name: typeof stackName === 'string' ? stackName : name, template });
    }
    if (type === 'cdk:asset-manifest') {
      Object.assign(assetFolders, assetFoldersOf(directory, String(file)));
    }
  }
  return { directory, stacks, assetFolders };
}

function assetFoldersOf(directory: string, file: string): Record<string, string> {
  const folders: Record<string, string> = {};
  for (const asset of Object.values(asJsonObject(readJson(join(directory, file))['files']))) {
    const { source, destinations } = asJsonObject(asset);
    const path = join(directory, String(asJsonObject(source)['path']));
    for (const destination of Object.values(asJsonObject(destinations))) {
      folders[String(asJsonObject(destination)['objectKey'])] = path;
    }
  }
  return folders;
}

function readJson(path: string): JsonObject {
  if (!existsSync(path)) {
    throw new StartRefusal('ASSEMBLY_UNREADABLE', `The synthesized app lacks the file ${path}.`);
  }
  return asJsonObject(JSON.parse(readFileSync(path, 'utf8')));
}
