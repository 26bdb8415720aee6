import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ajvModule from 'ajv';
import formatsModule from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centralActions } from '../../../core/ocpp/v16/action.ts';
import { routes } from '../../../core/ocpp/v16/routes.ts';
import type { Validator } from '../../../core/ocpp/validator.ts';
import { arbitraryRequest, officialSchema } from './arbitrary-message.ts';

const folder = join(import.meta.dirname, '../../../core/ocpp/generated/v16');
const actions = Object.keys(routes);
const everyAction = [...new Set([...actions, ...centralActions])].sort();

const fileOf = (action: string, direction: 'request' | 'response'): string =>
  `${action.replaceAll(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase()}-${direction}.js`;

const generatedValidator = async (action: string): Promise<Validator<unknown>> => {
  const exported = (await import(join(folder, fileOf(action, 'request')))) as Record<
    string,
    Validator<unknown>
  >;
  const validate = exported[`validate${action}Request`];
  if (validate === undefined) throw new Error(`no validator for ${action}`);
  return validate;
};

const officialValidator = (action: string): ((payload: unknown) => boolean) => {
  const ajv = new ajvModule.default({ strict: false });
  formatsModule.default(ajv);
  const { $id: _id, ...schema } = officialSchema(action, 'req');
  return (payload) => ajv.validate(schema, payload) === true;
};

describe('the generated validators of OCPP 1.6', () => {
  it('the generated validators of OCPP 1.6 cover every action in both directions', () => {
    const files = new Set(readdirSync(folder));
    const missing = everyAction
      .flatMap((action) => [fileOf(action, 'request'), fileOf(action, 'response')])
      .filter((file) => !files.has(file));
    expect(everyAction).toHaveLength(39);
    expect(missing).toEqual([]);
  });

  it.each(actions)(
    'the generated validator of %s agrees with the official schema',
    async (action) => {
      const generated = await generatedValidator(action);
      const official = officialValidator(action);
      const spoilt = fc
        .tuple(arbitraryRequest(action), fc.string(), fc.jsonValue())
        .map(([payload, name, value]) => ({ ...payload, [name]: value }));
      const anything = fc.oneof(arbitraryRequest(action), spoilt, fc.jsonValue());
      fc.assert(
        fc.property(anything, (payload) => {
          expect(generated(payload)).toBe(official(payload));
        }),
        { numRuns: 50 },
      );
    },
  );
});
