'use client'
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { PickerSource } from '#lib/domain/form/form-model.ts'
import { useLiveResources } from '../live-resources.ts'
import type { LiveResources } from '../live-resources.ts'
import { ListWidget } from './list-widget.tsx'
import { PickerList } from './picker-list.tsx'
import { TextWidget } from './text-widget.tsx'
import { TypedInstead } from './typed-instead.tsx'
import type { WidgetProps } from './widget-props.ts'

function LivePicker(props: WidgetProps & { resources: LiveResources; source: PickerSource }): ReactNode {
  const { resources: Resources, source, ...rest } = props
  const [search, setSearch] = useState('')
  const [isAwaited, setAwaited] = useState(false)
  return (
    <Resources source={source} search={search}>
      {(live) =>
        live.state === 'unavailable' ? (
          <TypedInstead
            {...rest}
            live={live}
            onThere={() => {
              setAwaited(true)
            }}
          />
        ) : (
          <PickerList {...rest} live={live} onSearch={setSearch} isAwaited={isAwaited} />
        )
      }
    </Resources>
  )
}

/**
 * Live objects, found by typing, with what matters beside each name. Where they can't be listed people type names and
 * read why; a name that isn't there stays, with a warning.
 */
export function PickerWidget(props: WidgetProps): ReactNode {
  const { control } = props
  const resources = useLiveResources()
  // What can't be changed is only shown.
  const isFixed = control.disabled || control.immutable
  if (resources === null || control.picker === undefined || isFixed)
    return control.multiple ? <ListWidget {...props} /> : <TextWidget {...props} />
  return <LivePicker {...props} resources={resources} source={control.picker} />
}
