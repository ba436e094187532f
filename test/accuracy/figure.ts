import { Analysis } from '#language/estimate/analysis.ts';
import { isMissing } from '#language/estimate/estimate.ts';
import { estimatorsByQuantity } from '#language/estimate/index.ts';
import { intervalOf } from '#language/estimate/uncertainty.ts';
import { buildDesign } from '#language/model/build.ts';
import { readSource } from '#language/model/source-file.ts';

export interface Figure {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** What `mlsys estimate` says of a document: figures by `Subject quantity`, with their intervals, in base units. */
export function figuresOf(text: string): (subject: string, quantity: string) => Figure {
  const analysis = new Analysis(buildDesign([readSource('file:///accuracy.mlsys', text)]), estimatorsByQuantity);
  return (subject, quantity) => {
    const node = analysis.design.lookup(subject);
    if (!node) throw new Error(`${subject} is not declared in ${text}`);
    const answer = analysis.estimate(node, quantity);
    if (isMissing(answer)) return { estimate: Number.NaN, low: null, high: null };
    const interval = intervalOf(analysis, node, quantity);
    return { estimate: answer.value, low: interval?.low ?? null, high: interval?.high ?? null };
  };
}
