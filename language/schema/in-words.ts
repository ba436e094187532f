import type { ValueType } from './types.ts';

/** What a property takes, in words: `a time (20ms, 8h), or a distribution`. */
export function typeInWords(type: ValueType): string {
  switch (type.is) {
    case 'quantity':
      return [
        ...type.dimensions.map((d) => d.words),
        ...(type.auto ? ['`auto`'] : []),
        ...(type.spread ? ['a distribution'] : []),
      ].join(', or ');
    case 'reference':
      return `${type.many ? 'names' : 'a name'} of ${type.kinds.join(', ')}`;
    case 'word':
      return type.open ? 'a word' : 'one of these words';
    case 'words':
      return 'words';
    case 'pool':
      return 'hardware, such as `8 x H100`';
    case 'conditions':
      return `bounds on ${Object.keys(type.metrics).join(', ')}${type.open ? ' or other metrics' : ''}`;
    case 'block':
    case 'columns':
      return 'a block';
    case 'truth':
      return '`true` or `false`';
    case 'flow':
      return 'a flow';
    case 'arm':
      return 'a serving and its share';
    case 'primary':
      return 'a metric, its baseline and effect';
    case 'actions':
      return 'one or two actions';
    default:
      return 'a text';
  }
}
