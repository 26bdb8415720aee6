import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { compileSchemas, type MessageSchema } from './compile-schemas.ts';
import { declareMessages } from './declare-messages.ts';

const require = createRequire(import.meta.url);

/** The OCPP versions whose official schemas are compiled: folder of the result and file of the schemas. */
const versions = [
  { folder: 'v16', schemas: 'ocpp-rpc/lib/schemas/ocpp1_6.json' },
  { folder: 'v201', schemas: 'ocpp-rpc/lib/schemas/ocpp2_0_1.json' },
  { folder: 'v21', schemas: 'ocpp-rpc/lib/schemas/ocpp2_1.json' },
];

const target = resolve(import.meta.dirname, '../core/ocpp/generated');

/** Everything that decides what is generated; while it stays the same, nothing is done. */
const fingerprint = async (schemasPath: string): Promise<string> => {
  const hash = createHash('sha256');
  const sources = ['ocpp-schemas.ts', 'compile-schemas.ts', 'declare-messages.ts'];
  const paths = [
    schemasPath,
    require.resolve('ajv/package.json'),
    require.resolve('ajv-formats/package.json'),
    ...sources.map((name) => join(import.meta.dirname, name)),
  ];
  for (const path of paths) hash.update(await readFile(path));
  return hash.digest('hex');
};

const generate = async (folder: string, schemasPath: string): Promise<void> => {
  const stamp = await fingerprint(schemasPath);
  const finished = join(target, folder, 'stamp');
  if ((await readFile(finished, 'utf8').catch(() => '')) === stamp) return;

  const schemas: MessageSchema[] = JSON.parse(await readFile(schemasPath, 'utf8'));
  const files = new Map([...(await compileSchemas(schemas)), ...(await declareMessages(schemas))]);

  // A folder of its own first, so that an interrupted run never leaves half a version behind.
  const building = join(target, `${folder}.${process.pid}`);
  await mkdir(building, { recursive: true });
  for (const [name, text] of files) await writeFile(join(building, name), text);
  await writeFile(join(building, 'stamp'), stamp);
  await rm(join(target, folder), { recursive: true, force: true });
  await rename(building, join(target, folder));
  console.log(`core/ocpp/generated/${folder}: ${schemas.length} messages`);
};

for (const { folder, schemas } of versions) await generate(folder, require.resolve(schemas));
