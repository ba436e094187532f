import type { Fix } from '#language/rules/rule.ts';
import { editsOf } from '#language/rules/edits.ts';
import type { Document } from '#language/workspace.ts';

/** The document's text with a fix applied. */
export function applyFix(document: Document, fix: Fix): string {
  let text = document.text;
  for (const { range, newText } of editsOf(document.lines, fix).reverse()) {
    text = text.slice(0, document.lines.offset(range.start)) + newText + text.slice(document.lines.offset(range.end));
  }
  return text;
}
