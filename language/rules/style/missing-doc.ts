import type { Node } from '../../model/design.ts';
import type { Rule } from '../rule.ts';

export const missingDoc: Rule = {
  name: 'style/missing-doc',
  severity: 'hint',
  summary: 'The system, a request or a feature view of a large design has neither a doc comment nor a description.',
  absence: true,
  *check({ design }) {
    // a first small file is not scolded, nor one whose author mostly leaves comments out
    if (design.nodes.length < LARGE) return;
    const shared = design.nodes.filter((node) => SHARED.has(node.kind));
    const silent = shared.filter((node) => !isDescribed(node));
    if (shared.length < 3 * silent.length) return;
    for (const node of silent) {
      if (!node.whole) continue;
      const at = { ...node.span, start: 0, end: 0 };
      yield {
        at: node.nameSpan,
        message: `\`${node.name}\` does not say what it is for: a \`/** ... */\` comment before it, or a \`description\`, shows in hovers and exports.`,
        subject: node.name,
        fixes: [
          {
            title: 'Write a comment, to be completed',
            edits: [{ at, text: `/** ${node.name}: what it is for. */\n` }],
          },
        ],
      };
    }
  },
};

/** declarations from which on a design is read by more than who wrote it */
const LARGE = 12;
/** what other teams ask for and read */
const SHARED = new Set(['system', 'request', 'features']);

const isDescribed = (node: Node): boolean => node.doc !== undefined || node.properties.has('description');
