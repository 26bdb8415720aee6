import type { Codec } from '../codec/codec.ts';
import { many, optional, required } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { decimal, flag, text } from '../codec/scalars.ts';
import { openWord, word, words } from '../codec/word.ts';
import type { EnergyMix } from '../model/shared.ts';

type Item<Name extends 'energySources' | 'environImpact'> = EnergyMix[Name][number];

const energyMixOf = (
  source: Codec<string>,
  category: Codec<string>,
  categoryNames: readonly [string, string],
): Codec<EnergyMix> =>
  record<EnergyMix>({
    isGreenEnergy: required('is_green_energy', flag),
    energySources: many(
      'energy_sources',
      record<Item<'energySources'>>({
        source: required('source', source),
        percentage: required('percentage', decimal()),
      }),
    ),
    environImpact: many(
      'environ_impact',
      record<Item<'environImpact'>>({
        category: required(categoryNames, category),
        amount: required('amount', decimal()),
      }),
    ),
    supplierName: optional('supplier_name', text(64)),
    energyProductName: optional('energy_product_name', text(64)),
  });

const sources = words('NUCLEAR GENERAL_FOSSIL COAL GAS GENERAL_GREEN SOLAR WIND WATER');
const impacts = words('NUCLEAR_WASTE CARBON_DIOXIDE');

/** EnergyMix of 2.1.1, whose environmental impacts have a `source`. */
export const energyMix211 = energyMixOf(word(sources), word(impacts), ['source', 'category']);

/** EnergyMix of 2.2.1. */
export const energyMix221 = energyMixOf(word(sources), word(impacts), ['category', 'source']);

/** EnergyMix of 2.3.0, whose words may grow. */
export const energyMix230 = energyMixOf(openWord, openWord, ['category', 'source']);
