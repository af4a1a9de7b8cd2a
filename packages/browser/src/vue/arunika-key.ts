import type { InjectionKey } from 'vue'
import type { Arunika } from '../arunika'

/** Under which an app provides its client. */
export const ARUNIKA: InjectionKey<Arunika> = Symbol('arunika')
