'use client'
// The package's index drags in a test registry and, with it, a validator that is not installed.
import Form from '@rjsf/core/lib/components/Form.js'
import type { UiSchema, ValidatorType } from '@rjsf/utils'
import { memo, useMemo } from 'react'
import type { ReactNode } from 'react'
import type { FormControl } from '#lib/domain/form/form-model.ts'
import { ControlField } from './fields/control-field.tsx'
import { flatSchema } from './flat-form.ts'
import { FieldTemplate } from './templates/field-template.tsx'
import { LayoutTemplate } from './templates/layout-template.tsx'

const TEMPLATES = { FieldTemplate, ObjectFieldTemplate: LayoutTemplate }
const FIELDS = { ControlField }
const NO_DATA = {}

/** Errors come from `validateConfig`, which knows what is shown; rjsf itself validates nothing. */
const VALIDATOR: ValidatorType = {
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  isValid: () => true,
  rawValidation: () => ({}),
}

/**
 * The fields of a form, by rjsf with our theme. It renders once: values, errors and what is shown reach the fields
 * through the form's contexts, because rjsf would go through all of them at every letter.
 */
export const FormBody = memo(function FormBody(props: {
  idPrefix: string
  controls: ReadonlyMap<string, FormControl>
}): ReactNode {
  const { idPrefix, controls } = props
  const schema = useMemo(() => flatSchema(controls), [controls])
  const uiSchema = useMemo(() => {
    const ui: UiSchema = {}
    for (const name of controls.keys()) ui[name] = { 'ui:field': 'ControlField' }
    return ui
  }, [controls])
  return (
    <Form
      tagName="div"
      idPrefix={idPrefix}
      schema={schema}
      uiSchema={uiSchema}
      formData={NO_DATA}
      validator={VALIDATOR}
      templates={TEMPLATES}
      fields={FIELDS}
      showErrorList={false}
    >
      {/* No button of its own: the dialog submits. */}
      <></>
    </Form>
  )
})
