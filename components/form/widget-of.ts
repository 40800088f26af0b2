import type { ComponentType } from 'react'
import type { ControlKind, FormControl } from '#lib/domain/form/form-model.ts'
import { hasSuggestions } from './widgets/choice-options.ts'
import { ChoicesWidget } from './widgets/choices-widget.tsx'
import { LazyDataWidget } from './widgets/lazy-data-widget.tsx'
import { ListWidget } from './widgets/list-widget.tsx'
import { MapWidget } from './widgets/map-widget.tsx'
import { NodeSelectorWidget } from './widgets/node-selector-widget.tsx'
import { NumberWidget } from './widgets/number-widget.tsx'
import { PasswordWidget } from './widgets/password-widget.tsx'
import { PickerWidget } from './widgets/picker-widget.tsx'
import { RadioWidget } from './widgets/radio-widget.tsx'
import { ResourcesWidget } from './widgets/resources-widget.tsx'
import { RowsWidget } from './widgets/rows-widget.tsx'
import { SelectWidget } from './widgets/select-widget.tsx'
import { SwitchWidget } from './widgets/switch-widget.tsx'
import { DurationWidget, QuantityWidget, TextAreaWidget, TextWidget } from './widgets/text-widget.tsx'
import { TolerationsWidget } from './widgets/tolerations-widget.tsx'
import type { WidgetProps } from './widgets/widget-props.ts'

const WIDGETS: Readonly<Record<ControlKind, ComponentType<WidgetProps>>> = {
  switch: SwitchWidget,
  text: TextWidget,
  textarea: TextAreaWidget,
  password: PasswordWidget,
  number: NumberWidget,
  select: SelectWidget,
  radio: RadioWidget,
  choices: ChoicesWidget,
  list: ListWidget,
  picker: PickerWidget,
  rows: RowsWidget,
  resources: ResourcesWidget,
  quantity: QuantityWidget,
  duration: DurationWidget,
  map: MapWidget,
  tolerations: TolerationsWidget,
  nodeSelector: NodeSelectorWidget,
  data: LazyDataWidget,
}

/** The widget that a control asks for. */
export function widgetOf(control: FormControl): ComponentType<WidgetProps> {
  return hasSuggestions(control) ? ChoicesWidget : WIDGETS[control.kind]
}
