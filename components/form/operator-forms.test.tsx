import { prerender } from 'react-dom/static'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { MockInstance } from 'vitest'
import { NO_EDITS, resolveConfig } from '#lib/domain/form/config-of.ts'
import { compileForm } from '#lib/domain/form/compile-form.ts'
import type { FormNode } from '#lib/domain/form/form-model.ts'
import { operatorLists } from '#lib/domain/form/testing/operator-lists.ts'
import { I18nProvider } from '#lib/i18n/i18n-context.tsx'
import type { Language } from '#lib/i18n/language.ts'
import { DynamicForm } from './dynamic-form.tsx'

let complaints: MockInstance<typeof console.error>

beforeEach(() => {
  complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined)
})

afterEach(() => {
  expect(complaints.mock.calls).toEqual([])
  complaints.mockRestore()
})

function controlIds(nodes: readonly FormNode[]): string[] {
  return nodes.flatMap((node) => (node.type === 'control' ? [node.id] : controlIds(node.children)))
}

function escaped(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '"': '&quot;',
    "'": '&#x27;',
    '<': '&lt;',
    '>': '&gt;',
  }
  return text.replaceAll(/[&"'<>]/g, (char) => entities[char] ?? char)
}

async function render(source: Parameters<typeof compileForm>[0], language: Language): Promise<string> {
  const { defaults } = compileForm(source)
  const { prelude } = await prerender(
    <I18nProvider initialLanguage={language}>
      <DynamicForm
        source={source}
        base={defaults}
        edits={NO_EDITS}
        onEdits={() => undefined}
        onReport={() => undefined}
      />
    </I18nProvider>,
    {
      onError: (error) => {
        throw error
      },
    },
  )
  return new Response(prelude).text()
}

describe.each(operatorLists())('$field: $name', ({ config, descriptors }) => {
  test.each(['en', 'zh'] as const)('renders in %s', async (language) => {
    const html = await render({ config, descriptors }, language)
    const form = compileForm({ config, descriptors })
    const { shown } = resolveConfig(form, form.defaults, NO_EDITS)
    const main = new Set(controlIds(form.layout))
    for (const { id } of form.controls)
      if (main.has(id)) expect(html.includes(`data-field="${escaped(id)}"`)).toBe(shown.has(id))
  })
})
