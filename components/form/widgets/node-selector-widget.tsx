'use client'
import type { ReactNode } from 'react'
import { isObject } from '#lib/domain/form/form-path.ts'
import { LIST_FORMAT, MAP_FORMAT } from '../entries/pairs.ts'
import { PairsEditor } from './pairs-editor.tsx'
import type { WidgetProps } from './widget-props.ts'

/** Labels that a node must have: a map, or a list of keys and values where the plugin keeps them so. */
export function NodeSelectorWidget(props: WidgetProps): ReactNode {
  const { value, initial, control } = props
  const isList =
    Array.isArray(value) || (!isObject(value) && (Array.isArray(initial) || control.shape === 'list'))
  return <PairsEditor {...props} format={isList ? LIST_FORMAT : MAP_FORMAT} />
}
