import type { Rule } from '../rule.ts';

export const importNotFound: Rule = {
  name: 'name/import-not-found',
  severity: 'error',
  summary: 'An import whose path leads to no file.',
  *check({ design }) {
    for (const { path, pathSpan, uri, meant } of design.imports) {
      if (uri !== null) continue;
      const where = /^[a-z][\w+.-]+:/i.test(path)
        ? 'an import takes the path of a file, starting from this one, and the catalog needs none.'
        : `paths start from the folder of this file${meant === undefined ? '.' : `: did you mean \`${meant}\`?`}`;
      yield {
        at: pathSpan,
        message:
          path.trim() === ''
            ? 'The import has no path, such as `"./shared.mlsys"`.'
            : `There is no file \`${path}\`: ${where} Nothing that it declares is known here.`,
        subject: null,
        fixes:
          meant === undefined
            ? []
            : [{ title: `Change to \`${meant}\``, edits: [{ at: pathSpan, text: `"${meant}"` }] }],
      };
    }
  },
};
