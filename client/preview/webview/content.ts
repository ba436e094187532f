import DOMPurify from 'dompurify';
import { Marked } from 'marked';

/** HTML in the Markdown is text, and so is a picture: nothing is loaded. */
const marked = new Marked({
  gfm: true,
  renderer: {
    html: ({ text }) => escaped(text),
    image: ({ text }) => escaped(text),
  },
});

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const ALLOWED_TAGS =
  'p strong em del code pre ul ol li table thead tbody tr th td hr br blockquote h1 h2 h3 h4 h5 h6 a'.split(' ');

/** Markdown as elements without scripts, styles, pictures, or links to anything but pages. */
export function contentOf(markdown: string): DocumentFragment {
  const content = DOMPurify.sanitize(marked.parse(markdown, { async: false }), {
    ALLOWED_TAGS,
    ALLOWED_ATTR: ['href', 'align'],
    ALLOWED_URI_REGEXP: /^https:/,
    RETURN_DOM_FRAGMENT: true,
  });
  // a link in the card could not be reached with the keyboard: it says where it leads
  for (const link of content.querySelectorAll('a')) link.title = link.getAttribute('href') ?? '';
  return content;
}
