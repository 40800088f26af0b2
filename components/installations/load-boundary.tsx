'use client'
import { Component } from 'react'
import type { ReactNode } from 'react'

interface LoadBoundaryProps {
  children: ReactNode
  /** Stands there once something in it failed. */
  fallback: ReactNode
}

/** Keeps what fails in a dialog, its code's loading above all, from taking the page along. */
export class LoadBoundary extends Component<LoadBoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true }
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.fallback : this.props.children
  }
}
