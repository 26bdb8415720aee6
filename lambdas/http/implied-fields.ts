/**
 * Name in the meta of an object's schema under which it lists fields that are filled in before the object is read: its
 * description does not require them.
 */
export const impliedFields = 'x-implied-fields';
