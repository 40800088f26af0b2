'use client'
import { useEffect, useEffectEvent } from 'react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { useMessages } from '#lib/i18n/i18n-context.tsx'
import type { LiveOptions } from '../live-resources.ts'
import { ListWidget } from './list-widget.tsx'
import { TextWidget } from './text-widget.tsx'
import type { WidgetProps } from './widget-props.ts'

interface TypedInsteadProps extends WidgetProps {
  live: Extract<LiveOptions, { state: 'unavailable' }>
  /** Told once that it is there. */
  onThere: () => void
}

/** Free text in place of a list that can't be had, with the reason. */
export function TypedInstead(props: TypedInsteadProps): ReactNode {
  const { live, id, describedBy, control } = props
  const { picker, common } = useMessages()
  const reasonId = `${id}-reason`
  const tell = useEffectEvent(() => {
    props.onThere()
  })
  useEffect(() => {
    tell()
  }, [])
  const Widget = control.multiple ? ListWidget : TextWidget
  return (
    <div className="grid grid-cols-1 gap-1">
      <Widget {...props} describedBy={[describedBy, reasonId].filter(Boolean).join(' ')} />
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs">
        <p aria-live="polite" id={reasonId} className="min-w-0 break-words text-warn">
          {live.reason} {control.multiple ? picker.typeSeveral : picker.typeInstead}
        </p>
        {live.retry !== undefined && (
          <Button size="sm" aria-disabled={live.isRetrying} onClick={live.retry}>
            {common.retry}
          </Button>
        )}
      </div>
    </div>
  )
}
