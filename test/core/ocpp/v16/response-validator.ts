import ajvModule from 'ajv';
import formatsModule from 'ajv-formats';
import { officialSchema } from '../arbitrary-message.ts';

/** Checks an answer by the official schema itself, not by the code that was made from it. */
export const responseValidator = async (action: string): Promise<(payload: unknown) => boolean> => {
  const ajv = new ajvModule.default({ strict: false });
  formatsModule.default(ajv);
  const { $id: _id, ...schema } = officialSchema(action, 'conf');
  const validate = ajv.compile(schema);
  return (payload) => validate(payload) === true;
};
