'use client'
import type { ReactNode } from 'react'
import { LIST_FORMAT, MAP_FORMAT } from '../entries/pairs.ts'
import { PairsEditor } from './pairs-editor.tsx'
import type { WidgetProps } from './widget-props.ts'

/** Labels that a node must have: a map, or a list of keys and values where the plugin keeps them so. */
export function NodeSelectorWidget(props: WidgetProps): ReactNode {
  const { value, initial, control } = props
  const isList = [value, initial, control.fallback].find((one) => one !== undefined && one !== null)
  return <PairsEditor {...props} format={Array.isArray(isList) ? LIST_FORMAT : MAP_FORMAT} />
}
