import { compile } from 'json-schema-to-typescript';
import { type MessageSchema, messageFile, messageName } from './compile-schemas.ts';

/** Writes the type of each message and the declaration of its validator, by file name. */
export const declareMessages = async (
  schemas: readonly MessageSchema[],
): Promise<ReadonlyMap<string, string>> => {
  const files = new Map<string, string>();
  for (const schema of schemas) files.set(`${messageFile(schema)}.d.ts`, await declare(schema));
  return files;
};

const declare = async (schema: MessageSchema): Promise<string> => {
  const name = messageName(schema);
  const types = await compile(withoutNames(schema), name, {
    additionalProperties: false,
    bannerComment: '',
    declareExternallyReferenced: true,
    format: false,
    // A list that may be longer or shorter is a list, not one tuple for each length.
    ignoreMinAndMaxItems: true,
  });
  return [
    "import type { Validator } from '../../validator.ts';",
    types,
    `/** Checks a payload against the official schema ${schema.$id}. */`,
    `export declare const validate${name}: Validator<${name}>;`,
    '',
  ].join('\n');
};

/** The compiler names types after `$id` and `title`; the file's own name is the better one. */
const withoutNames = ({ $id, $schema, title, ...schema }: MessageSchema): object => schema;
