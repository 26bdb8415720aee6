import { optional, required } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { id, text, whole } from '../codec/scalars.ts';
import { openWord, word, words } from '../codec/word.ts';
import type { BusinessDetails, DisplayText, PartnerImage } from '../model/shared.ts';

/** DisplayText, the same in every version. */
export const displayText = record<DisplayText>({
  language: required('language', id(2)),
  text: required('text', text(512)),
});

const imageCategories = words('CHARGER ENTRANCE LOCATION NETWORK OPERATOR OTHER OWNER');

const imageOf = (category: typeof openWord) =>
  record<PartnerImage>({
    url: required('url', id(255)),
    thumbnail: optional('thumbnail', id(255)),
    category: required('category', category),
    type: required('type', id(4)),
    width: optional('width', whole),
    height: optional('height', whole),
  });

/** Image of 2.1.1 and 2.2.1. */
export const image = imageOf(word(imageCategories, { otherwise: 'OTHER' }));

/** Image of 2.3.0, whose categories may grow. */
export const openImage = imageOf(openWord);

const businessOf = (logo: typeof image) =>
  record<BusinessDetails>({
    name: required('name', text(100)),
    website: optional('website', id(255)),
    logo: optional('logo', logo),
  });

/** BusinessDetails of 2.1.1 and 2.2.1. */
export const businessDetails = businessOf(image);

/** BusinessDetails of 2.3.0. */
export const openBusinessDetails = businessOf(openImage);
