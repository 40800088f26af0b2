'use client'
import { createContext } from 'react'

/** The id of the form's control that a field belongs to; fields in rows belong to the list's. */
export const OwnerContext = createContext('')

/** Nothing of the list around the field can be changed. */
export const FixedContext = createContext(false)
