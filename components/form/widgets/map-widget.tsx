'use client'
import type { ReactNode } from 'react'
import { MAP_FORMAT } from '../entries/pairs.ts'
import { PairsEditor } from './pairs-editor.tsx'
import type { WidgetProps } from './widget-props.ts'

/** Text to text, such as labels. */
export function MapWidget(props: WidgetProps): ReactNode {
  return <PairsEditor {...props} format={MAP_FORMAT} />
}
