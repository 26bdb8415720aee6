import ajvModule from 'ajv';
import standaloneModule from 'ajv/dist/standalone/index.js';
import formatsModule from 'ajv-formats';
import { build } from 'esbuild';

/** One official schema of a request or an answer, `urn:MeterValues.req` or `urn:MeterValues.conf` by its `$id`. */
export type MessageSchema = { readonly $id: string; readonly [keyword: string]: unknown };

/** The name of a message in code, as in `MeterValuesRequest`. */
export const messageName = (schema: MessageSchema): string =>
  schema.$id.replace('urn:', '').replace('.req', 'Request').replace('.conf', 'Response');

/** The name of a message's files without ending, as in `meter-values-request`. */
export const messageFile = (schema: MessageSchema): string =>
  messageName(schema)
    .replaceAll(/(?<=[a-z])[A-Z]/g, '-$&')
    .toLowerCase();

/**
 * Compiles each schema into a module that exports `validate<Message>`; what they share is in modules beside them.
 * The modules import nothing but each other, so that a function bundles and loads only the messages it reads.
 */
export const compileSchemas = async (
  schemas: readonly MessageSchema[],
): Promise<ReadonlyMap<string, string>> => {
  const ajv = new ajvModule.default({
    // By their own names: the official `urn:Name.req` is no complete URN, which the resolver refuses.
    schemas: Object.fromEntries(schemas.map(({ $id, ...rules }) => [messageName({ $id }), rules])),
    allErrors: true,
    strict: false,
    // A limit of 16.1 A is a multiple of 0.1, although its double is not.
    multipleOfPrecision: 6,
    code: { source: true, esm: true, lines: false },
  });
  formatsModule.default(ajv, ['date-time', 'uri']);

  const modules = new Map(
    schemas.map((schema) => [
      messageFile(schema),
      standaloneModule.default(ajv, { [`validate${messageName(schema)}`]: messageName(schema) }),
    ]),
  );
  return bundle(modules);
};

const bundle = async (modules: ReadonlyMap<string, string>): Promise<Map<string, string>> => {
  const outdir = import.meta.dirname;
  const built = await build({
    entryPoints: [...modules.keys()].map((name) => ({ in: `message:${name}`, out: name })),
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2023',
    minifySyntax: true,
    minifyWhitespace: true,
    write: false,
    outdir,
    chunkNames: 'shared-[hash]',
    plugins: [
      {
        name: 'messages',
        setup: (plugin) => {
          plugin.onResolve({ filter: /^message:/ }, ({ path }) => ({ path, namespace: 'message' }));
          plugin.onLoad({ filter: /.*/, namespace: 'message' }, ({ path }) => ({
            contents: modules.get(path.replace('message:', '')) ?? '',
            resolveDir: outdir,
          }));
        },
      },
    ],
  });
  return new Map(
    built.outputFiles.map((file) => [file.path.slice(outdir.length + 1), file.text] as const),
  );
};
