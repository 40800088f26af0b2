import { prerender } from 'react-dom/static'
import type { ReactNode } from 'react'
import { describe, expect, test } from 'vitest'
import type { FormControl, FormValue } from '#lib/domain/form/form-model.ts'
import { compileForm } from '#lib/domain/form/compile-form.ts'
import { I18nProvider } from '#lib/i18n/i18n-context.tsx'
import { LiveResourcesContext } from '../live-resources.ts'
import type { LiveOptions, LiveResourcesProps } from '../live-resources.ts'
import { PickerWidget } from './picker-widget.tsx'

const P = 'urn:alm:descriptor:'

function controlOf(...capabilities: string[]): FormControl {
  const form = compileForm({
    descriptors: [{ path: 'field', 'x-descriptors': capabilities.map((one) => P + one) }],
  })
  const control = form.controls.at(0)
  if (control === undefined) throw new Error('no control')
  return control
}

const ONE = controlOf('io.kubernetes:Node')
const SEVERAL = controlOf('io.kubernetes:Node', 'com.tectonic.ui:multiple')

async function render(control: FormControl, value: FormValue, live: LiveOptions | null): Promise<string> {
  const Resources = ({ children }: LiveResourcesProps): ReactNode => live && children(live)
  const { prelude } = await prerender(
    <I18nProvider initialLanguage="en">
      <LiveResourcesContext value={live === null ? null : Resources}>
        <PickerWidget
          control={control}
          id="field"
          value={value}
          initial={value}
          onChange={() => undefined}
          onBroken={() => undefined}
          disabled={false}
          errors={[]}
          invalid={false}
          labelledBy="field-label"
          describedBy={undefined}
          label="Field"
          placeholder=""
        />
      </LiveResourcesContext>
    </I18nProvider>,
  )
  return new Response(prelude).text()
}

const READY: LiveOptions = {
  state: 'ready',
  options: [{ value: 'node-1', label: 'node-1', facts: ['infra'] }],
  isCut: false,
  missing: (value) => `${value} is not there`,
}
const AWAY: LiveOptions = { state: 'unavailable', reason: 'Nobody answers.', retry: () => undefined }

describe('a picker', () => {
  test.each([
    [ONE, 'gone'],
    [SEVERAL, ['node-1', 'gone']],
  ])('shows what is not there, and says so', async (control, value) => {
    const html = await render(control, value, READY)
    expect(html).toContain('role="combobox"')
    expect(html).toContain('gone is not there')
    expect(html).not.toContain('node-1 is not there')
  })

  test('says nothing of the kind before it knows, nor where it can’t know', async () => {
    const { missing: _, ...unsure } = READY
    for (const live of [{ state: 'loading' } as const, { ...unsure, isCut: true }]) {
      const html = await render(SEVERAL, ['gone'], live)
      expect(html).toContain('gone')
      expect(html).not.toContain('not there')
    }
  })

  test.each([
    [ONE, 'typed'],
    [SEVERAL, ['typed']],
  ])('is a text field where nothing can be listed, with the reason', async (control, value) => {
    const html = await render(control, value, AWAY)
    expect(html).not.toContain('role="combobox"')
    expect(html).toContain('value="typed"')
    expect(html).toContain('Nobody answers.')
    expect(html).toContain('Try again')
    expect(html).toContain('field-reason')
  })

  test('asks nobody where there is nobody to ask, or nothing to change', async () => {
    expect(await render(ONE, 'typed', null)).not.toContain('role="combobox"')
    expect(await render({ ...ONE, immutable: true }, 'typed', READY)).not.toContain('role="combobox"')
  })
})
