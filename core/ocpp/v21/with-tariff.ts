import type { Tariff } from '../../tariff/model/tariff.ts';
import type { Message } from '../exchange.ts';
import { verbatim } from '../v201/requests/verbatim.ts';
import { toTariff } from './to-tariff.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A message whose fields are those of the request, with a tariff of ours where the request names one. */
export const withTariff: Message<
  { readonly fields: Fields; readonly tariff?: Tariff },
  object,
  Fields
> = {
  ...verbatim,
  write: ({ fields, tariff: ours }) => {
    if (ours === undefined) return fields;
    const tariff = toTariff(ours);
    return 'inexpressible' in tariff ? tariff : { ...fields, tariff };
  },
};
