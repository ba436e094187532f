import type { Estimate } from '../../estimate/estimate.ts';
import type { Node } from '../../model/design.ts';
import { percent } from '../../units/format.ts';
import { figure, figured, valueSpan, writtenAt } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { fixOf, quantity } from '../trial.ts';

export const availability: Rule = {
  name: 'reliability/availability',
  severity: 'error',
  summary: 'The parts that a request waits for are together up for less than it promises.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'request')) {
      const promised = context.given(node, 'availability');
      const reached = figure(context, node, 'request.availability');
      if (!promised || !reached || reached.value >= promised.value - 1e-12) continue;
      const parts = partsOf(input, reached);
      const [weakest] = parts;
      yield {
        at: valueSpan(input, node, 'availability'),
        message: `${percent(promised.value)} is promised, and the parts of the way reach ${percent(reached.value)} together: ${downtime(1 - reached.value)} a month without an answer where ${downtime(1 - promised.value)} are allowed.${weakest ? ` \`${weakest.node.name}\` takes most, with ${percent(weakest.value)}.` : ''}`,
        subject: node.name,
        related: parts.map((part) => ({
          at: valueSpan(input, part.node, 'availability'),
          message: `\`${part.node.name}\` is up for ${percent(part.value)}.`,
        })),
        fixes: () => [
          ...raised(input, parts, promised.value, reached.value),
          ...promisedLess(input, node, reached.value),
        ],
      };
    }
  },
};

interface Part {
  readonly node: Node;
  readonly value: number;
}

/** Those that say how long they are up, the weakest first. */
const partsOf = ({ context }: RuleInput, { steps }: Estimate): Part[] =>
  steps
    .flatMap(({ label, value }) => {
      const node = label.endsWith(' availability') ? context.find(label.slice(0, -' availability'.length)) : undefined;
      return node ? [{ node, value }] : [];
    })
    .sort((a, b) => a.value - b.value);

/** of a month of 730 hours */
function downtime(share: number): string {
  const minutes = share * 730 * 60;
  return minutes >= 90 ? `${Number((minutes / 60).toPrecision(2))} h` : `${Number(minutes.toPrecision(2))} min`;
}

/** The weakest part alone, where that can bring the whole to what is promised. */
function raised(input: RuleInput, [weakest]: readonly Part[], promised: number, reached: number): Fix[] {
  const needed = weakest && (weakest.value * promised) / reached;
  const text = needed === undefined || needed >= 1 ? undefined : shareAtLeast(needed);
  if (!weakest || text === undefined || !writtenAt(input, weakest.node, 'availability')) return [];
  const written = [quantity(weakest.node, 'availability', Number.parseFloat(text) / 100, text)];
  const fix = fixOf(input, weakest.node, written, `Have \`${weakest.node.name}\` up for ${text}`);
  return weakest.node.span.at.uri === input.design.uri ? [fix] : [];
}

function promisedLess(input: RuleInput, node: Node, reached: number): Fix[] {
  const text = shareBelow(reached);
  return [fixOf(input, node, [quantity(node, 'availability', Number.parseFloat(text) / 100, text)], `Promise ${text}`)];
}

/** `99.95%`: one more nine's digit, upwards; undefined where that is everything. */
function shareAtLeast(share: number): string | undefined {
  const step = 10 ** Math.floor(Math.log10((1 - share) * 100)) / 10;
  const up = Math.ceil((share * 100) / step - 1e-9) * step;
  return up >= 100 ? undefined : `${Number(up.toPrecision(9))}%`;
}

function shareBelow(share: number): string {
  const step = 10 ** Math.floor(Math.log10((1 - share) * 100)) / 10;
  return `${Number((Math.floor((share * 100) / step + 1e-9) * step).toPrecision(9))}%`;
}
