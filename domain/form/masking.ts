// Sensitive values: the fields that hold them, and what of a value stays for people who may not read it.
import type { Change } from './change.ts';
import type { Column, Field, Form } from './field.ts';
import type { Json, Row } from './value.ts';

/** Full width, so that it is not taken for a figure. */
export const MASK = '＊＊＊';

/** A contact, and every field a form calls sensitive: read by the holder and the direct issuer alone. */
export const isSensitive = ({ type, sensitive, columns }: Field): boolean =>
  sensitive || type === 'contact' || (columns ?? []).some((column) => column.type === 'contact');

/** Keys of those fields. */
export const sensitiveKeys = (form: { fields: readonly Field[] } | undefined): ReadonlySet<string> =>
  new Set((form?.fields ?? []).filter(isSensitive).map(({ key }) => key));

const found = new WeakMap<Form, readonly Field[]>();

/** Known once a form, since ten thousand reports of one are merged. */
export function sensitiveFields(form: Form): readonly Field[] {
  let fields = found.get(form);
  if (fields === undefined) found.set(form, (fields = form.fields.filter(isSensitive)));
  return fields;
}

/** Has the form such a field? Most have none, and then nothing below is run. */
export const asksSensitive = (form: Form | undefined): form is Form =>
  form !== undefined && sensitiveFields(form).length > 0;

const MOBILE = /^((?:\+?86[- ]?)?1\d{2})[- ]?[\d*]{4}[- ]?(\d{4})$/;
/** An identity card of the mainland: 18 places, the last of which may be an X. */
const IDENTITY = /^(\d{3})[\d*]{11}(\d{3}[\dXx])$/;
const MAIL = /^([^\s@])[^\s@]*@([^\s@]+)$/u;

/** Of a telephone number three digits and the last four stay, of a short one nothing. */
export function maskedPhone(phone: string): string {
  if (phone === '') return '';
  const mobile = MOBILE.exec(phone);
  if (mobile) return `${mobile[1] ?? ''}****${mobile[2] ?? ''}`;
  return phone.length >= 11 ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : MASK;
}

/** Of a name its first character. */
export function maskedName(name: string): string {
  const [first = ''] = name;
  return first === '' ? '' : `${first}＊＊`;
}

/** Of a mail address its first letter and its domain. */
export function maskedMail(mail: string): string {
  const parts = MAIL.exec(mail);
  return parts ? `${parts[1] ?? ''}***@${parts[2] ?? ''}` : MASK;
}

/** A text that is a telephone number, an identity number or a mail address keeps its ends; of all else nothing stays. */
function maskedWords(text: string): string {
  if (MOBILE.test(text)) return maskedPhone(text);
  const identity = IDENTITY.exec(text);
  if (identity) return `${identity[1] ?? ''}***********${identity[2] ?? ''}`;
  return MAIL.test(text) ? maskedMail(text) : MASK;
}

function maskedContact(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return MASK;
  const { name, phone } = value;
  return {
    ...(typeof name === 'string' ? { name: maskedName(name) } : {}),
    ...(typeof phone === 'string' ? { phone: maskedPhone(phone) } : {}),
  };
}

/**
 * What is shown in place of one value of such a field or column. Masking what is masked changes nothing. An empty
 * value stays empty: that something was left out is not a secret.
 */
export function maskedValue({ type }: Pick<Column | Field, 'type'>, value: Json): Json {
  if (value === null) return null;
  if (type === 'contact') return maskedContact(value);
  if (type === 'file') return Array.isArray(value) && value.length === 0 ? [] : [MASK];
  return type === 'text' && typeof value === 'string' ? maskedWords(value) : MASK;
}

/** In a table that is sensitive every cell is, else those under a contact. */
export const isSensitiveColumn = ({ sensitive }: Pick<Field, 'sensitive'>, { type }: Column): boolean =>
  sensitive || type === 'contact';

const maskable = new WeakMap<Field, readonly Column[]>();
function sensitiveColumns(field: Field): readonly Column[] {
  let columns = maskable.get(field);
  if (columns === undefined) {
    columns = (field.columns ?? []).filter((column) => isSensitiveColumn(field, column));
    maskable.set(field, columns);
  }
  return columns;
}

export function maskedRow(field: Field, row: Row): Row {
  const masked = { ...row };
  for (const column of sensitiveColumns(field))
    if (Object.hasOwn(row, column.key)) masked[column.key] = maskedValue(column, row[column.key] ?? null);
  return masked;
}

/** A report's contents as they were kept, in any shape. */
type Contents = { values?: unknown; rows?: unknown };

const isObject = (value: unknown): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same report without what only its holder and its direct issuer read; all that is not sensitive is left as it is. */
export function maskedReport<C extends Contents>(form: Form, content: C): C {
  const values = isObject(content.values) ? { ...content.values } : content.values;
  const rows = isObject(content.rows) ? { ...content.rows } : content.rows;
  for (const field of sensitiveFields(form)) {
    const { key } = field;
    if (isObject(values) && Object.hasOwn(values, key)) values[key] = maskedValue(field, values[key] ?? null);
    const table = isObject(rows) && Object.hasOwn(rows, key) ? rows[key] : null;
    if (isObject(rows) && Array.isArray(table))
      rows[key] = table.map((row) => (isObject(row) ? maskedRow(field, row) : row));
  }
  return {
    ...content,
    ...(values === undefined ? {} : { values }),
    ...(rows === undefined ? {} : { rows }),
  };
}

const PLACE = /^(?:values\.(?<field>[^.[]+)|rows\.(?<table>[^.[]+)\[\d+\](?:\.(?<column>.+))?)$/;

/** The changes between two versions, for the same readers: that a value changed is shown, the values are not. */
export function maskedChanges(form: Form, changes: readonly Change[]): Change[] {
  const fields = new Map(sensitiveFields(form).map((field) => [field.key, field]));
  return changes.map((change) => {
    const { field: key, table, column: name } = PLACE.exec(change.path)?.groups ?? {};
    const field = fields.get(key ?? table ?? '');
    if (field === undefined) return change;
    const masked = (value: unknown): unknown => {
      if (key !== undefined) return maskedValue(field, value as Json);
      if (name === undefined) return isObject(value) ? maskedRow(field, value) : value;
      return maskedRow(field, { [name]: value as Json })[name];
    };
    return { ...change, before: masked(change.before), after: masked(change.after) };
  });
}

const STARS = /＊＊|\*\*/;

/** Does a value carry the stars of a mask? Handed in, it would write the stars over the true value. */
export function looksMasked(value: Json): boolean {
  if (typeof value === 'string') return STARS.test(value);
  if (Array.isArray(value)) return value.some(looksMasked);
  return isObject(value) && Object.values(value).some(looksMasked);
}
