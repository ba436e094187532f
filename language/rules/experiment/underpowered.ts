import type { Context } from '../../estimate/context.ts';
import type { Node, PrimaryValue, Value } from '../../model/design.ts';
import { TIME } from '../../units/dimension.ts';
import { format, number, percent } from '../../units/format.ts';
import { movedBound } from '../bounds.ts';
import { figure, figured, valueSpan, writing } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';

export const underpowered: Rule = {
  name: 'experiment/underpowered',
  severity: 'warning',
  summary: 'An experiment ends before it has the units that its smallest effect needs.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'experiment')) {
      const planned = context.given(node, 'duration');
      const needed = timeToSample(context, node);
      const whole = figure(context, node, 'experiment.duration');
      if (planned?.dimension !== TIME || !needed || !whole || needed <= planned.value) continue;
      const primary = context.value(node, 'primary');
      const effect = primary?.form === 'primary' ? seenWithin(context, node, primary, planned.value) : undefined;
      yield {
        at: valueSpan(input, node, 'duration'),
        message: `${format(planned.value, TIME)} bring ${percent(planned.value / needed, 'short')} of the units that the effect needs: ${format(whole.value, TIME)} would be enough${effect ? `, or an effect of ${effect}` : ''}. A test that ends early misses what it was made to find.`,
        subject: node.name,
        related: related(node),
        fixes: fixes(input, node, whole.value, effect),
      };
    }
  },
};

/** Seconds until both arms have their sample, before they are rounded up to weeks. */
const timeToSample = (context: Context, node: Node): number | undefined =>
  figure(context, node, 'experiment.duration')?.steps.find((row) => row.label === 'time to sample')?.value;

const related = (node: Node) => {
  const at = node.properties.get('exposure')?.valueSpan;
  return at ? [{ at, message: 'So many units come in.' }] : [];
};

/** The smallest effect that a duration shows, in the unit in which it is written; undefined where no effect up to eight times it does. */
function seenWithin(context: Context, node: Node, primary: PrimaryValue, duration: number): string | undefined {
  const { mde } = primary;
  const literal = mde?.op === 'negative' ? mde.of : mde;
  if (!mde || literal?.op !== 'number') return undefined;
  const sees = (factor: number): boolean => {
    const value: Value = { ...primary, mde: { ...mde, ...scaled(mde, factor) } as typeof mde };
    return (
      (timeToSample(context.set(new Map([[`${node.name}.primary`, value]])), node) ?? Number.POSITIVE_INFINITY) <=
      duration
    );
  };
  let [low, high] = [1, 8];
  if (!sees(high)) return undefined;
  for (let i = 0; i < 20; i++)
    [low, high] = sees((low + high) / 2) ? [low, (low + high) / 2] : [(low + high) / 2, high];
  const text = movedBound(literal, literal.value * (high / 1.05) * 1.002, true);
  return text && `${mde.op === 'negative' ? '-' : ''}${text}`;
}

const scaled = (e: NonNullable<PrimaryValue['mde']>, factor: number) =>
  e.op === 'negative'
    ? { of: { ...e.of, ...(e.of.op === 'number' && { value: e.of.value * factor }) } }
    : e.op === 'number'
      ? { value: e.value * factor }
      : {};

function fixes(input: RuleInput, node: Node, whole: number, effect: string | undefined): Fix[] {
  const text = `${number(whole / 86400)}d`;
  const primary = input.context.value(node, 'primary');
  const mde = primary?.form === 'primary' ? primary.mde : undefined;
  const longer: Fix = { title: `Run it for ${text}`, edits: [writing(input, node, 'duration', text)] };
  if (!effect || !mde) return [longer];
  return [longer, { title: `Look for an effect of ${effect}`, edits: [{ at: mde.span, text: effect }] }];
}
