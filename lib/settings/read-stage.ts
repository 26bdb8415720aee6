import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Node } from 'constructs';
import * as z from 'zod';
import { type Settings, settingsSchema } from './settings.ts';
import type { Stage } from './stage.ts';

/** A stage, and what of its settings comes from the command line alone. */
export type ReadStage = {
  readonly stage: Stage;
  /** A sentence for each setting that `-c` gives another value than the file. */
  readonly overrides: readonly string[];
};

type Given = Readonly<Record<string, unknown>>;

const SETTINGS_FOLDER = fileURLToPath(new URL('../../settings', import.meta.url));
const STAGE_NAME = /^[a-z][a-z0-9]{0,11}$/;
const settingNames: readonly string[] = Object.keys(settingsSchema.shape);

/**
 * Reads which stage is meant (`-c stage=`, `prod` unless given) and its settings from `<stage>.json`.
 * Other settings given by `-c` override the file for this one synthesis. Throws a sentence that names the setting.
 */
export function readStage(node: Node, folder = SETTINGS_FOLDER): ReadStage {
  const name: unknown = node.tryGetContext('stage') ?? 'prod';
  if (typeof name !== 'string' || !STAGE_NAME.test(name)) {
    throw new Error(
      `stage: must be 1 to 12 lower-case letters and digits, the first a letter, not ${JSON.stringify(name)}`,
    );
  }
  refuseUnknownContext(node);
  const file = `settings/${name}.json`;
  const inFile = readFileOf(join(folder, `${name}.json`), file);
  const fromFile = parse(inFile, file);
  const given = Object.fromEntries(
    settingNames
      .map((setting) => [setting, node.tryGetContext(setting) as unknown] as const)
      .filter(([, value]) => value !== undefined)
      .map(([setting, value]) => [setting, fromCommandLine(setting, value)]),
  );
  const settings = parse({ ...inFile, ...given }, '-c');
  return { stage: { name, settings }, overrides: overridesOf(fromFile, settings, file) };
}

/** A misspelt setting would change nothing, and nobody would notice. */
function refuseUnknownContext(node: Node): void {
  const names = Object.keys(node.getAllContext({}) as Given);
  const unknown = names.find(
    (name) => /^[a-z][A-Za-z]*$/.test(name) && name !== 'stage' && !settingNames.includes(name),
  );
  if (unknown !== undefined) {
    throw new Error(
      `${unknown}: not a setting; the settings are stage, ${settingNames.join(', ')}`,
    );
  }
}

function readFileOf(path: string, file: string): Given {
  if (!existsSync(path)) {
    throw new Error(`${file} is missing; it holds the settings of the stage ({} for the defaults)`);
  }
  const read = z.record(z.string(), z.unknown()).safeParse(jsonOf(path, file));
  if (!read.success) {
    throw new Error(`${file}: must be a JSON object of settings`);
  }
  return read.data;
}

function jsonOf(path: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${String(error)}`);
  }
}

function parse(given: Given, where: string): Settings {
  const parsed = settingsSchema.safeParse(given);
  if (parsed.success) {
    refuseHalfDomain(parsed.data);
    refuseSilentBudget(parsed.data);
    return parsed.data;
  }
  const sentences = parsed.error.issues.map((issue) => {
    const [setting] = issue.path;
    return setting === undefined
      ? `${where}: ${issue.message}`
      : `${String(setting)}: ${issue.message}, not ${JSON.stringify(given[String(setting)])} (${where})`;
  });
  throw new Error(sentences.join('\n'));
}

function refuseHalfDomain(settings: Settings): void {
  const { chargerDomainName, chargerCertificateArn, apiDomainName, apiCertificateArn } = settings;
  if ((chargerDomainName === undefined) !== (chargerCertificateArn === undefined)) {
    throw new Error('chargerDomainName and chargerCertificateArn must be given together');
  }
  if ((apiDomainName === undefined) !== (apiCertificateArn === undefined)) {
    throw new Error('apiDomainName and apiCertificateArn must be given together');
  }
}

function refuseSilentBudget({ monthlyBudgetUsd, alarmEmail }: Settings): void {
  if (monthlyBudgetUsd !== undefined && alarmEmail === undefined) {
    throw new Error('monthlyBudgetUsd needs an alarmEmail, which its mail is sent to');
  }
}

/** The command line gives text where a file has numbers and truth values. */
function fromCommandLine(setting: string, value: unknown): unknown {
  const schema = settingsSchema.shape[setting as keyof Settings];
  if (typeof value !== 'string' || schema.safeParse(value).success) {
    return value;
  }
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function overridesOf(fromFile: Settings, settings: Settings, file: string): string[] {
  return settingNames.flatMap((name) => {
    const [kept, now] = [fromFile, settings].map((each) =>
      JSON.stringify(each[name as keyof Settings] ?? null),
    );
    return kept === now
      ? []
      : [`${name} is ${now} by -c, but ${kept} in ${file}: a deployment without -c takes it back.`];
  });
}
