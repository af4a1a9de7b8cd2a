import { DeliveryError, type GivenEvent } from '@arunika/browser'
import { onScopeDispose, ref, shallowRef } from 'vue'
import { useEvents } from './events'

/** An event that the server has answered for. */
export interface Report {
  id: string
  type: string
  /** What it is about: a page's path, a book. */
  about: string
  /** Why the server has refused it. */
  refusal?: string
}

const SHOWN = 30

/** What this page has reported so far, newest first, and whether the server can be reached. */
export function useReports() {
  const arunika = useEvents()
  const reports = shallowRef<Report[]>([])
  const isWaiting = ref(false)

  function add(...more: Report[]): void {
    reports.value = [...more.reverse(), ...reports.value].slice(0, SHOWN)
  }

  const stops = [
    arunika.on('delivered', ({ events }) => {
      isWaiting.value = false
      add(...events.map(reportOf))
    }),
    arunika.on('rejected', ({ event, detail }) => add({ ...reportOf(event), refusal: detail })),
    arunika.on('error', (error) => {
      if (error instanceof DeliveryError) isWaiting.value = true
    }),
  ]
  onScopeDispose(() => stops.forEach((stop) => stop()))
  return { reports, isWaiting }
}

function reportOf({ eventId, eventType, description, eventData, context }: GivenEvent): Report {
  const { page } = context ?? {}
  const about = eventType === 'page_view' ? page?.path : description
  return { id: eventId, type: eventType, about: about ?? Object.values(eventData ?? {}).join(' · ') }
}
