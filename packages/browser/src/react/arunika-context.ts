import { createContext } from 'react'
import type { Arunika } from '../arunika'

/** Holds the client for the components below a provider. */
export const ArunikaContext = createContext<Arunika | null>(null)
