import { propertyOf } from '../schema/index.ts';
import type { PropertySchema } from '../schema/types.ts';
import type { Document } from '../workspace.ts';
import { isNamePart, type Token, tokensOf } from './tokens.ts';

/** Where the caret stands, read from the tokens before it: half-typed text has no tree to ask. */
export interface Context {
  /** what a chosen offer replaces: the word around the caret */
  readonly start: number;
  readonly end: number;
  /** the part of that word before the caret */
  readonly typed: string;
  readonly place: Where;
}

export type Where =
  | { readonly is: 'nothing' }
  /** after `// mlsys-ignore ` */
  | { readonly is: 'rule' }
  | { readonly is: 'top' }
  /** where a property of a declaration, or of a block in it, may begin; `used` are those that are there */
  | { readonly is: 'property'; readonly body: Body; readonly used: ReadonlySet<string>; readonly colon: boolean }
  /** `before`: the tokens of the value so far; `glued`: the caret is in a number's unit; `next`: the value may also be whole */
  | {
      readonly is: 'value';
      readonly body: Body;
      readonly path: string;
      readonly property: PropertySchema;
      readonly before: readonly Token[];
      readonly glued: boolean;
      readonly next?: Where;
    }
  /** the type of a column in `schema { ... }` */
  | { readonly is: 'column' }
  /** left of `=` in a scenario */
  | { readonly is: 'target'; readonly scenario: string }
  /** after `A.` or `A.latency.`; `assigned`: left of `=` in a scenario */
  | { readonly is: 'member'; readonly subject: string; readonly path: readonly string[]; readonly assigned: boolean }
  /** an expression of a parameter, requirement or scenario */
  | {
      readonly is: 'expression';
      readonly of: 'param' | 'require' | 'scenario';
      readonly before: readonly Token[];
      readonly glued: boolean;
    };

/** A body that the caret is in: of a declaration, or of a block within it (`path`: `batching.`). */
export interface Body {
  readonly kind: string;
  readonly name: string;
  readonly path: string;
}

interface Frame {
  readonly body: Body;
  readonly used: Set<string>;
  /** the property whose value is being written */
  key?: string;
  /** the tokens of that value */
  value: Token[];
}

export function contextAt(document: Document, offset: number): Context {
  const { text } = document;
  let start = offset;
  while (start > 0 && isNamePart(text[start - 1])) start--;
  // a number's letters are its unit: they are replaced, its digits are not
  const digits = /^\d[\d_]*/.exec(text.slice(start, offset))?.[0].length ?? 0;
  const glued = digits > 0;
  start += digits;
  let end = offset;
  while (isNamePart(text[end])) end++;
  const comment = document.file.comments.find(
    (c) => offset > c.start && (text[c.start + 1] === '/' ? offset <= c.end : offset < c.end),
  );
  if (!comment) return { start, end, typed: text.slice(start, offset), place: placeOf(document, start, offset, glued) };
  const rule = /^\/\/\s*mlsys-ignore(?:-file)?\s+([\w/-]*)$/.exec(text.slice(comment.start, offset))?.[1];
  if (rule === undefined) return { start, end, typed: '', place: { is: 'nothing' } };
  while (/[\w/-]/.test(text[end] ?? '')) end++;
  return { start: offset - rule.length, end, typed: rule, place: { is: 'rule' } };
}

function placeOf(document: Document, start: number, offset: number, glued: boolean): Where {
  const { text, file } = document;
  const entry = file.entries.findLast((e) => e.anchor.offset < start || (e.anchor.offset === start && glued));
  const all = entry
    ? tokensOf(text, entry.anchor.offset, glued ? offset : start).filter((t) => t.is !== 'comment')
    : [];
  if (all.at(-1)?.is === 'text' && all.at(-1)!.end >= start && !/^".*"$/.test(all.at(-1)!.text))
    return { is: 'nothing' };
  if (entry?.item.is === 'import')
    return lineBreak(text, all.at(-1)?.end ?? 0, start) ? { is: 'top' } : { is: 'nothing' };
  const frame = walk(all);
  return frame ? inFrame(document, frame, all, start, offset, glued) : outside(text, all, start, glued);
}

/** Follows braces from the item's first token; the innermost body that is open at the end, or undefined outside of all. */
function walk(tokens: readonly Token[]): Frame | undefined {
  const frames: Frame[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const next = tokens[i + 1];
    const frame = frames.at(-1);
    if (token.text === '}') {
      frames.pop();
      const outer = frames.at(-1);
      if (outer) Object.assign(outer, { key: undefined, value: [] });
    } else if (token.text === '{') {
      const name = tokens[i - 1]?.is === 'word' ? tokens[i - 1]!.text : '';
      frame?.used.add(name);
      const body = frame
        ? { ...frame.body, path: `${frame.body.path}${name}.` }
        : { kind: tokens[i - 2]?.is === 'word' ? tokens[i - 2]!.text : '', name, path: '' };
      frames.push({ body, used: new Set(), value: [] });
    } else if (
      frame &&
      token.is === 'word' &&
      (next?.text === ':' || (next?.text === '=' && frame.body.kind === 'scenario'))
    ) {
      frame.key = token.text;
      frame.used.add(token.text);
      frame.value = [];
      i++;
    } else if (frame && token.text === '=' && frame.body.kind === 'scenario') {
      frame.key = '=';
      frame.value = [];
    } else frame?.value.push(token);
  }
  return frames.at(-1);
}

const OPEN_ENDED = /^(?:->|\.\.|[<>=]=|[-,&~*+/^(<>=:[])$/;

/** A value goes on where it has not begun, or ends with a sign that something follows; or while it stands on the caret's line. */
function inFrame(
  document: Document,
  frame: Frame,
  all: readonly Token[],
  start: number,
  offset: number,
  glued: boolean,
): Where {
  const { text } = document;
  const { body, key, value } = frame;
  const last = all.at(-1)!;
  const scenario = body.kind === 'scenario';
  const member = glued ? undefined : memberAt(text, all, scenario);
  if (member) return member;
  const open = isOpen(last, value);
  const going = key !== undefined && (open || !lineBreak(text, last.end, start));
  if (scenario)
    return going ? { is: 'expression', of: 'scenario', before: value, glued } : { is: 'target', scenario: body.name };
  if (propertyOf(body.kind, body.path.slice(0, -1))?.type.is === 'columns')
    return going ? { is: 'column' } : { is: 'nothing' };
  const schema = key === undefined ? undefined : propertyOf(body.kind, body.path + key);
  const used = new Set([...frame.used, ...usedAfter(document, body)]);
  const next: Where = { is: 'property', body, used, colon: /^\w*[ \t]*[:{]/.test(text.slice(offset, offset + 80)) };
  if (!going) return next;
  if (!schema) return open ? { is: 'nothing' } : next;
  if (!open && !glued && value.length > 0 && WHOLE.has(schema.type.is)) return next;
  return {
    is: 'value',
    path: body.path + key,
    body,
    property: schema,
    before: value,
    glued,
    ...(!open && !glued && value.length > 0 && { next }),
  };
}

/** Types whose values are whole with their first part, unless a sign follows. */
const WHOLE: ReadonlySet<string> = new Set([
  'word',
  'words',
  'reference',
  'text',
  'free',
  'truth',
  'flow',
  'block',
  'columns',
]);

const isOpen = (last: Token, value: readonly Token[]): boolean =>
  OPEN_ENDED.test(last.text) || (last.text === 'x' && value.length > 1);

const lineBreak = (text: string, from: number, to: number): boolean => text.slice(from, to).includes('\n');

/** Properties that the declaration has behind the caret too. */
function usedAfter(document: Document, body: Body): readonly string[] {
  const node = document.design.nodes.find((n) => n.name === body.name && n.kind === body.kind);
  if (!node) return [];
  if (body.path === '') return [...node.properties.keys()];
  const block = node.properties.get(body.path.slice(0, -1))?.value;
  return block?.form === 'block' ? [...block.properties.keys()] : [];
}

/** `Chat.` and `Chat.ttft.`; in a scenario it is assigned to where it stands first on its line. */
function memberAt(text: string, tokens: readonly Token[], scenario: boolean): Where | undefined {
  const names: string[] = [];
  let i = tokens.length - 1;
  for (; tokens[i]?.text === '.' && tokens[i - 1]?.is === 'word' && tokens[i - 1]!.end === tokens[i]!.start; i -= 2)
    names.unshift(tokens[i - 1]!.text);
  const [subject, ...path] = names;
  if (subject === undefined) return undefined;
  const first = tokens[i + 1]!;
  const before = tokens[i];
  return {
    is: 'member',
    subject,
    path,
    assigned: scenario && (!before || before.text === '{' || lineBreak(text, before.end, first.start)),
  };
}

/** At top level: a new item, or the expression of a parameter or requirement. */
function outside(text: string, all: readonly Token[], start: number, glued: boolean): Where {
  const last = all.at(-1);
  if (!last || last.text === '}') return { is: 'top' };
  const fresh = lineBreak(text, last.end, start);
  const of =
    all[0]!.text === 'param' && all[2]?.text === '=' ? 'param' : all[0]!.text === 'require' ? 'require' : undefined;
  if (of && (!fresh || OPEN_ENDED.test(last.text)))
    return (
      (glued ? undefined : memberAt(text, all, false)) ?? {
        is: 'expression',
        of,
        before: all.slice(of === 'param' ? 3 : 1),
        glued,
      }
    );
  return fresh ? { is: 'top' } : { is: 'nothing' };
}
