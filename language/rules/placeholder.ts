import type { Design } from '../model/design.ts';
import { FLOW_KINDS } from '../model/links.ts';
import type { PropertySchema } from '../schema/index.ts';

/** A property as a fix inserts it, with a name that there is where one is needed. */
export interface Placeholder {
  readonly text: string;
  /** it names something that is not there yet */
  readonly open: boolean;
}

export function placeholder(design: Design, key: string, { type, example }: PropertySchema): Placeholder {
  if (type.is === 'columns' || type.is === 'block') return { text: `${key} ${example}`, open: false };
  const kinds =
    type.is === 'reference' ? type.kinds : type.is === 'flow' ? FLOW_KINDS : type.is === 'arm' ? ['serving'] : [];
  if (kinds.length === 0) return { text: `${key}: ${example}`, open: false };
  const there = design.visible.find((n) => n.name !== '' && kinds.includes(n.kind));
  const value = there ? example.replace(/^.*?(?= \d+%$|$)/, there.name) : example;
  const open = !there && !(type.is === 'reference' && (type.open || design.lookup(example)));
  return { text: `${key}: ${value}`, open };
}
