import { propertyOf } from '../schema/index.ts';
import type { ValueType } from '../schema/types.ts';
import type { Assignment, Node, Value } from './design.ts';

/** What a scenario's assignment says about a property: its text was read before it was known whose property it is. */
export function assignedValue({ path, value }: Assignment, lookup: (name: string) => Node | undefined): Value {
  const type = assignedType(path, lookup);
  return type ? valueAs(value, type) : value;
}

/** The type of the property that is assigned to; undefined for a parameter and for what there is not. */
export function assignedType(
  path: readonly string[],
  lookup: (name: string) => Node | undefined,
): ValueType | undefined {
  const [subject = '', ...rest] = path;
  const node = rest.length > 0 ? lookup(subject) : undefined;
  return node && propertyOf(node.kind, rest.join('.'))?.type;
}

/** A bare name as what the property takes: a word, a reference, a pool. */
function valueAs(value: Value, type: ValueType): Value {
  if (value.form !== 'quantity' || value.expression.op !== 'name') return value;
  const { name, span } = value.expression;
  const named = { name, span };
  const words = 'words' in type && type.words && Object.hasOwn(type.words, name);
  switch (type.is) {
    case 'word':
    case 'words':
      return { form: 'words', words: [named] };
    case 'reference':
      return words ? { form: 'words', words: [named] } : { form: 'references', references: [named] };
    case 'quantity':
      return words ? { form: 'words', words: [named] } : value;
    case 'pool':
      return { form: 'pool', parts: [], param: named };
    case 'truth':
      return name === 'true' || name === 'false' ? { form: 'truth', truth: name === 'true' } : value;
    case 'free':
      return { form: 'text', text: name };
    default:
      return value;
  }
}

/** Whether a property of this type may have a value of this form. */
export function fitsForm(value: Value, type: ValueType): boolean {
  switch (value.form) {
    case 'broken':
      return true;
    case 'auto':
      return type.is === 'quantity' && type.auto === true;
    case 'words':
      return value.words.every(({ name }) => 'words' in type && type.words && (name in type.words || isOpen(type)));
    case 'text':
      return type.is === 'text' || type.is === 'free' || isOpen(type);
    case 'references':
      return type.is === 'reference';
    default:
      return value.form === type.is;
  }
}

const isOpen = (type: ValueType): boolean => 'open' in type && type.open === true;
