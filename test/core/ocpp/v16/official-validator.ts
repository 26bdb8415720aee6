import ajvModule from 'ajv';
import formatsModule from 'ajv-formats';
import { type MadeUpProtocol, officialSchema } from '../arbitrary-message.ts';

type Validate = (payload: unknown) => boolean;

const compiled = new Map<string, Validate>();

const compile = (action: string, direction: 'req' | 'conf', protocol: MadeUpProtocol): Validate => {
  const ajv = new ajvModule.default({ strict: false, multipleOfPrecision: 6 });
  formatsModule.default(ajv);
  const { $id: _id, ...schema } = officialSchema(action, direction, protocol);
  const validate = ajv.compile(schema);
  return (payload) => validate(payload) === true;
};

/** Checks a request or an answer by the official schema itself, not by the code that was made from it. */
export const officialValidator = (
  action: string,
  direction: 'req' | 'conf',
  protocol: MadeUpProtocol = 'ocpp1.6',
): Validate => {
  const name = `${protocol} ${action}.${direction}`;
  const validate = compiled.get(name) ?? compile(action, direction, protocol);
  compiled.set(name, validate);
  return validate;
};
