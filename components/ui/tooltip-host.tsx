'use client'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { placeTooltip } from './tooltip-place.ts'

const HOVER_DELAY_MS = 300
const LEAVE_DELAY_MS = 120

/** What an element's tooltip says; '' where it has none now. */
function tipOf(element: HTMLElement): string {
  const { tip, cut } = element.dataset
  if (cut === undefined) return tip ?? ''
  const isCut = element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight
  return isCut ? (element.textContent ?? '') : ''
}

/**
 * One tooltip for the whole page: any element with `data-tip="text"` gets it, on hover and on focus, as its
 * description for screen readers too (except with `data-tip-is-label`, whose name says the same). An element with
 * `data-cut` gets one with its own text while that is too long for its place.
 * It stays while the pointer is over it and goes with Escape; `data-tip-click` and the class `tip-btn` show it on a tap too. Rows of tooltips so cost an attribute each.
 */
export function TooltipHost(): ReactNode {
  const tip = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = tip.current
    if (!element) return undefined
    let anchor: HTMLElement | null = null
    let timer: ReturnType<typeof setTimeout> | undefined

    const hide = () => {
      clearTimeout(timer)
      if (anchor?.getAttribute('aria-describedby') === element.id) anchor.removeAttribute('aria-describedby')
      anchor = null
      element.hidden = true
    }
    const show = (target: HTMLElement, delayMs: number) => {
      if (target === anchor) {
        clearTimeout(timer)
        if (!element.hidden) return
      } else hide()
      anchor = target
      element.textContent = tipOf(target)
      // What is cut is read whole anyway.
      const isDescribed = target.dataset['tipIsLabel'] === undefined && target.dataset['cut'] === undefined
      if (isDescribed && !target.hasAttribute('aria-describedby'))
        target.setAttribute('aria-describedby', element.id)
      timer = setTimeout(() => {
        const text = tipOf(target)
        if (!target.isConnected || text === '') return
        element.textContent = text
        element.hidden = false
        const { top, left } = placeTooltip(
          target.getBoundingClientRect(),
          { width: element.offsetWidth, height: element.offsetHeight },
          { width: window.innerWidth, height: window.innerHeight },
        )
        element.style.top = `${top}px`
        element.style.left = `${left}px`
      }, delayMs)
    }
    const found = (event: Event): HTMLElement | null =>
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tip], [data-cut]') : null

    const over = (event: PointerEvent) => {
      const target = found(event)
      if (target) show(target, HOVER_DELAY_MS)
      else if (event.target === element) clearTimeout(timer)
    }
    const out = () => {
      if (anchor === null || anchor === document.activeElement) return
      clearTimeout(timer)
      timer = setTimeout(hide, LEAVE_DELAY_MS)
    }
    const focusIn = (event: FocusEvent) => {
      const target = found(event)
      if (target && target === event.target && target.matches(':focus-visible')) show(target, 0)
    }
    // Touch has no hover: what says something only this way says it when tapped.
    const click = (event: MouseEvent) => {
      const target = found(event)
      if (target?.dataset['tipClick'] !== undefined || target?.matches('.tip-btn')) show(target, 0)
    }
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide()
    }
    const listeners = [
      ['pointerover', over],
      ['pointerout', out],
      ['focusin', focusIn],
      ['focusout', hide],
      ['keydown', key],
      ['pointerdown', hide],
      ['click', click],
    ] as const
    for (const [type, listener] of listeners) document.addEventListener(type, listener as EventListener)
    window.addEventListener('scroll', hide, { capture: true, passive: true })
    return () => {
      hide()
      for (const [type, listener] of listeners) document.removeEventListener(type, listener as EventListener)
      window.removeEventListener('scroll', hide, { capture: true })
    }
  }, [])
  return (
    <div
      ref={tip}
      id="tooltip"
      role="tooltip"
      hidden
      className="floating fixed z-60 max-w-[min(22rem,calc(100vw-1rem))] px-2.5 py-1.5 text-xs break-words whitespace-pre-line"
    />
  )
}
