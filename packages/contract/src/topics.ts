import type { Topic } from './scenario'
import { anyOrder } from './scenarios/any-order'
import { authentication } from './scenarios/authentication'
import { bareEvents } from './scenarios/bare-events'
import { batches } from './scenarios/batches'
import { clocks } from './scenarios/clocks'
import { content } from './scenarios/content'
import { duplicates } from './scenarios/duplicates'
import { identity } from './scenarios/identity'
import { linking } from './scenarios/linking'
import { pages } from './scenarios/pages'
import { profiles } from './scenarios/profiles'
import { reading } from './scenarios/reading'
import { refusedBatches, rejectedEvents } from './scenarios/rejected-events'

/** Every promise of the wire that is run against every target. */
export const TOPICS: readonly Topic[] = [
  batches,
  duplicates,
  rejectedEvents,
  refusedBatches,
  bareEvents,
  content,
  authentication,
  pages,
  profiles,
  linking,
  identity,
  anyOrder,
  clocks,
  reading,
]
