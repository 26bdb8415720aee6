import type { JsonLiteral } from '../../units/json-literals.ts';
import type { Codec } from '../codec/codec.ts';
import { lacking, many, optional, required } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { decimal, id, text } from '../codec/scalars.ts';
import { type Field, fieldOf, isAbsent, numberIn } from '../document-field.ts';
import type { PartnerPrice, TaxAmount } from '../model/shared.ts';
import { differenceOf, sumOf } from './decimal-text.ts';

const amount = decimal();

/** Price of 2.1.1: a number without VAT. */
export const price211: Codec<PartnerPrice> = {
  read: (field, context) => {
    // Partners send the object of later versions too.
    if (numberIn(field) === undefined && !isAbsent(fieldOf(field, 'excl_vat'))) {
      return price221.read(field, context);
    }
    const exclVat = amount.read(field, context);
    return exclVat === undefined ? undefined : { exclVat };
  },
  write: ({ exclVat }, context) => amount.write(exclVat, context),
};

const priceRecord221 = record<PartnerPrice>({
  exclVat: required('excl_vat', amount),
  inclVat: optional('incl_vat', amount),
  taxes: lacking(),
});

/** A plain number is the price of 2.1.1, which some partners send in later versions. */
const orPlain =
  (codec: Codec<PartnerPrice>): Codec<PartnerPrice>['read'] =>
  (field, context) => {
    if (numberIn(field) === undefined) return codec.read(field, context);
    const exclVat = amount.read(field, context);
    return exclVat === undefined ? undefined : { exclVat };
  };

/** Price of 2.2.1: with and without VAT. */
export const price221: Codec<PartnerPrice> = {
  read: orPlain(priceRecord221),
  write: priceRecord221.write,
};

const tax = record<TaxAmount>({
  name: required('name', text(255)),
  accountNumber: optional('account_number', id(255)),
  percentage: optional('percentage', decimal()),
  amount: required('amount', amount),
});

type Taxed = Omit<PartnerPrice, 'inclVat' | 'taxes'> & { readonly taxes: readonly TaxAmount[] };

const taxed = record<Taxed>({
  exclVat: required('before_taxes', amount),
  taxes: many('taxes', tax),
});

/** One tax named VAT without anything else is how a sum of taxes is written that nobody itemized. */
const isPlainVat = (taxes: readonly TaxAmount[]): boolean => {
  const [only] = taxes;
  return (
    taxes.length === 1 &&
    only !== undefined &&
    only.name === 'VAT' &&
    Object.keys(only).length === 2
  );
};

const readTaxed = (field: Field, { exclVat, taxes, ...rest }: Taxed): PartnerPrice => {
  if (isAbsent(fieldOf(field, 'taxes'))) return { exclVat, ...rest };
  const inclVat = sumOf([exclVat, ...taxes.map((each) => each.amount)]);
  return { exclVat, inclVat, ...(isPlainVat(taxes) ? {} : { taxes }), ...rest };
};

const readTaxedField: Codec<PartnerPrice>['read'] = (field, context) => {
  // Partners send the object of 2.2.1 as well.
  if (isAbsent(fieldOf(field, 'before_taxes')) && !isAbsent(fieldOf(field, 'excl_vat'))) {
    return priceRecord221.read(field, context);
  }
  const before = field.problems.length;
  const read = taxed.read(field, context);
  // An amount that is missing cannot be added up; the document is refused anyway.
  return read === undefined || field.problems.length > before ? undefined : readTaxed(field, read);
};

const itemized = ({ exclVat, inclVat, taxes }: PartnerPrice): readonly TaxAmount[] | undefined => {
  if (taxes !== undefined || inclVat === undefined) return taxes;
  return [{ name: 'VAT', amount: differenceOf(inclVat, exclVat) }];
};

/** Price of 2.3.0: before taxes, and the taxes. One tax called VAT is the difference where they are not known one by one. */
export const price230: Codec<PartnerPrice> = {
  read: orPlain({ read: readTaxedField, write: () => undefined }),
  write: (price, context) => {
    const taxes = itemized(price);
    const { inclVat: _, ...rest } = price;
    const written = taxed.write({ ...rest, taxes: taxes ?? [] }, context);
    // An empty list says that there are no taxes; no list, that they are not known.
    return taxes?.length === 0 && written !== undefined
      ? { ...(written as { readonly [name: string]: JsonLiteral }), taxes: [] }
      : written;
  },
};
