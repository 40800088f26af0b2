import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import MarkdownText from './markdown-text.tsx'

const html = (text: string) => renderToStaticMarkup(<MarkdownText text={text} />)

test('Markdown becomes elements', () => {
  const made = html('# Title\n\nSome *words* and [a link](https://example.com/x).\n\n- one\n- two\n')
  expect(made).toContain('Title</h3>')
  expect(made).toContain('<em>words</em>')
  expect(made).toMatch(/<a [^>]*href="https:\/\/example.com\/x"/)
  expect(made).toMatch(/rel="noopener noreferrer"/)
  expect(made).toContain('<li>one</li>')
})

test.each([
  ['a script', '<script>alert(1)</script>'],
  ['a handler', '<b onclick="alert(1)">x</b>'],
  ['a frame', '<iframe src="//evil.example"></iframe>'],
  ['a script as a link', '[x](javascript:alert(1))'],
  ['a disguised one', '[x](java\nscript:alert(1))'],
  ['data as a link', '[x](data:text/html,<script>alert(1)</script>)'],
  ['a page of ours', '[x](/clusters)'],
  ['an image', '![words](https://evil.example/x.png)'],
  ['an image by reference', '![words][r]\n\n[r]: https://evil.example/x.png'],
  ['a style', '<style>* { display: none }</style>'],
])('%s does nothing', (_name, text) => {
  const made = html(text)
  expect(made).not.toMatch(/<(?:script|iframe|img|style|b|a)\b/i)
  expect(made).not.toMatch(/<[^>]*\s(?:on\w+|src|srcset)=/i)
})

test.each([
  '['.repeat(5000),
  '*'.repeat(5000),
  '> '.repeat(2000),
  '`'.repeat(5000),
  '- '.repeat(2000),
  `${'a|'.repeat(2000)}\n${'-|'.repeat(2000)}`,
])('what is made to be slow ends all the same', (text) => {
  expect(html(text)).toContain('<div')
})
