import type { Analysis } from '../estimate/analysis.ts';
import type { Input } from '../estimate/context.ts';
import { isMissing } from '../estimate/estimate.ts';
import type { Anchor, Design, Node, Span, Value } from '../model/design.ts';
import { propertyOf } from '../schema/index.ts';
import type { ValueType } from '../schema/types.ts';
import { readSetting } from '../settings.ts';
import { type Dimension, NUMBER } from '../units/dimension.ts';
import type { Domain } from './search.ts';
import type { Problem } from './target.ts';
import { written } from './written.ts';

/** What is varied: a number, or one of some choices as they would be written. */
export type Variable =
  | {
      readonly is: 'number';
      readonly name: string;
      readonly dimension: Dimension;
      readonly share: boolean;
      readonly domain: Domain;
    }
  | {
      readonly is: 'choice';
      readonly name: string;
      readonly now: string | undefined;
      readonly choices: readonly string[];
    };

/** Reads `Chat.replicas`, or the name of a parameter. */
export function readVariable(analysis: Analysis, name: string): Variable | Problem {
  const { design } = analysis;
  const [subject = '', ...path] = name.split('.');
  if (path.length === 0) return ofParameter(analysis, name);
  const node = design.lookup(subject);
  const type = node && propertyOf(node.kind, path.join('.'))?.type;
  if (!node || !type) {
    const setting = readSetting(design, `${name}=1`);
    return { problem: 'problem' in setting ? setting.problem : `\`${name}\` is not a property.` };
  }
  return ofProperty(analysis, node, path.join('.'), type);
}

function ofProperty(analysis: Analysis, node: Node, path: string, type: ValueType): Variable | Problem {
  const name = `${node.name}.${path}`;
  if (type.is === 'quantity') {
    const now = analysis.input(node, path) ?? chosen(analysis, node, path);
    const { min = 0, max = Number.POSITIVE_INFINITY, whole = false } = type;
    const dimension = now?.dimension ?? type.dimensions[0]!;
    return {
      is: 'number',
      name,
      dimension,
      share: max === 1,
      domain: { now: now?.value, least: min, most: max, whole },
    };
  }
  if (type.is === 'word') {
    const choices = Object.keys(type.words).filter((word) => !type.call?.includes(word));
    return { is: 'choice', name, now: analysis.word(node, path), choices };
  }
  if (type.is === 'truth') {
    const value = analysis.value(node, path);
    return {
      is: 'choice',
      name,
      now: value?.form === 'truth' ? String(value.truth) : 'false',
      choices: ['true', 'false'],
    };
  }
  if (type.is === 'pool') return ofPool(analysis.design, name, analysis.pool(node, path));
  return { problem: `\`${name}\` cannot be varied: vary a number, a word, or a pool of hardware.` };
}

/** What `auto` comes to. */
function chosen(analysis: Analysis, node: Node, path: string): Pick<Input, 'value' | 'dimension'> | undefined {
  const answer = analysis.isAuto(node, path) ? analysis.estimate(node, `${node.kind}.${path}`) : undefined;
  return answer && !isMissing(answer) ? answer : undefined;
}

function ofParameter(analysis: Analysis, name: string): Variable | Problem {
  const { design } = analysis;
  const setting = readSetting(design, `${name}=1`);
  const param = design.params.get(name);
  if (!param) return { problem: 'problem' in setting ? setting.problem : `\`${name}\` is not a parameter.` };
  const { value } = param;
  if (value.form === 'pool') {
    const [part] = value.parts;
    const hardware = part && design.lookup(part.hardware.name);
    const count = part && analysis.evaluate(part.count, name);
    return ofPool(design, name, hardware && count ? [{ count, hardware }] : []);
  }
  const now = analysis.evaluate({ op: 'name', name, span: param.nameSpan }, name);
  if (!now) return { problem: `\`${name}\` cannot be varied: it is no number and no pool of hardware.` };
  const share = value.form === 'quantity' && value.expression.op === 'number' && value.expression.text.endsWith('%');
  const least = now.value < 0 ? Number.NEGATIVE_INFINITY : 0;
  const domain = { now: now.value, least, most: share ? 1 : Number.POSITIVE_INFINITY, whole: isCount(design, name) };
  return { is: 'number', name, dimension: now.dimension, share, domain };
}

/** Whether a parameter stands alone as the value of a property that counts. */
const isCount = (design: Design, name: string): boolean =>
  design.visible.some((node) =>
    [...node.properties].some(([key, { value }]) => {
      const type = propertyOf(node.kind, key)?.type;
      const alone = value.form === 'quantity' && value.expression.op === 'name' && value.expression.name === name;
      return alone && type?.is === 'quantity' && type.whole === true;
    }),
  );

/** as many as in a machine that can be rented */
const COUNTS = [1, 2, 4, 8];

/** Every accelerator that the document or the catalog has, as many as now and as machines have. */
function ofPool(
  design: Design,
  name: string,
  pool: readonly { readonly count: { readonly value: number }; readonly hardware: Node }[],
): Variable {
  const [part] = pool;
  const now = part && `${written(part.count.value, NUMBER)} x ${part.hardware.name}`;
  const counts = new Set([...(part ? [part.count.value] : []), ...COUNTS].filter(Number.isInteger));
  const own = design.visible.filter((n) => n.kind === 'hardware');
  const names = new Set([...own, ...design.catalog('hardware')].map((n) => n.name));
  return { is: 'choice', name, now, choices: [...names].flatMap((n) => [...counts].map((count) => `${count} x ${n}`)) };
}

const NOWHERE: Anchor = { uri: 'mlsys-solve:/', offset: 0 };
const SPAN: Span = { at: NOWHERE, start: 0, end: 0 };

/** The design with a number in the place of the variable. */
export const withNumber = (analysis: Analysis, name: string, value: number, dimension: Dimension): Analysis =>
  analysis.set(
    new Map<string, Value>([
      [name, { form: 'quantity', expression: { op: 'number', value, dimension, text: String(value), span: SPAN } }],
    ]),
  );

/** The same with a value as it would be written. */
export function withText(analysis: Analysis, name: string, text: string): Analysis | undefined {
  const setting = readSetting(analysis.design, `${name}=${text}`);
  return 'problem' in setting ? undefined : analysis.set(new Map([[setting.name, setting.value]]));
}
