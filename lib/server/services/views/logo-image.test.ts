import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseLogo } from './logo-image.ts'

const uri = (type: string, content: string | Buffer): string =>
  `data:${type};base64,${Buffer.from(content).toString('base64')}`
const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex')

describe('a logo', () => {
  test.each([
    ['image/png', PNG, 'image/png'],
    ['image/jpeg', Buffer.from('ffd8ffe000', 'hex'), 'image/jpeg'],
    ['image/gif', Buffer.from('GIF89a..'), 'image/gif'],
    ['image/webp', Buffer.from('RIFF\0\0\0\0WEBPVP8 '), 'image/webp'],
    [
      'image/svg+xml',
      Buffer.from('<?xml version="1.0"?><!-- x --><!DOCTYPE svg><svg xmlns="x"/>'),
      'image/svg+xml',
    ],
    ['image/svg+xml', Buffer.from('<svg:svg xmlns:svg="x"></svg:svg>'), 'image/svg+xml'],
    // Its bytes decide, not its label.
    ['image/svg+xml', PNG, 'image/png'],
  ])('labelled %s is served as what it is', (label, content, expected) => {
    expect(parseLogo(uri(label, content))).toMatchObject({ contentType: expected, bytes: content })
  })
  test.each([
    ['', 'nothing'],
    ['https://example.com/logo.png', 'a link'],
    ['javascript:alert(1)', 'a script link'],
    [uri('text/html', '<svg></svg>'), 'another type'],
    [uri('image/svg+xml', '<html><svg></svg></html>'), 'HTML'],
    [uri('image/svg+xml', '<!DOCTYPE svg [<!ENTITY a "b">]><svg></svg>'), 'entities'],
    [uri('image/svg+xml', Buffer.from('fffe3c00', 'hex')), 'not UTF-8'],
    ['data:image/png;base64,%%%', 'not base64'],
    ['data:image/svg+xml,%E0%A4%A', 'a broken escape'],
    [uri('image/png', Buffer.concat([PNG, Buffer.alloc(600 * 1024)])), 'too large'],
  ])('that is no image is none: %.40s (%s)', (logo) => {
    expect(parseLogo(logo)).toBeNull()
  })
  test('may be text with escapes', () => {
    expect(parseLogo('data:image/svg+xml;utf8,%3Csvg%3E%3C/svg%3E')?.bytes.toString()).toBe('<svg></svg>')
  })
  test('never throws, and names the same bytes by the same hash', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('data:image/svg+xml,', 'data:image/png;base64,', ''),
        (text, head) => {
          const [first, second] = [parseLogo(head + text), parseLogo(head + text)]
          expect(first?.hash).toBe(second?.hash)
        },
      ),
    )
  })
})
