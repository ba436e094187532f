/**
 * What the preview's two halves say to each other. Types only, shared by the panel (extension host) and the webview.
 *
 * The page that the panel serves: `<main id="preview"></main>`, the style sheet `main.css` (what `webview/main.ts` imports
 * as CSS) and `main.js` as a module with a nonce. Its CSP: no network, no `eval`, styles inline (Mermaid needs them).
 */
import type { ViewResponse, WireSets, WireTarget } from '#server/protocol.ts';

/** What the panel shows. The webview keeps it with `setState`, so that a reload of the window restores the panel. */
export interface PreviewState {
  readonly uri: string;
  readonly view: string;
  readonly subject: string | null;
  /** null: as written */
  readonly scenario: string | null;
  /** what the panel "What if" varies; null: it is closed */
  readonly sets: WireSets | null;
}

export type ToWebview =
  /** draw this; where `response.broken`, keep the last good diagram (if there is one) and say so */
  | { readonly type: 'view'; readonly response: ViewResponse; readonly state: PreviewState }
  /** the text's cursor stands in the declaration of these diagram ids; none: unmark */
  | { readonly type: 'mark'; readonly ids: readonly string[] }
  /** nothing new can be had (the document was closed, the server stopped): keep what is shown, with this line over it */
  | { readonly type: 'stale'; readonly text: string }
  /** the editor's hover, in Markdown, for the part that was asked about */
  | { readonly type: 'hover'; readonly id: string; readonly markdown: readonly string[] }
  /** a command of the context menu: show the part's text, or open its view */
  | { readonly type: 'act'; readonly act: 'reveal' | 'open'; readonly id: string }
  /** answer with `exported`, once something is shown */
  | { readonly type: 'export'; readonly format: ExportFormat };

export type ExportFormat = 'svg' | 'png' | 'mermaid' | 'markdown';

export type FromWebview =
  /** the page listens; the panel answers with the first `view` */
  | { readonly type: 'ready' }
  /** a picker or a drill-down: absent members stay as they are, null clears one */
  | {
      readonly type: 'pick';
      readonly view?: string;
      readonly subject?: string | null;
      readonly scenario?: string | null;
      readonly sets?: WireSets | null;
    }
  /** what does the editor say of this part? The answer is `hover`. */
  | { readonly type: 'hover'; readonly id: string; readonly target: WireTarget }
  /** write what is varied into the text, or into a new scenario whose name the user is asked for */
  | { readonly type: 'write'; readonly as: 'text' | 'scenario' }
  /** show a declaration in the editor; `focus` moves the keyboard there (double click, Ctrl+Enter) */
  | { readonly type: 'reveal'; readonly target: WireTarget; readonly focus: boolean }
  /** Escape: back to the editor */
  | { readonly type: 'leave' }
  /** the view as it is shown: a file to save, or what goes to the clipboard (`markdown`) */
  | {
      readonly type: 'exported';
      readonly format: ExportFormat;
      /** what is shown, for the file's name: `lifecycle`, `request-ScoreTransaction-BlackFriday` */
      readonly name: string;
      readonly text?: string;
      readonly base64?: string;
    }
  | Rendered
  | { readonly type: 'error'; readonly message: string }
  /** a `securitypolicyviolation` event */
  | { readonly type: 'csp'; readonly directive: string; readonly blocked: string };

/** Sent after every `view` message that has reached the screen. */
export interface Rendered {
  readonly type: 'rendered';
  readonly view: string;
  /** of the document, as in the response */
  readonly version: number | null;
  /** clickable parts and drawn edges of the diagram that is on the screen */
  readonly nodes: number;
  readonly edges: number;
  /** from the message to the screen */
  readonly ms: number;
  /** `kept`: the text is broken, the last good diagram stays; `patched`: only texts changed */
  readonly how: 'drawn' | 'patched' | 'kept' | 'empty';
}
